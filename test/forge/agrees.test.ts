import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { type Failure, failuresOf, isOwn, replay } from './ban-rule.js';
import { folderOfFile, maker, truthOf } from './make.js';
import {
  addressOf,
  dateOf,
  type ForgedLine,
  fail2banLines,
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

/** The files of one folder held against each other, by readers that share nothing with banbook's parsers. */
const folder = await maker(folderOfFile())({ scale: 0.03, seed: 5 });
const truth = truthOf(folder);
const secure = forgedLines(folder, 'secure');
const maillog = forgedLines(folder, 'maillog');
const dovecot = forgedLines(folder, 'dovecot.log');
const mails = forgedMails(folder);
const bans = mails.filter((mail) => mail.event === 'ban');
const log = fail2banLines(folder);
const { lostDay, outage } = truth.hidden;
const dayStart = Date.parse(`${lostDay}T00:00:00Z`) / 1000;
const hour = 3600;

/** Seconds of Asia/Tokyo's wall clock. */
const wallOf = (utc: string): number => Date.parse(utc) / 1000 + 9 * hour;
const inOutage = (wall: number): boolean =>
  outage !== null && wallOf(outage.from) <= wall && wall < wallOf(outage.to);
/** Whether what led to a ban at this time may have been lost with its log. */
const nearLostDay = (wall: number, findTime: number): boolean =>
  dayStart - 5 <= wall && wall < dayStart + 24 * hour + findTime;

const jails = [
  {
    name: 'ssh-iptables',
    mail: 'ssh-sasl',
    id: 'ssh',
    maxRetry: 3,
    findTime: 1800,
    failures: failuresOf(secure, (text) => sshFailure(text)?.address ?? null),
  },
  {
    name: 'sasl-iptables',
    mail: 'postfix-sasl',
    id: 'smtp',
    maxRetry: 2,
    findTime: 5400,
    failures: failuresOf(maillog, saslFailure),
  },
] as const;

for (const { name, mail, id, maxRetry, findTime, failures } of jails) {
  const mailed = bans.filter((ban) => ban.jail === mail);
  const logged = log.flatMap(({ wall, text }) => {
    const address = /^\[([\w-]+)\] Ban ([\d.]+)$/.exec(text);
    return address?.[1] === name ? [{ wall, address: address[2] ?? '' }] : [];
  });

  test(`${name}: the rule, replayed over the log, gives exactly the bans of the mails and those of the outage`, () => {
    const due = replay(failures, maxRetry, findTime).filter(({ wall }) => !nearLostDay(wall, findTime));
    const all = [...mailed, ...logged.filter(({ wall }) => inOutage(wall))]
      .filter(({ wall }) => !nearLostDay(wall, findTime))
      .sort((a, b) => a.wall - b.wall);
    assert.equal(due.length, all.length);
    const times = groupBy(all, (ban) => ban.address);
    for (const [address, replayed] of groupBy(due, (one) => one.address)) {
      const delays = (times.get(address) ?? []).map((ban, index) => ban.wall - (replayed[index]?.wall ?? 0));
      assert.equal(delays.length, replayed.length, address);
      assert.ok(
        delays.every((delay) => delay === 1 || delay === 2),
        `${address}: ${delays}`,
      );
    }
    assert.ok(
      truth.hidden.outage &&
        logged.filter(({ wall }) => inOutage(wall)).length === truth.hidden.outage.bans[id],
    );
  });

  test(`${name}: fail2ban.log has the bans of the mails, but for the lost day`, () => {
    const stamp = (ban: Failure): string => `${ban.wall} ${ban.address}`;
    assert.deepEqual(
      logged.filter(({ wall }) => !inOutage(wall)).map(stamp),
      mailed.filter(({ wall }) => dateOf(wall) !== lostDay).map(stamp),
    );
  });

  test(`${name}: a banned address has no line until its ban ends after 100 hours, and some come back`, () => {
    const linesOf = groupBy(failures, (failure) => failure.address);
    for (const ban of logged)
      for (const { wall } of linesOf.get(ban.address) ?? [])
        assert.ok(wall < ban.wall || wall >= ban.wall + 360_000, ban.address);
    if (id === 'ssh') assert.ok(logged.length - new Set(logged.map((ban) => ban.address)).size >= 10);
  });

  test(`${name}: a mail counts the failures of the findtime before it`, () => {
    const failuresBy = groupBy(failures, (failure) => failure.address);
    for (const ban of mailed.filter(({ wall }) => !nearLostDay(wall, findTime))) {
      const before = (failuresBy.get(ban.address) ?? []).filter(
        ({ wall }) => wall < ban.wall && wall > ban.wall - findTime,
      );
      assert.equal(before.length, ban.failures, ban.address);
      assert.ok(ban.failures >= maxRetry);
    }
  });

  test(`${name}: fail2ban.log finds each failure, and its table is that of the reports at three`, () => {
    const found = log.filter(({ text }) => text.startsWith(`[${name}] Found `));
    assert.deepEqual(
      found.map(({ wall, text }) => `${wall} ${/Found ([\d.]+) - /.exec(text)?.[1]}`),
      failures.map(({ wall, address }) => `${wall} ${address}`),
    );
    // Of the lost day no ban is in the log: by mail all are known.
    const starts = [...mailed, ...logged.filter(({ wall }) => inOutage(wall))].map((ban) => ban.wall);
    for (const mailText of mailsOf(folder, 'logwatch.mbox')) {
      const { date, active } = tableOf(mailText, name);
      const at = Date.parse(`${date}T00:00:00Z`) / 1000 + 27 * hour;
      assert.equal(active, starts.filter((wall) => wall <= at && at < wall + 360_000).length, date);
      assert.equal(active, truth.banTables[date]?.[id === 'ssh' ? 0 : 1], date);
    }
  });
}

function tableOf(mail: string, jail: string): { date: string; active: number } {
  const [, year, month = '', day] = /\( (\d{4})-([A-Z][a-z]{2})-(\d\d) \)/.exec(mail) ?? [];
  const number = 'JanFebMarAprMayJunJulAugSepOctNovDec'.indexOf(month) / 3 + 1;
  const status = new RegExp(`Status for the jail: ${jail}\\n.*\\n +\\|- Currently banned:\\t(\\d+)\\n`).exec(
    mail,
  );
  return { date: `${year}-${String(number).padStart(2, '0')}-${day}`, active: Number(status?.[1]) };
}

test('restarts stop and start both jails, and put the bans in force again without a mail', () => {
  const stops = log.filter(({ text }) => text === "Jail 'ssh-iptables' stopped");
  assert.ok(stops.length >= 1);
  const states = mails.filter((mail) => mail.event !== 'ban');
  assert.deepEqual(new Set(states.map((mail) => mail.jail)), new Set(['ssh-sasl', 'postfix-sasl']));
  assert.equal(states.length, 4 * stops.filter(({ wall }) => !inOutage(wall)).length + 2);
  for (const { line, wall } of stops) {
    const behind = log.filter((one) => one.wall >= wall && one.wall <= wall + 3);
    const at = (what: string): string[] =>
      behind.flatMap(({ text }) => new RegExp(`\\] ${what} ([\\d.]+)$`).exec(text)?.[1] ?? []).sort();
    assert.deepEqual(at('Restore Ban'), at('Unban'), `line ${line}`);
  }
});

test('the owner’s network is ignored, however often he mistypes', () => {
  const own = secure.filter(({ text }) => isOwn(sshFailure(text)));
  const ignored = log.filter(({ text }) => text === '[ssh-iptables] Ignore 203.0.113.10 by ip');
  assert.equal(own.length, truth.ownFailures);
  assert.ok(own.length > 0);
  assert.equal(ignored.length, own.length);
});

test('no log has a line of the lost day, and the mails of that day are there', () => {
  const lines = [secure, maillog, dovecot, log, forgedLines(folder, 'messages')].flat();
  assert.equal(lines.filter(({ wall }) => dateOf(wall) === lostDay).length, 0);
  assert.ok(bans.some(({ wall }) => dateOf(wall) === lostDay));
});

test('no mail is of the outage, and two reports are missing', () => {
  assert.equal(mails.filter(({ wall }) => inOutage(wall)).length, 0);
  const dates = mailsOf(folder, 'logwatch.mbox').map((mail) => tableOf(mail, 'ssh-iptables').date);
  assert.equal(dates.length, 363);
  assert.equal(new Set(dates).size, 363);
  assert.deepEqual(
    outage?.reports.filter((date) => dates.includes(date)),
    [],
  );
  assert.ok(maillog.some(({ wall, text }) => inOutage(wall) && text.includes('Permission denied')));
});

/** The figures of a report that are counted here too. */
function figuresOf(mail: string): Record<string, number> {
  const [, sshd = ''] = /--- SSHD Begin -+ \n(.*?)\n -+ SSHD End/s.exec(mail) ?? [];
  const [, failed = ''] = /Failed logins from:\n(.*?)\n \n/s.exec(sshd) ?? [];
  const [, invalid = ''] = /Illegal users from:\n(.*?)\n \n/s.exec(sshd) ?? [];
  const [, pam = ''] = /Authentication Failures:\n(.*?)\n (?: {3}\S| ?\n|\n)/s.exec(mail) ?? [];
  const [, ssh = 0, unbanned = 0] = /ssh-iptables: +\[ (\d+):(\d+) \]/.exec(mail) ?? [];
  const count = (text: string, line: RegExp): number =>
    sumOf([...text.matchAll(line)].map((match) => Number(match[1])));
  const one = (line: RegExp): number => Number(line.exec(mail)?.[1] ?? 0);
  return {
    failed: count(failed, /^ {4}\S+: (\d+) times?$/gm),
    failedByAccount: count(failed, /^ {7}.*: (\d+) times?$/gm),
    root: count(failed, /^ {7}root\/password: (\d+) times?$/gm),
    invalid: count(invalid, /^ {4}\S+: (\d+) times?$/gm),
    pam: count(`${pam}\n`, /\): (\d+) Time\(s\)$/gm),
    bans: Number(ssh),
    unbans: Number(unbanned),
    sasl: one(/^ +(\d+) {3}SASL authentication failed /m),
    zen: one(/^ +(\d+) {6}zen\.spamhaus\.org$/m),
    noService: one(/^ +(\d+) {6}Name or service not known$/m),
    noAddress: one(/^ +(\d+) {6}Address not listed for hostname$/m),
    logins: one(/Successful Logins: (\d+)$/m),
    dropped: one(/^ Dropped (\d+) packets? on interface eth0$/m),
  };
}

