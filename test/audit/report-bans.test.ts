import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { plainMail } from '../../lib/audit/mail-text.js';
import { plainAddress } from '../../lib/audit/observation.js';
import { type ListedBan, listedBans } from '../../lib/audit/report-bans.js';
import { parseLogwatchReports } from '../../lib/parsers/logwatch.js';
import { fixtureCases } from '../fixtures.js';

const fixture = (name: string): string => {
  const found = fixtureCases('logwatch').find(({ input }) => input.includes(name));
  return readFileSync(found?.input ?? '', 'latin1');
};

/** How many bans last, by jail: as many as a line says, or else as are listed. */
function sizes(listed: readonly Pick<ListedBan, 'jail' | 'address' | 'count'>[]): Record<string, number> {
  const jails = new Map(listed.map(({ jail }) => [jail, listed.filter((ban) => ban.jail === jail)]));
  return Object.fromEntries(
    [...jails].map(([jail, bans]) => {
      const totals = bans.flatMap(({ address, count }) => (address === null ? count : []));
      const addresses = new Set(bans.flatMap(({ address }) => address ?? []));
      return [jail, totals.length > 0 ? Math.max(...totals) : addresses.size];
    }),
  );
}

const texts: Record<string, string> = {
  'the forms of fail2ban-client and iptables': fixture('active-bans'),
  'a report whose figures a client tries to forge': fixture('hostile'),
  'two reports in one text': fixture('two-reports'),
  'a list of ipset': fixture('active-bans').replace(
    / Status\n/,
    ' Name: f2b-imap\n Type: hash:ip\n Number of entries: 2\n Members:\n 192.0.2.8 timeout 33\n 192.0.2.9\n Status\n',
  ),
};

for (const [name, text] of Object.entries(texts))
  test(`the audit reads the same lists as the import: ${name}`, () => {
    const imported = parseLogwatchReports(text).flatMap(({ date, host, rows }) =>
      rows.flatMap(({ table, key, address, value }) =>
        table === 'active_bans' ? [{ date, host, jail: key ?? '', address, count: value }] : [],
      ),
    );
    const found = listedBans(text);
    const some = ([, size]: [string, number]): boolean => size > 0;
    assert.deepEqual(
      Object.entries(sizes(found)).filter(some).sort(),
      Object.entries(sizes(imported)).filter(some).sort(),
    );
    assert.deepEqual(
      new Set(found.map(({ date, host }) => `${date} ${host}`)),
      new Set(imported.map(({ date, host }) => `${date} ${host}`)),
    );
    for (const { address } of imported) if (address) assert.ok(plainAddress(address));
  });

test('the day is told by the dates of the range, or else by the time of the run', () => {
  const report = (head: string) =>
    listedBans(
      ` ### Logwatch 7.4 (1/1) ####\n${head}\n Jail list\n fail2ban-sshd\n Currently banned: 4\n`,
    )[0];
  const made = '  Processing Initiated: Fri Mar  1 03:00:04 2019\n';
  assert.equal(report(`${made}  Date Range Processed: yesterday\n`)?.date, '2019-02-28');
  assert.equal(report(`${made}  Date Range Processed: today\n`)?.date, '2019-03-01');
  assert.equal(report(`${made}  Date Range Processed: yesterday\n  ( 2019-Feb-27 )\n`)?.date, '2019-02-27');
  // Of several days it cannot be said whose table this is.
  assert.equal(report(`${made}  Date Range Processed: -7\n  ( 2019-Feb-20 / 2019-Feb-27 )\n`), undefined);
  assert.equal(report(''), undefined);
});

test('a body of several padded blocks is decoded whole', () => {
  const blocks = ['fail2ban-sshd\n', 'Currently banned: 4\n'].map((text) =>
    Buffer.from(text).toString('base64'),
  );
  const mail = plainMail(`Content-Transfer-Encoding: base64\n\n${blocks.join('\n')}\n`);
  assert.equal(mail.text, 'fail2ban-sshd\nCurrently banned: 4\n');
});
