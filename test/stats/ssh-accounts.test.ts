import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultSite } from '../../lib/site.js';
import { runStatistic } from '../../lib/stats/index.js';
import { engineOver } from '../engine/frames.js';
import { failed, frames, saidOf, valuesOf } from './cases.js';

test('accounts other than root, the empty name among them; ties in the order of the text', async (t) => {
  const { statistic, table } = await runStatistic(await engineOver(t, frames), 'ssh-accounts');
  // Of 10: admin 3 + 1, '' and Root 2 each, two names once. 'root ' with a space is not root, and has no address.
  assert.deepEqual(valuesOf(table), [
    [1, 'admin', 4, 0.4, 2],
    [2, '', 2, 0.2, 1],
    [3, 'Root', 2, 0.2, 1],
    [4, "'; DROP VIEW auth; --", 1, 0.1, 1],
    [5, 'root ', 1, 0.1, 0],
  ]);
  assert.deepEqual(saidOf(statistic.findings(table, defaultSite)), {
    total: '10',
    top_account: 'admin',
    top_failures: '4',
    top_share: '0.400000',
    shown_share: '1.000000',
  });
});

test('twenty of thirty accounts, with shares of all thirty', async (t) => {
  // a00 … a29 once each, so the names decide who is in, and each has a thirtieth.
  const auth = Array.from({ length: 30 }, (_, index) =>
    failed('2019-02-01T00:00:00', `a${String(29 - index).padStart(2, '0')}`, '192.0.2.1'),
  );
  const { statistic, table } = await runStatistic(await engineOver(t, { auth }), 'ssh-accounts');
  assert.deepEqual(
    table.rows.map((row) => row.account),
    Array.from({ length: 20 }, (_, index) => `a${String(index).padStart(2, '0')}`),
  );
  const said = saidOf(statistic.findings(table, defaultSite));
  assert.equal(said.total, '30');
  assert.equal(said.shown_share, '0.666667');
});
