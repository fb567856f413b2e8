import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultSite } from '../../lib/site.js';
import { runStatistic, statisticById } from '../../lib/stats/index.js';
import { engineOver } from '../engine/frames.js';
import { ban, covered, frames, saidOf, site, valuesOf } from './cases.js';

test('bans by month: a covered month without a ban is 0, a month without input null', async (t) => {
  const { statistic, table, period } = await runStatistic(await engineOver(t, frames), 'ssh-bans-by-month');
  assert.deepEqual(valuesOf(table), [
    ['2019-01-01', 4, 2, 31, 31],
    ['2019-02-01', 1, 1, 18, 28],
    ['2019-03-01', null, null, 0, 31],
    ['2019-04-01', 0, 0, 30, 30],
    ['2019-05-01', 1, 1, 2, 31],
  ]);
  assert.deepEqual(period, { from: '2019-01-01', to: '2019-05-02' });
  assert.deepEqual(statistic.findings(table, defaultSite), [
    { statistic: 'ssh-bans-by-month', key: 'total', value: '6', unit: 'bans', n: 6 },
    { statistic: 'ssh-bans-by-month', key: 'peak_month', value: '2019-01', unit: null, n: 6 },
    { statistic: 'ssh-bans-by-month', key: 'peak_bans', value: '4', unit: 'bans', n: 6 },
    { statistic: 'ssh-bans-by-month', key: 'months_covered_in_full', value: '2', unit: 'months', n: 5 },
    { statistic: 'ssh-bans-by-month', key: 'days_covered', value: '81', unit: 'days', n: 5 },
  ]);
});

test('the period of the site cuts days and bans alike', async (t) => {
  const engine = await engineOver(t, frames, { site });
  const { table, period } = await runStatistic(engine, 'ssh-bans-by-month');
  // Of February the 11th and the 12th are left: covered and inside the period.
  assert.deepEqual(valuesOf(table), [
    ['2019-01-01', 4, 2, 31, 31],
    ['2019-02-01', 1, 1, 2, 28],
  ]);
  assert.deepEqual(period, { from: '2019-01-01', to: '2019-02-12' });
});

test('failed root logins: passwords for root alone, with repeated lines counted', async (t) => {
  const { statistic, table } = await runStatistic(await engineOver(t, frames), 'root-failures-by-month');
  assert.deepEqual(valuesOf(table), [['2019-02-01', 7, 2, 28, 28]]);
  assert.deepEqual(saidOf(statistic.findings(table, defaultSite)), {
    total: '7',
    peak_month: '2019-02',
    peak_failures: '7',
    months_covered_in_full: '1',
    days_covered: '28',
  });
});

test('a ban on a date that no day row covers is not lost', async (t) => {
  const engine = await engineOver(t, { bans: [ban('2019-03-05T00:00:00', '192.0.2.1')] });
  const { table } = await runStatistic(engine, 'ssh-bans-by-month');
  assert.deepEqual(valuesOf(table), [['2019-03-01', 1, 1, 0, 31]]);
});

test('months run over years and leap days without a gap', async (t) => {
  const days = [
    ...covered('mail', '2011-12-31', '2011-12-31'),
    ...covered('mail', '2020-02-29', '2020-02-29'),
  ];
  const { table } = await runStatistic(await engineOver(t, { days }), 'ssh-bans-by-month');
  // December 2011 to February 2020: 1 + 8 × 12 + 2 months.
  assert.equal(table.rows.length, 99);
  assert.deepEqual(Object.values(table.rows[0] ?? {}), ['2011-12-01', 0, 0, 1, 31]);
  assert.deepEqual(Object.values(table.rows.at(-1) ?? {}), ['2020-02-01', 0, 0, 1, 29]);
  // Covered but empty months have no peak.
  assert.equal(saidOf(statisticById('ssh-bans-by-month').findings(table, defaultSite)).peak_month, null);
});

test('a trace key that is no month says what it must be', () => {
  for (const key of ['2019-05', '2019-05-02', '2019-13-01', '', "' OR 1=1"])
    assert.throws(() => statisticById('ssh-bans-by-month').traceSql(defaultSite, key), {
      name: 'UserError',
      message: /expected the first day of a month/,
    });
});