test('the report of a day counts the log of that day', () => {
  const drops = forgedLines(folder, 'messages');
  const sources: Record<string, [readonly ForgedLine[], RegExp]> = {
    failed: [secure, /: Failed password for (?!invalid user )/],
    failedByAccount: [secure, /: Failed password for (?!invalid user )/],
    root: [secure, /: Failed password for root from [\d.]+ port \d+ ssh2$/],
    invalid: [secure, /: Invalid user /],
    pam: [secure, /: pam_unix\(sshd:auth\): authentication failure; /],
    bans: [log, /^\[ssh-iptables\] Ban /],
    unbans: [log, /^\[ssh-iptables\] Unban /],
    sasl: [maillog, /: SASL \w+ authentication failed: /],
    zen: [maillog, / blocked using zen\.spamhaus\.org; /],
    noService: [maillog, / verification failed: Name or service not known$/],
    noAddress: [maillog, /: address not listed for hostname /],
    logins: [dovecot, /^imap-login: Info: Login: /],
    dropped: [drops, /^kernel: DROP: /],
  };
  const counted = Object.entries(sources).map(([name, [lines, pattern]]) => {
    const days = lines.filter(({ text }) => pattern.test(text)).map(({ wall }) => [dateOf(wall), 1] as const);
    return [name, tally(days)] as const;
  });
  for (const mail of mailsOf(folder, 'logwatch.mbox')) {
    const { date } = tableOf(mail, 'ssh-iptables');
    const figures = figuresOf(mail);
    // The report was made while the log was there.
    if (date === lostDay) assert.ok(figures.failed);
    else
      for (const [name, days] of counted) assert.equal(figures[name], days[date] ?? 0, `${name} of ${date}`);
  }
});

