import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { countryData } from '../../lib/enrich/country.js';
import { folderOfFile, maker, truthOf } from './make.js';
import {
  forgedLines,
  forgedMails,
  groupBy,
  mailsOf,
  monthOf,
  saslFailure,
  sshFailure,
  sumOf,
  tally,
} from './read-forged.js';

/** What the article of 2019 states, on the year in full. Months that it only pictures are shapes here. */
const folder = await maker(folderOfFile())({ scale: 1, gzip: false });
const truth = truthOf(folder);
const bans = forgedMails(folder).filter((mail) => mail.event === 'ban');
const sshBans = bans.filter((ban) => ban.jail === 'ssh-sasl');
const failures = forgedLines(folder, 'secure').flatMap(({ wall, text }) => {
  const failed = sshFailure(text);
  return failed ? [{ ...failed, wall }] : [];
});
const monthly = (of: typeof bans): number[] => Object.values(tally(of.map((ban) => [monthOf(ban.wall), 1])));

test('65,507 ssh bans in twelve months, highest in 2019-05 and less than half of that in 2019-06', () => {
  assert.equal(sshBans.length, 65_507);
  const months = monthly(sshBans);
  assert.equal(months.length, 12);
  assert.equal(months.indexOf(Math.max(...months)), 5);
  assert.ok((months[6] ?? 0) < (months[5] ?? 0) / 2);
  assert.ok((months[0] ?? 0) < (months[4] ?? 0));
});

test('mail bans are far fewer, and rise as the ssh bans fall', () => {
  const months = monthly(bans.filter((ban) => ban.jail === 'postfix-sasl'));
  assert.ok(sumOf(months) < 65_507 / 10);
  assert.ok(Math.min(...months.slice(6)) > Math.max(...months.slice(0, 6)));
});

test('43 % have a host name, and 39 to 43 % of each month', () => {
  assert.equal(truth.namedPercent, 43);
  for (const [month, percent] of Object.entries(truth.namedPercentByMonth))
    assert.ok(percent !== null && percent >= 39 && percent <= 43, `${month}: ${percent} %`);
});

test('China and the United States are far ahead, France is third, Japan 26th', () => {
  const { countryOf } = countryData();
  const counts = tally(sshBans.map((ban) => [countryOf(ban.address) ?? 'unknown', 1]));
  const ranked = Object.entries(counts).sort((a, b) => b[1] - a[1]);
  assert.deepEqual(Object.fromEntries(ranked), truth.bansByCountry);
  const codes = ranked.map(([code]) => code);
  assert.deepEqual(codes.slice(0, 3), ['CN', 'US', 'FR']);
  assert.equal(codes.indexOf('JP'), 25);
  assert.ok((counts.US ?? 0) > 2 * (counts.FR ?? 0));
  assert.equal(counts.unknown, undefined);
});

test('whois names another country for one ban in twenty', () => {
  const share = truth.whoisElsewhere / truth.bans;
  assert.ok(share > 0.045 && share < 0.055, `got ${share}`);
});

test('the hours of the day are alike', () => {
  const mean = truth.bans / 24;
  const chi = sumOf(truth.bansByHour.map((count) => (count - mean) ** 2 / mean));
  // 49.73 is the 0.999 quantile of chi-square with 23 degrees of freedom.
  assert.ok(chi < 49.73, `got a chi-square of ${chi}`);
});

test('the ban table at three in the morning follows the ssh bans', () => {
  const dates = groupBy(Object.entries(truth.banTables), ([date]) => date.slice(0, 7));
  const means = [...dates].map(([, days]) => sumOf(days.map(([, [ssh, smtp]]) => ssh + smtp)) / days.length);
  const months = monthly(sshBans);
  const mean = (of: readonly number[]): number => sumOf(of) / of.length;
  const cov = (a: readonly number[], b: readonly number[]): number =>
    sumOf(a.map((value, index) => (value - mean(a)) * ((b[index] ?? 0) - mean(b))));
  const correlation = cov(means, months) / Math.sqrt(cov(means, means) * cov(months, months));
  assert.ok(correlation > 0.95, `got ${correlation}`);
});

