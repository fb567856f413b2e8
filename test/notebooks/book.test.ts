import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkFindings, openBook } from '../../lib/notebook.js';
import { framesFolder } from '../engine/frames.js';
import { ban, covered } from '../stats/cases.js';

const bans = [
  ban('2019-01-05T00:00:00', '192.0.2.1', { host: 'host1' }),
  ban('2019-01-06T00:00:00', '192.0.2.2', { host: 'host2' }),
  ban('2019-01-07T00:00:00', '198.51.100.7', { host: 'host1' }),
  ban('2019-02-07T00:00:00', '192.0.2.3', { host: 'host1' }),
  ban('2019-01-08T00:00:00', '192.0.2.4'),
];
const finding = (key: string, value: string) => ({
  statistic: 'ssh-bans-by-month',
  key,
  value,
  unit: 'bans',
  n: '2',
});

test('rows by hand are those that the statistics count: period, hosts, own addresses', async (t) => {
  const site = {
    period: { from: '2019-01-01', to: '2019-02-01' },
    hosts: ['host1'],
    own: ['198.51.100.0/24', '2001:db8::/32'],
  };
  const days = covered('mail', '2019-01-01', '2019-02-28');
  const folder = framesFolder(t, { bans, days, findings: [finding('total', '2')] }, { site });
  const book = await openBook(folder);
  const rows = await book.frame('bans', { columns: ['local_time', 'event'], inPeriod: true });
  assert.deepEqual(rows.columns, ['local_time', 'event']);
  const { table } = await book.statistic('ssh-bans-by-month');
  assert.equal(rows.shape[0], table.rows[0]?.bans);
  assert.equal(rows.shape[0], 2);
  assert.equal((await book.frame('bans', { columns: ['event'] })).shape[0], 5);
});

test('a frame by hand takes rows with given values, and shows the columns that are asked for', async (t) => {
  const book = await openBook(framesFolder(t, { bans }));
  const some = await book.frame('bans', { columns: ['address'], where: { host: 'host1', via: 'mail' } });
  assert.deepEqual(some.columns, ['address']);
  assert.deepEqual(some.values, [['192.0.2.1'], ['198.51.100.7'], ['192.0.2.3']]);
  const unnamed = await book.frame('bans', { columns: ['address'], where: { host: null } });
  assert.deepEqual(unnamed.values, [['192.0.2.4']]);
  const none = await book.frame('bans', { columns: ['via'], where: { host: 'host3' } });
  assert.equal(none.query(none.via.eq('mail')).shape[0], 0);
});

test('findings that are not those of the table stop a notebook', async (t) => {
  const folder = framesFolder(t, { bans, findings: [finding('total', '4')] });
  const book = await openBook(folder);
  assert.equal(book.value('ssh-bans-by-month', 'total'), '4');
  assert.equal(book.value('ssh-bans-by-month', 'none'), null);
  const result = await book.statistic('ssh-bans-by-month');
  assert.throws(() => checkFindings(result, book), /findings\.csv holds the numbers of ssh-bans-by-month/);
  const kept = { ...book, findings: () => result.statistic.findings(result.table, book.site) };
  assert.doesNotThrow(() => checkFindings(result, kept));
});
