import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runStatistic, statisticById } from '../../lib/stats/index.js';
import { engineOver } from '../engine/frames.js';
import { ban, covered, frames, framesWithUnknown, saidOf, valuesOf } from './cases.js';

test('a name, none, no answer and never asked are four things', async (t) => {
  const engine = await engineOver(t, framesWithUnknown);
  const { statistic, table } = await runStatistic(engine, 'reverse-names-by-month');
  // January: three bans of a named address, one of one without, one of one never asked for: 5² / (3² + 1 + 1).
  assert.deepEqual(valuesOf(table), [
    ['2019-01-01', 5, 3, 1, 0, 1, 3, 3, 1, 31, 31, 0.6, 0.8, 25 / 11, 49 / 13],
    // One lookup that failed is no answer.
    ['2019-02-01', 1, 0, 0, 1, 0, 0, 1, 0, 18, 28, null, null, 1, 49 / 13],
    ['2019-03-01', null, null, null, null, null, null, null, null, 0, 31, null, null, null, 49 / 13],
    ['2019-04-01', 0, 0, 0, 0, 0, 0, 0, 0, 30, 30, null, null, null, 49 / 13],
    // A name that does not lead back to the address is a name.
    ['2019-05-01', 1, 1, 0, 0, 0, 0, 1, 0, 2, 31, 1, 1, 1, 49 / 13],
  ]);
  const { share_low, share_high, ...said } = saidOf(statistic.findings(table, engine.site));
  assert.deepEqual(said, {
    total: '7',
    named: '4',
    unnamed: '1',
    unanswered: '1',
    never_asked: '1',
    share: '0.571429',
    min_share: '0.600000',
    min_share_month: '2019-01',
    max_share: '1.000000',
    max_share_month: '2019-05',
    highest_share: '0.857143',
    answered_share: '0.800000',
    confirmed_share: '0.428571',
    unknown_share: '0.285714',
  });
  assert.ok(Number(share_low) > 0.1 && Number(share_low) < 0.3, `${share_low}`);
  assert.ok(Number(share_high) > 0.8 && Number(share_high) < 1, `${share_high}`);
});

test('where nobody was asked there is no share, not a share of zero', async (t) => {
  const engine = await engineOver(t, {
    bans: [ban('2019-01-01T00:00:00', '192.0.2.77'), ban('2019-01-02T00:00:00', '192.0.2.78')],
    days: covered('mail', '2019-01-01', '2019-01-31'),
  });
  const { statistic, table } = await runStatistic(engine, 'reverse-names-by-month');
  const said = saidOf(statistic.findings(table, engine.site));
  assert.deepEqual([said.total, said.never_asked, said.named], ['2', '2', '0']);
  for (const key of ['share', 'share_low', 'min_share', 'highest_share', 'answered_share', 'unknown_share'])
    assert.equal(said[key], null, key);
});

test('one column of a month can be followed to its lines', async (t) => {
  const engine = await engineOver(t, frames);
  const { traceSql } = statisticById('reverse-names-by-month');
  for (const [key, sum] of Object.entries({ '2019-01-01 named': 3, '2019-02-01 unanswered': 1 })) {
    const { rows } = await engine.query(traceSql(engine.site, key));
    assert.equal(
      rows.reduce((total, { count }) => total + Number(count), 0),
      sum,
    );
  }
  assert.throws(() => traceSql(engine.site, '2019-01-01 confirmed'), { name: 'UserError', exitCode: 2 });
});