test('few accounts make most ssh tries, and those of mailboxes are spread thin', () => {
  const ssh = Object.values(
    tally(failures.filter(({ account }) => account !== 'root').map(({ account }) => [account, 1])),
  );
  const top = (counts: readonly number[], of: number): number =>
    sumOf(counts.toSorted((a, b) => b - a).slice(0, of)) / sumOf(counts);
  assert.ok(ssh.length > 2000 && top(ssh, 20) > 0.5, `${ssh.length} accounts, ${top(ssh, 20)}`);
  const mail = Object.values(
    tally(
      forgedLines(folder, 'dovecot.log').flatMap(({ text }) => {
        const account = /\(auth failed, .*: user=<(.+?)>, /.exec(text)?.[1];
        return account === undefined ? [] : [[account, 1] as const];
      }),
    ),
  );
  assert.ok(mail.length > 1000 && top(mail, 14) < 0.1, `${mail.length} accounts, ${top(mail, 14)}`);
  const root = failures.filter(({ account }) => account === 'root').length;
  assert.ok(root > failures.length / 2);
});

test('who comes again before a ban mostly does so after 17 to 18 minutes', () => {
  const gaps = [...groupBy(failures, (failure) => failure.address).values()].flatMap((of) =>
    of.slice(1).map(({ wall }, index) => wall - (of[index]?.wall ?? 0)),
  );
  // Those who stay within the jail's findtime, and do not try again at once.
  const pauses = gaps.filter((gap) => gap >= 300 && gap < 1800);
  const typical = pauses.filter((gap) => gap >= 1015 && gap <= 1090);
  assert.ok(typical.length > 0.85 * pauses.length, `${typical.length} of ${pauses.length}`);
  assert.ok(typical.length > 10_000);
});

test('zen.spamhaus.org refuses most in 2019-06 and 2019-10, bl.spamcop.net less; names that do not fit are warned of', () => {
  const lines = forgedLines(folder, 'maillog');
  const months = (pattern: RegExp): Record<string, number> =>
    tally(lines.filter(({ text }) => pattern.test(text)).map(({ wall }) => [monthOf(wall), 1]));
  const zen = Object.entries(months(/ blocked using zen\.spamhaus\.org; /)).sort((a, b) => b[1] - a[1]);
  assert.deepEqual(
    zen.slice(0, 2).map(([month]) => month),
    ['2019-06', '2019-10'],
  );
  assert.ok((zen[1]?.[1] ?? 0) > 3 * (zen[2]?.[1] ?? 0));
  const all = (counts: Record<string, number>): number => sumOf(Object.values(counts));
  assert.ok(all(months(/ blocked using bl\.spamcop\.net; /)) < all(Object.fromEntries(zen)) / 5);
  assert.equal(Object.keys(months(/: Name or service not known$/)).length, 12);
  assert.equal(Object.keys(months(/: address not listed for hostname /)).length, 12);
  assert.ok(lines.some(({ text }) => saslFailure(text)));
});

test('botnets have a word list and a tempo of their own, and each host goes through its list in order', () => {
  const by = groupBy(failures, (failure) => failure.address);
  for (const { id, about, addresses, visits, hosts } of truth.campaigns.filter(({ id }) =>
    id.startsWith('botnet'),
  )) {
    const list = /tries (.*) in this order/.exec(about)?.[1]?.split(', ') ?? [];
    const [, least = 0, most = 0] = /(\d+) to (\d+) seconds/.exec(about) ?? [];
    assert.ok(list.length > 10 && visits > hosts && hosts > 1000, id);
    for (const address of addresses) {
      const of = by.get(address) ?? [];
      // Two passwords in one connection are two failures of one name.
      const tried = of.map(({ account }) => account).filter((name, index, all) => name !== all[index - 1]);
      assert.deepEqual(
        tried,
        tried.map((_, index) => list[index % list.length]),
        `${id} ${address}`,
      );
      const first = of.findIndex(({ account }) => account !== of[0]?.account);
      const gap = (of[first]?.wall ?? 0) - (of[first - 1]?.wall ?? 0);
      assert.ok(gap >= Number(least) && gap <= Number(most) + 6, `${id} ${address}: ${gap} s`);
    }
  }
});

test('the hosts of the slow campaign are never banned and share the alphabet; three others come back after each ban', () => {
  const campaign = (id: string) => truth.campaigns.find((one) => one.id === id);
  const slow = new Set(campaign('distributed-1')?.addresses);
  assert.equal(sshBans.filter(({ address }) => slow.has(address)).length, 0);
  const all = failures.filter(({ address }) => slow.has(address));
  assert.ok(all.length > 100);
  const back = campaign('comeback-1');
  assert.equal(back?.hosts, 3);
  for (const address of back?.addresses ?? []) {
    const times = sshBans.filter((ban) => ban.address === address).map(({ wall }) => wall);
    assert.ok(times.length > 60, address);
    const pauses = times.slice(1).map((wall, index) => wall - (times[index] ?? 0) - 360_000);
    assert.ok(
      pauses.filter((pause) => pause < 8 * 3600).length > 0.9 * pauses.length,
      `${address}: ${pauses}`,
    );
  }
});

test('host names end in .example or .test, and every whois text says that it is invented', () => {
  const mails = mailsOf(folder, 'fail2ban.mbox').filter((mail) => mail.includes(': banned '));
  for (const mail of mails) assert.match(mail, /^% synthetic: invented by banbook forge/m);
  const names = forgedLines(folder, 'maillog').flatMap(
    ({ text }) => / (?:connect|disconnect) from (\S+)\[/.exec(text)?.[1] ?? [],
  );
  for (const name of new Set(names)) assert.match(name, /^unknown$|\.(?:example|test)$/, join(folder, 'raw'));
});
