import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultSite } from '../../lib/site.js';
import { runStatistic, statisticById } from '../../lib/stats/index.js';
import { engineOver } from '../engine/frames.js';
import { frames, saidOf, valuesOf } from './cases.js';

test('24 hours, with the six bans at 0 (3), 13 (2) and 23 (1)', async (t) => {
  const { statistic, table } = await runStatistic(await engineOver(t, frames), 'ssh-bans-by-hour');
  const expected = Array.from({ length: 24 }, (_, hour): unknown[] => [hour, 0, 0]);
  expected[0] = [0, 3, 0.5];
  expected[13] = [13, 2, 2 / 6];
  expected[23] = [23, 1, 1 / 6];
  assert.deepEqual(valuesOf(table), expected);
  assert.deepEqual(saidOf(statistic.findings(table, defaultSite)), {
    total: '6',
    max_hour: '0',
    max_share: '0.5000',
    // The first of the 21 hours without a ban.
    min_hour: '1',
    min_share: '0.0000',
  });
});

test('without a ban there are 24 zeros and no shares', async (t) => {
  const { statistic, table } = await runStatistic(await engineOver(t, {}), 'ssh-bans-by-hour');
  assert.deepEqual(
    valuesOf(table),
    Array.from({ length: 24 }, (_, hour) => [hour, 0, null]),
  );
  assert.deepEqual(
    statistic.findings(table, defaultSite).map(({ value }) => value),
    ['0', null, null, null, null],
  );
});

test('a trace key that is no hour says what it must be', () => {
  for (const key of ['24', '-1', '03', '', '1.5'])
    assert.throws(() => statisticById('ssh-bans-by-hour').traceSql(defaultSite, key), { name: 'UserError' });
});
