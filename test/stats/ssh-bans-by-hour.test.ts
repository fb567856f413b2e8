import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultSite } from '../../lib/site.js';
import { runStatistic, statisticById } from '../../lib/stats/index.js';
import { engineOver } from '../engine/frames.js';
import { ban, frames, saidOf, valuesOf } from './cases.js';

test('24 hours, with the six bans at 0 (3), 13 (2) and 23 (1)', async (t) => {
  const { statistic, table } = await runStatistic(await engineOver(t, frames), 'ssh-bans-by-hour');
  const expected = Array.from({ length: 24 }, (_, hour): unknown[] => [hour, 0, 0]);
  expected[0] = [0, 3, 0.5];
  expected[13] = [13, 2, 2 / 6];
  expected[23] = [23, 1, 1 / 6];
  assert.deepEqual(
    valuesOf(table).map((row) => row.slice(0, 3)),
    expected,
  );
  const said = saidOf(statistic.findings(table, defaultSite));
  const { total, max_hour, max_share, min_hour, min_share } = said;
  assert.deepEqual(
    { total, max_hour, max_share, min_hour, min_share },
    {
      total: '6',
      max_hour: '0',
      max_share: '0.500000',
      // The first of the 21 hours without a ban.
      min_hour: '1',
      min_share: '0.000000',
    },
  );
  // Of six, three, two and one are at one hour each: (9 + 4 + 1) × 24 / 6 - 6 = 50.
  assert.equal(said.uniform_chi2, '50');
  assert.equal(said.effect_w, '2.887');
  assert.ok(Number(said.uniform_p) < 0.001);
});

test('bans that come in bursts are no pattern of hours', async (t) => {
  // One burst of twelve a day, each day at another hour; 24 days give each hour twelve, six more days spoil it.
  const bursts = Array.from({ length: 30 }, (_, day) => {
    const local = `2019-01-${String(day + 1).padStart(2, '0')}T${String(day % 24).padStart(2, '0')}:00:00`;
    return ban(local, '192.0.2.1', { count: '12' });
  });
  const { statistic, table } = await runStatistic(await engineOver(t, { bans: bursts }), 'ssh-bans-by-hour');
  const said = saidOf(statistic.findings(table, defaultSite));
  assert.ok(Number(said.uniform_p) < 0.05);
  // A day of twelve at one hour: (12 - 0.5)² / 0.5 + 23 × 0.5 = 276 over 23 choices.
  assert.equal(said.dispersion, '12');
  assert.ok(Number(said.uniform_p_bursts) > 0.9);
});

test('without a ban there are 24 zeros and no shares', async (t) => {
  const { statistic, table } = await runStatistic(await engineOver(t, {}), 'ssh-bans-by-hour');
  assert.deepEqual(
    valuesOf(table),
    Array.from({ length: 24 }, (_, hour) => [hour, 0, null, null]),
  );
  assert.deepEqual(
    statistic.findings(table, defaultSite).map(({ value }) => value),
    ['0', ...Array.from({ length: 13 }, () => null)],
  );
});

test('a trace key that is no hour says what it must be', () => {
  for (const key of ['24', '-1', '03', '', '1.5'])
    assert.throws(() => statisticById('ssh-bans-by-hour').traceSql(defaultSite, key), { name: 'UserError' });
});
