import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultSite } from '../../lib/site.js';
import { riskBins, runStatistic, statisticById } from '../../lib/stats/index.js';
import { engineOver } from '../engine/frames.js';
import { ban, frames, risk, saidOf } from './cases.js';

test('each address once, in a bin or with the reason why it has no score', async (t) => {
  const engine = await engineOver(t, frames);
  const { statistic, table } = await runStatistic(engine, 'risk-scores');
  assert.deepEqual(
    table.rows.filter((row) => row.addresses !== 0).map((row) => Object.values(row)),
    [
      // A score of 100 is in the last bin; the answers of the frames in cases.ts are simulated.
      ['90-100', 1, 3, 1, 1],
      ['no_score', 1, 1, null, 1],
      ['no_name', 1, 1, null, 0],
      ['name_unknown', 1, 1, null, 0],
    ],
  );
  assert.deepEqual(saidOf(statistic.findings(table, engine.site)), {
    total: '4',
    scored: '1',
    scored_share: '0.250000',
    no_score: '1',
    error: '0',
    not_asked: '0',
    no_name: '1',
    name_unknown: '1',
    simulated: '2',
    below_50_share: '0.000000',
    below_50_share_low: '0.000000',
    below_50_share_high: '0.793451',
    from_90_share: '1.000000',
    below_10_share: '0.000000',
    median_bin: '90-100',
  });
});

test('the home country alone', async (t) => {
  const { table } = await runStatistic(
    await engineOver(t, frames, { site: { home: 'CN' } }),
    'risk-scores-home',
  );
  assert.deepEqual(
    table.rows.filter((row) => row.addresses !== 0).map((row) => [row.bin, row.addresses, row.bans]),
    [['90-100', 1, 3]],
  );
});

test('the edges of the bins, an error, and a name that nobody asked for', async (t) => {
  const scores = ['0', '9', '9.99', '10', '49', '50', '89', '90', '100'];
  const names = [...scores.keys()].map((i) => `n${i}.example`);
  const addresses = [...names, 'error.example', 'new.example'].map((name, i) => ({
    address: `192.0.2.${i}`,
    version: '4',
    name,
    name_status: 'confirmed',
    first_seen: '2019-01-01T00:00:00Z',
    last_seen: '2019-01-01T00:00:00Z',
  }));
  const engine = await engineOver(t, {
    bans: addresses.map(({ address }) => ban('2019-01-01T00:00:00', address)),
    addresses,
    risk: [
      ...scores.map((score, i) => risk(names[i] ?? '', score)),
      risk('error.example', '', { status: 'error', error: 'HTTP 503' }),
    ],
  });
  const { statistic, table } = await runStatistic(engine, 'risk-scores');
  assert.deepEqual(
    table.rows.map((row) => row.addresses),
    [3, 1, 0, 0, 1, 1, 0, 0, 1, 2, 0, 1, 1, 0, 0],
  );
  const said = saidOf(statistic.findings(table, engine.site));
  assert.deepEqual(
    [said.below_50_share, said.below_10_share, said.from_90_share],
    ['0.555556', '0.333333', '0.222222'],
  );
  assert.equal(said.median_bin, '40-49');
  assert.equal(
    table.rows.slice(0, 10).reduce((sum, row) => sum + Number(row.share), 0),
    1,
  );
});

test('a score of the address itself, where the source knows addresses', async (t) => {
  const engine = await engineOver(t, {
    bans: [ban('2019-01-01T00:00:00', '192.0.2.9')],
    risk: [risk('', '100', { address: '192.0.2.9', api: 'blocklist' })],
  });
  const { table } = await runStatistic(engine, 'risk-scores');
  assert.deepEqual(Object.values(table.rows[9] ?? {}), ['90-100', 1, 1, 1, 0]);
});

test('of several answers about one address one counts: a score, then that of the name', async (t) => {
  const { addresses = [] } = frames;
  const engine = await engineOver(t, {
    bans: [ban('2019-01-01T00:00:00', '192.0.2.1'), ban('2019-01-01T00:00:00', '198.51.100.1')],
    addresses,
    risk: [
      risk('one.example', '30', { api: 'investigate v2' }),
      risk('one.example', '70'),
      risk('', '100', { address: '192.0.2.1', api: 'blocklist' }),
      risk('two.example', '', { status: 'no_score', api: 'investigate v2' }),
      risk('', '100', { address: '198.51.100.1', api: 'blocklist' }),
    ],
  });
  const { table } = await runStatistic(engine, 'risk-scores');
  assert.deepEqual(
    table.rows.filter((row) => row.addresses !== 0).map((row) => Object.values(row)),
    [
      ['30-39', 1, 1, 0.5, 0],
      ['90-100', 1, 1, 0.5, 0],
    ],
  );
});

test('a trace key is a bin or a reason', () => {
  const { traceSql } = statisticById('risk-scores');
  assert.equal(riskBins.length, 10);
  assert.throws(() => traceSql(defaultSite, '5-9'), {
    name: 'UserError',
    message: /expected one of 0-9, 10-19, .*, name_unknown, got "5-9"/,
  });
});
