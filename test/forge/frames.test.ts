import assert from 'node:assert/strict';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { readFrame } from '../../lib/frames/csv.js';
import { makeFrames } from '../../lib/make-frames.js';
import type { FrameName, Row } from '../../lib/schema.js';
import { readSite } from '../../lib/site.js';
import { scratch } from '../scratch.js';
import { truthOf } from './make.js';
import { dateOf, sumOf, tally } from './read-forged.js';

/** The frames of the sample held against what the forge says it wrote. */
const sample = fileURLToPath(new URL('../../data/sample', import.meta.url));
const truth = truthOf(sample);
const frames = {} as { [F in FrameName]: Row<F>[] };

before(async (t) => {
  const out = join(scratch(t as never), 'frames');
  const options = { year: null, threads: 1, onProgress: () => {}, cache: join(sample, 'cache') };
  await makeFrames([join(sample, 'raw')], out, readSite(join(sample, 'site.json')), options);
  for (const name of ['auth', 'bans', 'rejects', 'reports', 'addresses', 'sources', 'coverage'] as const)
    Object.assign(frames, { [name]: await readFrame(out, name) });
});

type Counted = { readonly local_time: string; readonly count: number };
const byMonth = (rows: readonly Counted[]): Record<string, number> =>
  tally(rows.map((row) => [row.local_time.slice(0, 7), row.count]));

test('no line is unknown or malformed, and each file is known as synthetic', () => {
  assert.deepEqual(
    frames.coverage.filter((row) => row.class === 'unknown' || row.class === 'malformed'),
    [],
  );
  assert.equal(frames.sources.length, 4 * 12 + 3);
  for (const source of frames.sources)
    assert.ok(source.synthetic && source.year_certainty !== 'weak', source.path);
});

test('the auth frame has the failures, accounts and logins of the truth', () => {
  const all = frames.auth.filter((row) => row.service === 'ssh' && row.event === 'failed');
  const failed = all.filter((row) => row.address !== '203.0.113.10');
  assert.equal(all.length - failed.length, truth.ownFailures);
  assert.deepEqual(byMonth(failed), truth.failedByMonth);
  assert.deepEqual(byMonth(failed.filter(({ account }) => account === 'root')), truth.failedRootByMonth);
  const tried = tally(failed.map(({ account, count }) => [account ?? 'null', count]));
  for (const { account, failed } of truth.accounts) assert.equal(tried[account], failed, account);
  assert.equal(
    frames.auth.filter((row) => row.service === 'ssh' && row.event === 'accepted').length,
    truth.logins,
  );
  const boxes = frames.auth.filter((row) => /imap|pop3/.test(row.service) && row.event === 'failed');
  const guessed = tally(boxes.map(({ account, count }) => [account ?? 'null', count]));
  for (const { account, failed } of truth.mailAccounts) assert.equal(guessed[account], failed, account);
  const sasl = frames.auth.filter((row) => row.service === 'smtp' && row.event === 'failed');
  assert.equal(sumOf(sasl.map(({ count }) => count)), truth.events['sasl-failed']);
});

test('names that mislead a reader are read as sshd wrote them', () => {
  const names = new Set(frames.auth.map(({ account }) => account));
  for (const name of [
    '<script>alert(1)</script>',
    '=cmd()',
    'a from 192.0.2.4 port 5 ssh2',
    'test user',
    `"o'brien"`,
    '',
    '-',
  ])
    assert.ok(names.has(name), `no row with the name "${name}"`);
});

test('the bans frame has the bans of the truth, by mail and in the log', () => {
  const bans = frames.bans.filter((row) => row.event === 'ban');
  const of = (service: string, via: string) =>
    bans.filter((row) => row.service === service && row.via === via);
  assert.deepEqual(byMonth(of('ssh', 'mail')), truth.bansByMonth);
  assert.deepEqual(byMonth(of('smtp', 'mail')), truth.mailBansByMonth);
  const { lostDay, outage } = truth.hidden;
  for (const service of ['ssh', 'smtp'] as const) {
    const lost = of(service, 'mail').filter((row) => row.local_time.startsWith(String(lostDay)));
    assert.equal(
      of(service, 'log').length,
      of(service, 'mail').length - lost.length + (outage?.bans[service] ?? 0),
    );
  }
  const hours = tally(of('ssh', 'mail').map((row) => [String(Number(row.local_time.slice(11, 13))), 1]));
  assert.deepEqual(
    truth.bansByHour.map((_, hour) => hours[hour] ?? 0),
    truth.bansByHour,
  );
});

test('countries, host names and whois are those of the truth', () => {
  const known = new Map(frames.addresses.map((row) => [row.address, row]));
  const bans = frames.bans.filter(
    (row) => row.event === 'ban' && row.service === 'ssh' && row.via === 'mail',
  );
  const addressOf = (ban: Row<'bans'>) => known.get(ban.address ?? '');
  assert.deepEqual(tally(bans.map((ban) => [addressOf(ban)?.country ?? 'null', 1])), truth.bansByCountry);
  assert.deepEqual(byMonth(bans.filter((ban) => addressOf(ban)?.name != null)), truth.namedBansByMonth);
  for (const ban of bans) assert.notEqual(addressOf(ban)?.name_status, null);
  const elsewhere = bans.filter((ban) => ban.whois_country !== addressOf(ban)?.country);
  assert.equal(elsewhere.length, truth.whoisElsewhere);
  for (const ban of bans) assert.ok(ban.whois_netname?.startsWith('EXAMPLE-') && ban.whois_range);
});

test('the rejects frame has the refusals of the truth', () => {
  const rejects: Record<string, Record<string, number>> = truth.rejectsByMonth;
  for (const list of ['zen.spamhaus.org', 'bl.spamcop.net'])
    assert.deepEqual(byMonth(frames.rejects.filter((row) => row.list === list)), rejects[list]);
  for (const reason of ['no_service', 'no_address'])
    assert.deepEqual(
      byMonth(frames.rejects.filter((row) => row.reason === reason)),
      rejects[reason.replace('_', '-')],
    );
});

test('the reports frame has one report a day with the ban tables of the truth, but for the outage', () => {
  const tables = frames.reports.filter((row) => row.table === 'active_bans');
  const found: Record<string, number[]> = {};
  for (const { date, value } of tables) found[String(date)] = [...(found[String(date)] ?? []), value];
  const missing = truth.hidden.outage?.reports ?? [];
  assert.equal(Object.keys(found).length, truth.reports);
  assert.deepEqual(
    found,
    Object.fromEntries(Object.entries(truth.banTables).filter(([date]) => !missing.includes(date))),
  );
});

test('the root failures of the reports are those of the log, and tell what the log of the lost day had', () => {
  const logged = tally(
    frames.auth
      .filter((row) => row.service === 'ssh' && row.event === 'failed' && row.account === 'root')
      .map((row) => [dateOf(Date.parse(`${row.local_time}Z`) / 1000), row.count]),
  );
  const missing = truth.hidden.outage?.reports ?? [];
  const reported = tally(
    frames.reports
      .filter((row) => row.table === 'failed_logins_from' && row.key === 'root/password')
      .map((row) => [String(row.date), row.value]),
  );
  for (const date of Object.keys(truth.banTables).filter((day) => !missing.includes(day)))
    if (date !== truth.hidden.lostDay) assert.equal(reported[date] ?? 0, logged[date] ?? 0, date);
  assert.equal(logged[String(truth.hidden.lostDay)], undefined);
});