test('the truth is what the files say', () => {
  const failures = secure.flatMap((line) => {
    const failed = sshFailure(line.text);
    return failed && !isOwn(failed) ? [{ ...failed, month: monthOf(line.wall) }] : [];
  });
  const byMonth = (items: readonly { month: string }[]) => tally(items.map(({ month }) => [month, 1]));
  const ofRoot = failures.filter(({ account }) => account === 'root');
  assert.deepEqual(byMonth(failures), truth.failedByMonth);
  assert.deepEqual(byMonth(ofRoot), truth.failedRootByMonth);
  const accounts = tally(failures.map(({ account }) => [account, 1]));
  assert.equal(truth.accounts.length, 20);
  for (const { account, failed } of truth.accounts) assert.equal(accounts[account], failed, account);
  for (const [jail, months] of [
    ['ssh-sasl', truth.bansByMonth],
    ['postfix-sasl', truth.mailBansByMonth],
  ] as const)
    assert.deepEqual(
      tally(bans.filter((ban) => ban.jail === jail).map((ban) => [monthOf(ban.wall), 1])),
      months,
    );
  const boxes = dovecot.flatMap(({ text }) => {
    const [, tries, account = ''] =
      /\(auth failed, (\d+) attempts in \d+ secs\): user=<(.*?)>, /.exec(text) ?? [];
    return tries ? [[account, Number(tries)] as const] : [];
  });
  const tried = tally(boxes);
  for (const { account, failed } of truth.mailAccounts) assert.equal(tried[account], failed, account);
  assert.equal(secure.filter(({ text }) => text.includes(': Accepted ')).length, truth.logins);
});

