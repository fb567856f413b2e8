import assert from 'node:assert/strict';
import { test } from 'node:test';
import { siteOf } from '../../lib/site.js';
import { runStatistic } from '../../lib/stats/index.js';
import { engineOver } from '../engine/frames.js';
import { ban, framesWithUnknown, saidOf, valuesOf } from './cases.js';

test('all countries ranked, the unknown at the end without a rank', async (t) => {
  const engine = await engineOver(t, framesWithUnknown, { site: { home: 'FR' } });
  const { statistic, table, countryAsOf } = await runStatistic(engine, 'countries');
  // Seven ssh bans: CN 3, FR 1, JP 1, US 1, and one address that the addresses frame does not have; the ban of
  // smtp is left out. France, Japan and the United States have as many: they stand in the order of the text.
  assert.deepEqual(valuesOf(table), [
    [1, 'CN', 3, 3 / 7, 1],
    [2, 'FR', 1, 1 / 7, 1],
    [3, 'JP', 1, 1 / 7, 1],
    [4, 'US', 1, 1 / 7, 1],
    [null, null, 1, 1 / 7, 1],
  ]);
  assert.equal(countryAsOf, '2023-11-15');
  assert.deepEqual(saidOf(statistic.findings(table, engine.site)), {
    total: '7',
    top_country: 'CN',
    top_bans: '3',
    top_share: '0.428571',
    home_rank: '2',
    home_bans: '1',
    home_share: '0.142857',
    // Wilson's intervals of 3 and of 1 in 7.
    top_share_low: '0.158220',
    top_share_high: '0.749542',
    home_share_low: '0.025680',
    home_share_high: '0.513128',
    countries: '4',
    unknown_share: '0.142857',
  });
});

test('all countries when home is not among them', async (t) => {
  const engine = await engineOver(t, framesWithUnknown, { site: { home: 'FI' } });
  const { statistic, table } = await runStatistic(engine, 'countries');
  assert.deepEqual(
    table.rows.map((row) => row.country),
    ['CN', 'FR', 'JP', 'US', null],
  );
  const said = saidOf(statistic.findings(table, siteOf({ home: 'FI' }, 'test')));
  assert.equal(said.home_rank, null);
  assert.equal(said.home_bans, null);
});

test('nothing but unknown countries', async (t) => {
  const engine = await engineOver(t, {
    bans: [ban('2019-01-01T00:00:00', ''), ban('2019-01-01T00:00:00', '10.0.0.1')],
  });
  const { statistic, table, countryAsOf } = await runStatistic(engine, 'countries');
  assert.deepEqual(valuesOf(table), [[null, null, 2, 1, 1]]);
  assert.equal(countryAsOf, null);
  assert.equal(saidOf(statistic.findings(table, engine.site)).top_country, null);
  assert.equal(saidOf(statistic.findings(table, engine.site)).unknown_share, '1.000000');
});
