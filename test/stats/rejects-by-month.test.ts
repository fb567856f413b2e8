import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runStatistic, statisticById } from '../../lib/stats/index.js';
import { engineOver } from '../engine/frames.js';
import { covered, frames, rejected, saidOf, valuesOf, written } from './cases.js';

test('refusals by list, the two that refuse most first, and warnings of host names', async (t) => {
  const engine = await engineOver(t, frames);
  const { statistic, table } = await runStatistic(engine, 'rejects-by-month');
  assert.deepEqual(valuesOf(table), [['2019-02-01', 9, 3, 2, 1, 1, 2, 5, 28, 28, 'a.example', 'b.example']]);
  assert.deepEqual(saidOf(statistic.findings(table, engine.site)), {
    total: '9',
    rbl_1_total: '3',
    rbl_2_total: '2',
    other_lists_total: '1',
    no_service_total: '1',
    no_address_total: '2',
    list_1: 'a.example',
    list_2: 'b.example',
    rbl_1_peak_month: '2019-02',
    rbl_2_peak_month: '2019-02',
    // One month has no usual one beside it.
    spike_months: null,
    spikes: '0',
    usual_rejects: null,
    spike_threshold: null,
  });
});

test('the lists of the settings, in their order, also without a refusal', async (t) => {
  const engine = await engineOver(t, frames, { site: { lists: ['z.example', 'c.example'] } });
  const { table } = await runStatistic(engine, 'rejects-by-month');
  assert.deepEqual(valuesOf(table), [['2019-02-01', 9, 0, 1, 5, 1, 2, 5, 28, 28, 'z.example', 'c.example']]);
});

test('a month whose logs have no line of postfix is not covered', async (t) => {
  const engine = await engineOver(t, {
    rejects: [rejected('2019-02-03T00:00:00', 'a.example', '192.0.2.1')],
    days: covered('log', '2019-01-01', '2019-03-31'),
    coverage: [written('postfix.reject', '2019-02-01'), written('postfix.connect', '2019-03-01')],
  });
  const { table } = await runStatistic(engine, 'rejects-by-month');
  assert.deepEqual(
    table.rows.map(({ month, rejects, days_covered }) => [month, rejects, days_covered]),
    [
      ['2019-01-01', null, 0],
      ['2019-02-01', 1, 28],
      ['2019-03-01', 0, 31],
    ],
  );
});

test('one column of a month can be followed to its lines', async (t) => {
  const engine = await engineOver(t, frames);
  const { traceSql } = statisticById('rejects-by-month');
  for (const [kind, sum] of Object.entries({ rbl_1: 3, rbl_2: 2, other_lists: 1, no_address: 2 })) {
    const { rows } = await engine.query(traceSql(engine.site, `2019-02-01 ${kind}`));
    assert.equal(
      rows.reduce((total, { count }) => total + Number(count), 0),
      sum,
    );
  }
  for (const key of ['2019-02', '2019-02-01 relay', "2019-02-01 x' OR 1=1"])
    assert.throws(() => traceSql(engine.site, key), { name: 'UserError', exitCode: 2 });
});

test('spikes of a year are found, and those of a rising year are none', async (t) => {
  const days = covered('log', '2018-12-01', '2019-11-30');
  const month = (i: number): string => new Date(Date.UTC(2018, 11 + i, 1)).toISOString().slice(0, 10);
  const coverage = Array.from({ length: 12 }, (_, i) => written('postfix.reject', month(i)));
  const year = async (counts: readonly number[]) => {
    const rejects = counts.map((count, i) =>
      rejected(`${month(i)}T01:00:00`, 'a.example', '192.0.2.1', { count: String(count) }),
    );
    const engine = await engineOver(t, { rejects, days, coverage });
    const { statistic, table } = await runStatistic(engine, 'rejects-by-month');
    return saidOf(statistic.findings(table, engine.site));
  };
  // Median 100; deviations of at most 10, so the square root of 100 decides: 100 + 3.5 × 10.
  const spiked = await year([100, 95, 105, 90, 110, 100, 400, 98, 102, 100, 136, 100]);
  assert.deepEqual(
    [spiked.spike_months, spiked.spikes, spiked.usual_rejects, spiked.spike_threshold],
    ['2019-06, 2019-10', '2', '100', '135'],
  );
  const rising = await year([10, 20, 30, 40, 50, 60, 70, 80, 90, 100, 110, 120]);
  assert.deepEqual([rising.spike_months, rising.spikes], [null, '0']);
});