test('the intruder’s login stands where the truth says, after tries that no jail saw', () => {
  const { intruder } = truth.hidden;
  assert.ok(intruder);
  const line = secure.find((one) => `raw/${one.file}` === intruder.file && one.line === intruder.line);
  assert.match(line?.text ?? '', /^sshd\[\d+\]: Accepted password for backup from [\d.]+ port \d+ ssh2$/);
  assert.equal(addressOf(line?.text ?? ''), intruder.address);
  assert.equal(line?.wall, wallOf(intruder.time));
  const before = secure.filter(({ text }) => sshFailure(text)?.address === intruder.address);
  assert.ok(before.length >= 10 && before.every(({ wall }) => wall < (line?.wall ?? 0)));
  assert.equal(bans.filter(({ address }) => address === intruder.address).length, 0);
  assert.equal(secure.filter(({ text }) => text.includes(': Accepted password ')).length, 1);
});

test('the names of banned addresses are in the cache, and as many have one as the truth says', () => {
  const names = readFileSync(join(folder, 'cache/names.jsonl'), 'utf8')
    .trimEnd()
    .split('\n')
    .map(
      (line) =>
        JSON.parse(line) as { address: string; name: string | null; status: string; asked_at: string },
    );
  const nameOf = new Map(names.map(({ address, name }) => [address, name]));
  assert.equal(nameOf.size, names.length);
  const named = bans.filter((ban) => ban.jail === 'ssh-sasl' && nameOf.get(ban.address) != null);
  assert.equal(named.length, truth.namedBans);
  for (const ban of bans) assert.ok(nameOf.has(ban.address), ban.address);
  for (const { name, status } of names) {
    assert.equal(name !== null, status === 'confirmed' || status === 'unconfirmed');
    if (name !== null) assert.match(name, /^[\w.-]+\.(?:example|test)$/);
  }
});
