import assert from 'node:assert/strict';
import { appendFileSync, cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { audit } from '../../lib/audit/audit.js';
import { recountRules } from '../../lib/audit/recounts.js';
import { auditCommand } from '../../lib/commands/audit.js';
import { openEngine } from '../../lib/engine/index.js';
import { makeFrames } from '../../lib/make-frames.js';
import { defaultSite, readSite, type Site } from '../../lib/site.js';
import { statisticById, statistics } from '../../lib/stats/index.js';
import { scratch } from '../scratch.js';

const sample = new URL('../../data/sample/', import.meta.url).pathname;
const quiet = { year: null, threads: 1, onProgress: () => {} };
const all = { cells: 100_000, seed: 1 };

/** Frames of a copy of the sample. */
async function sampleFrames(t: TestContext) {
  const folder = scratch(t);
  const input = join(folder, 'in');
  cpSync(join(sample, 'raw'), input, { recursive: true });
  const out = join(folder, 'frames');
  const cache = join(folder, 'cache');
  cpSync(join(sample, 'cache'), cache, { recursive: true });
  appendFileSync(join(cache, 'risk.jsonl'), risks(join(cache, 'names.jsonl')));
  await makeFrames([input], out, readSite(join(sample, 'site.json')), { ...quiet, cache });
  return { input, out };
}

/** Answers about the risk of names: scores from 0 to 100, none, errors, and of every fifth name nothing. */
function risks(names: string): string {
  const named = readFileSync(names, 'utf8')
    .split('\n')
    .flatMap((line) => (line ? (JSON.parse(line).name ?? []) : []));
  return [...new Set<string>(named)]
    .map((name, i) => {
      const of = { name, asked_at: '2019-12-02T00:00:00Z', api: i % 3 ? 'simulator' : 'investigate v2' };
      if (i % 5 === 0) return '';
      // Of some names two sources have said something.
      const other =
        i % 7 === 0 ? `${JSON.stringify({ ...of, api: 'other', status: 'scored', risk_score: 99 })}\n` : '';
      if (i % 5 < 3)
        return `${other}${JSON.stringify({ ...of, status: 'scored', risk_score: (i * 7) % 101 })}\n`;
      return `${other}${JSON.stringify({ ...of, status: i % 5 === 3 ? 'no_score' : 'error' })}\n`;
    })
    .join('');
}

/** Frames of the given files. */
async function framesOf(t: TestContext, files: Record<string, string | Buffer>, site: Partial<Site> = {}) {
  const out = join(scratch(t), 'frames');
  await makeFrames([scratch(t, files)], out, { ...defaultSite, ...site }, quiet);
  return out;
}

/** Runs the command. @returns its exit status and what it prints */
async function run(t: TestContext, ...argv: string[]) {
  let printed = '';
  const write = t.mock.method(process.stdout, 'write', (text: string) => {
    printed += text;
    return true;
  });
  try {
    return { status: await auditCommand.run(argv), printed };
  } finally {
    write.mock.restore();
  }
}

test('every number of the sample agrees with its raw lines', async (t) => {
  const { out } = await sampleFrames(t);
  const report = await audit(out, all);
  assert.ok(report.cells > 300 && report.cells === report.of, `${report.cells} of ${report.of}`);
  assert.ok(report.observations > 2000);
  assert.deepEqual(report.mismatches, []);
  assert.deepEqual(report.notAudited, []);
  assert.equal((await audit(out, { cells: 17, seed: 5 })).cells, 17);
});

test('a false number, a missing row and a row from another line are found', async (t) => {
  const { out } = await sampleFrames(t);
  const path = join(out, 'auth.csv');
  const right = readFileSync(path, 'utf8');
  const row = right.split('\n').find((line) => /,failed,root,.*,password,.*,1$/.test(line)) ?? '';
  const month = `${row.split(',')[1]?.slice(0, 7)}-01`;
  const changes: Record<string, [string, RegExp]> = {
    'the count of a line': [
      right.replace(row, row.replace(/,1$/, ',4')),
      /\(4 in the frames, 1 counted again\)/,
    ],
    'no such row': [right.replace(`${row}\n`, ''), /\(0 in the frames, 1 counted again\)/],
    'the line of another': [
      right.replace(
        row,
        row.replace(/,(\d+),1$/, (_, line) => `,${Number(line) - 1},1`),
      ),
      /\(1 in the frames, 0 counted again\)/,
    ],
  };
  for (const [name, [text, said]] of Object.entries(changes)) {
    writeFileSync(path, text);
    const { status, printed } = await run(t, '--frames', out);
    assert.equal(status, 1, name);
    const lines = printed
      .split('\n')
      .slice(1, -1)
      .filter((line) => !/^(?: {2}|not audited: )/.test(line));
    assert.ok(
      lines.every((line) => line.startsWith(`root-failures-by-month ${month} `)),
      printed,
    );
    assert.match(
      printed,
      new RegExp(`root-failures-by-month ${month} failures: \\d+ in the frames, \\d+ counted`),
    );
    assert.match(printed, /secure-\d+\.gz:\d+: .*Failed password for root from/);
    assert.match(printed, said);
  }
  writeFileSync(path, right);
  assert.deepEqual((await audit(out, all)).mismatches, []);
});

test('a false size of the ban table in a report is found', async (t) => {
  const { out } = await sampleFrames(t);
  const path = join(out, 'reports.csv');
  const right = readFileSync(path, 'utf8');
  const row = right.split('\n').find((line) => line.includes(',active_bans,ssh-iptables,,')) ?? '';
  writeFileSync(
    path,
    right.replace(
      row,
      row.replace(/,,(\d+),/, (_, size) => `,,${Number(size) + 7},`),
    ),
  );
  const { status, printed } = await run(t, '--frames', out);
  assert.equal(status, 1);
  assert.match(
    printed,
    /: 1 mismatch\nban-table-by-month \d{4}-\d\d-01 snapshot_mean: [\d.]+ in the frames, [\d.]+ counted again\n$/,
  );
});

test('a line that the frames missed altogether is found', async (t) => {
  const out = await framesOf(t, {
    'auth.log':
      '2019-06-01T00:00:00Z host1 sshd[7]: Failed password for root from 192.0.2.1 port 5 ssh2\n2019-06-01T00:00:01Z host1 sshd[8]: Failed password for eve from 192.0.2.1 port 6 ssh2\n',
  });
  const path = join(out, 'auth.csv');
  writeFileSync(path, readFileSync(path, 'utf8').replace(/^.*,eve,.*\n/m, ''));
  const { mismatches } = await audit(out, { ...all, statistics: [statisticById('ssh-accounts')] });
  assert.deepEqual(
    mismatches.map(({ statistic, key, column, value }) => [statistic, key, column, value]).sort(),
    ['addresses', 'failures', 'rank', 'share'].map((column) => ['ssh-accounts', 'eve', column, null]),
  );
});

const failed = (account: string, from = '192.0.2.1') =>
  `Failed password for ${account} from ${from} port 5 ssh2`;
const journal = (time: number, message: string) =>
  JSON.stringify({
    __REALTIME_TIMESTAMP: `${time}000000`,
    _HOSTNAME: 'h',
    SYSLOG_IDENTIFIER: 'sshd',
    MESSAGE: message,
  });

test('both ways of counting agree on all forms of lines, on turns of the year and on hostile names', async (t) => {
  const out = await framesOf(
    t,
    {
      'secure-20200101': [
        `Dec 31 23:59:59 host1 sshd[7]: ${failed('root')}`,
        `Jan  1 00:00:00 host1 sshd[7]: message repeated 3 times: [ ${failed('root')}]`,
        `Dec 31 23:59:58 host1 sshd[8]: ${failed('invalid user late')}`,
        `Mar 31 02:30:00 host1 sshd[8]: ${failed('invalid user ', '2001:DB8:0::1')}`,
        'Mar 31 02:30:01 host1 last message repeated 2 times',
        `Aug  1 00:00:00 host1 sshd[9]: Invalid user ${failed('root')} from 192.0.2.9 port 5`,
        `Aug  1 00:00:01 host1 sshd[9]: ${failed('invalid user root from 198.51.100.1 port 1 ssh2')}`,
        `Aug  1 00:00:02 host1 sshd[9]: error: ${failed('root', 'dial7.example')}`,
        'Feb 30 00:00:00 host1 sshd[9]: no such day',
      ].join('\n'),
      'auth.log': [
        `2019-02-01T00:30:00.5+09:00 host1 sshd[7]: ${failed('root', '::ffff:192.0.2.1')}`,
        `<38>1 2019-03-01T00:00:00Z host1 sshd 7 - [a x="] \\" "] ${failed('root')}`,
        `2019 Apr  1 00:00:00 host1 sshd[7]: ${failed('root')}`,
        journal(1_556_668_800, failed('root')),
      ].join('\n'),
      journal: `__REALTIME_TIMESTAMP=1559347200000000\n_HOSTNAME=h\nSYSLOG_IDENTIFIER=sshd\nMESSAGE=${failed('root')}\n\n`,
      'fail2ban.mbox': [
        'From a Sat Dec  1 00:03:11 2018\nSubject: [Fail2Ban] sshd: banned 192.0.2.1 from h\nDate: Sat, 01 Dec 2018 00:03:11 +0900\nMessage-Id: <1@h>\n',
        `The IP 192.0.2.1 has just been banned by Fail2Ban after\n5 attempts against sshd.\n`,
        'From a Sat Dec 15 00:03:11 2018\nReceived: by h; Sat, 15 Dec 2018 00:03:11 +0900\nSubject: lunch\n\nyes\n',
        'From a Sat Dec 22 00:03:11 2018\nSubject: =?utf-8?q?=5BFail2Ban=5D_sshd=3A_summary?=\nDate: Sat, 22 Dec 2018 00:03:11 +0900\nContent-Transfer-Encoding: base64\n',
        `${Buffer.from('Fri Dec 21 23:59:59 JST 2018: 192.0.2.2 (5 failures)\nSat Dec 22 00:00:00 JST 2018: 2001:db8::2 (1 failure)\n').toString('base64')}\n`,
      ].join('\n'),
      'mbox-of-alias': [
        'From a Sat Dec  1 00:04:00 2018\nResent-To: b\nSubject: [Fail2Ban] sshd: banned 192.0.2.1 from h\nMessage-ID: <1@h>\nDate: Sat, 01 Dec 2018 00:03:11 +0900\n',
        `The IP 192.0.2.1 has just been banned by Fail2Ban after\n5 attempts against sshd.\n`,
      ].join('\n'),
    },
    { zone: 'Europe/Berlin' },
  );
  const report = await audit(out, all);
  assert.deepEqual(report.mismatches, []);
  assert.equal(report.observations, 15);
});

/** All logs of the fixtures of some parsers as input. */
function fixtureLogs(...parsers: string[]): Record<string, string> {
  const fixtures = new URL('../fixtures/', import.meta.url).pathname;
  return Object.fromEntries(
    parsers.flatMap((parser) =>
      readdirSync(join(fixtures, parser))
        .filter((name) => name.endsWith('.log') && !name.includes('.unknown.'))
        .map((name) => [`${parser}-${name}`, readFileSync(join(fixtures, parser, name), 'utf8')]),
    ),
  );
}

test('both ways of counting agree on every wording of the mail servers that has a fixture', async (t) => {
  const files = fixtureLogs('postfix', 'dovecot');
  assert.ok(Object.keys(files).length > 7);
  const report = await audit(await framesOf(t, files), all);
  assert.ok(report.observations > 10, `${report.observations}`);
  assert.deepEqual(report.mismatches, []);
});

test('both ways of counting agree on every wording of sshd, PAM and fail2ban that has a fixture', async (t) => {
  const files = fixtureLogs('sshd', 'pam', 'fail2ban-log');
  assert.ok(Object.keys(files).length > 7);
  const report = await audit(await framesOf(t, files), all);
  assert.ok(report.observations > 40, `${report.observations}`);
  assert.deepEqual(report.mismatches, []);
});

test('both ways of counting agree on every mail and report that has a fixture', async (t) => {
  const fixtures = new URL('../fixtures/', import.meta.url).pathname;
  const files = Object.fromEntries(
    ['ban-mail', 'logwatch'].flatMap((folder) =>
      readdirSync(join(fixtures, folder))
        .filter((name) => !name.endsWith('.json'))
        .map((name) => [name, readFileSync(join(fixtures, folder, name))]),
    ),
  );
  assert.ok(Object.keys(files).length > 15);
  const report = await audit(await framesOf(t, files, { zone: 'Asia/Tokyo' }), all);
  assert.ok(report.observations > 40, `${report.observations}`);
  assert.deepEqual(report.mismatches, []);
});

/** Lines of each kind of which the audit once said something else than the frames, which were right. */
const disputed: Record<string, Record<string, readonly string[]>> = {
  'what a block list answered, and such words in a HELO or a sender': {
    maillog: [
      'Client host [192.0.2.1] blocked using zen.spamhaus.org=127.0.0.2; https://x; from=<a@b> to=<c@d> proto=SMTP helo=<x>',
      'Client host [192.0.2.1] blocked using zen.spamhaus.org; https://x; from=<a@b> to=<c@d> proto=SMTP helo=<x>',
    ]
      .map((text) => `554 5.7.1 Service unavailable; ${text}`)
      .concat([
        '554 5.7.1 <a blocked using fake.example; x>: Helo command rejected: Access denied; from=<a@b> to=<c@d> proto=SMTP helo=<a blocked using fake.example; x>',
        '554 5.7.1 <"a blocked using fake.example; x"@b>: Sender address rejected: Access denied; from=<"a blocked using fake.example; x"@b> to=<c@d> proto=SMTP helo=<x>',
        '554 5.7.1 <a@b>: Sender address rejected: Access denied; from=<a@b> to=<c@d> proto=SMTP helo=<x blocked using fake.example; x>',
      ])
      .map((text) => `host1 postfix/smtpd[1]: NOQUEUE: reject: RCPT from unknown[192.0.2.1]: ${text}`),
  },
  'databases of dovecot': {
    maillog: [
      'host1 dovecot: auth: checkpassword(joe,192.0.2.3): Login failed (status=1)',
      'host1 dovecot: auth(default): passdb(joe,192.0.2.3): Attempted login with password having illegal chars',
    ],
    'dovecot.log': [
      'Info: auth(default): sql(joe,192.0.2.4): Password mismatch',
      'auth: Info: sql(ann,192.0.2.4): Password mismatch',
    ],
  },
  'names that say what sshd says': {
    secure: [
      'User root from 198.51.100.6 not allowed because x from 192.0.2.45 not allowed because not listed in AllowUsers',
      'User root not allowed because account is locked from 192.0.2.45 not allowed because not listed in AllowUsers',
      'User root not allowed because account is locked',
      'User root from 192.0.2.45 not allowed because not listed in AllowUsers',
      'maximum authentication attempts exceeded for root for x from 192.0.2.46 port 5 ssh2 [preauth]',
      'Accepted publickey for root from 192.0.2.46 port 5 from 192.0.2.47 port 5 ssh2',
      'Connection closed by 192.0.2.47 port 5 [preauth]',
      'error: PAM: Authentication failure for illegal user x for root from 192.0.2.46',
    ].map((text) => `host1 sshd[28]: ${text}`),
  },
  'a tag without a blank behind it': {
    secure: [`host1 sshd[29]:${failed('root')}`, `sshd[29]:${failed('root')}`],
  },
  // Wherever such a line is cut off.
  'lines that are too long': {
    secure: [' from 192.0.2.45 port 5 ssh2', ' from 192.0.2.45'].flatMap((words) =>
      Array.from(
        { length: 29 },
        (_, i) => `host1 sshd[2]: Failed password for ${'r'.repeat(i)}${words.repeat(3000)}`,
      ),
    ),
  },
};
for (const [name, files] of Object.entries(disputed))
  test(`both ways of counting agree: ${name}`, async (t) => {
    const stamped = Object.entries(files).map(([file, lines]) => {
      const dated = lines.map((line, i) => `2019-06-01T00:00:${String(i).padStart(2, '0')}Z ${line}\n`);
      return [file, dated.join('')] as const;
    });
    const own = stamped.map(
      ([file, text]) => [`1-${file}`, text.replace(/^(?=.* Info: )/gm, 'dovecot: ')] as const,
    );
    const report = await audit(await framesOf(t, Object.fromEntries([...stamped, ...own])), all);
    assert.ok(report.observations > 0);
    assert.deepEqual(report.mismatches, []);
  });

test('both ways of counting agree: a network that is banned', async (t) => {
  const line = (what: string) => `2019-06-01 00:00:00,000 fail2ban.actions [9]: NOTICE [sshd] ${what}\n`;
  const log = ['Ban 192.0.2.0/24', 'Ban 192.0.2.7', 'Unban 192.0.2.0/24'].map(line).join('');
  const report = await audit(await framesOf(t, { 'fail2ban.log': log }), all);
  assert.equal(report.observations, 3);
  assert.deepEqual(
    report.mismatches.filter(({ statistic }) => statistic !== 'risk-scores'),
    [],
  );
});

test('both ways of counting agree: ban mails in UTF-16', async (t) => {
  const mailed = (charset: string, bytes: Buffer) =>
    `From a Sat Dec  1 00:03:11 2018\nSubject: [Fail2Ban] sshd: banned 192.0.2.1 from h\nDate: Sat, 01 Dec 2018 00:03:11 +0900\nContent-Type: text/plain; charset=${charset}\nContent-Transfer-Encoding: base64\n\n${bytes.toString('base64')}\n\n`;
  const text = 'The IP 192.0.2.1 has just been banned by Fail2Ban after\n5 attempts against sshd.\n';
  const le = Buffer.from(`\ufeff${text}`, 'utf16le');
  const mbox = mailed('utf-16', le) + mailed('utf-16be', Buffer.from(text, 'utf16le').swap16());
  const report = await audit(await framesOf(t, { mbox }), all);
  assert.equal(report.observations, 2);
  assert.deepEqual(report.mismatches, []);
});

test('bans of the log alone, of one host, without the own network', async (t) => {
  const ban = (at: string, jail: string, address: string) =>
    `${at},000 fail2ban.actions        [9]: NOTICE  [${jail}] Ban ${address}\n`;
  const files = {
    'fail2ban.log': [
      "2019-01-05 00:00:00,000 fail2ban.jail           [9]: INFO    Jail 'ssh-iptables' started\n",
      ban('2019-01-10 03:00:00', 'ssh-iptables', '192.0.2.1'),
      ban('2019-01-10 03:00:01', 'ssh-iptables', '198.51.100.7'),
      ban('2019-02-10 04:00:00', 'sasl-iptables', '192.0.2.2'),
      '2019-02-11 05:00:00,000 fail2ban.actions        [9]: NOTICE  [sasl-iptables] Unban 192.0.2.2\n',
    ].join(''),
    messages: [
      '2019-01-10T03:00:00Z host1 fail2ban.actions[9]: NOTICE [ssh-iptables] Ban 192.0.2.1\n',
      '2019-01-01T00:00:00Z host1 crond[1]: (root) CMD (true)\n',
      `2019-01-10T00:00:00Z host2 sshd[9]: ${failed('root')}\n`,
      `2019-01-10T00:00:01Z host1 sshd[9]: ${failed('root')}\n`,
      `2019-01-10T00:00:02Z host1 sshd[9]: Disconnecting: Too many authentication failures [preauth]\n`,
      `2019-01-10T00:00:02Z host1 sshd[9]: ${failed('root', '198.51.100.9')}\n`,
    ].join(''),
  };
  const out = await framesOf(t, files, { hosts: ['host1'], own: ['198.51.100.0/25', '2001:db8::/32'] });
  const report = await audit(out, all);
  assert.deepEqual(report.mismatches, []);
  const engine = await openEngine(out);
  t.after(() => engine.close());
  const rows = async (id: string) => (await engine.query(statisticById(id).sql(engine.site))).rows;
  const [ssh] = await rows('ssh-bans-by-month');
  assert.deepEqual([ssh?.bans, ssh?.via], [1, 'log']);
  const [root] = await rows('root-failures-by-month');
  assert.deepEqual([root?.failures, root?.fail2ban_matches], [1, 2]);
});

test('sources that are gone or changed are named', async (t) => {
  const { input, out } = await sampleFrames(t);
  appendFileSync(join(input, 'fail2ban.mbox'), '\n');
  rmSync(join(input, 'secure-20190301.gz'));
  await assert.rejects(audit(out, all), (error: Error) => {
    assert.match(error.message, /fail2ban\.mbox: not the file that was read/);
    assert.match(error.message, /secure-20190301\.gz: no longer there/);
    return error.name === 'UserError';
  });
  // The same size and another content.
  cpSync(join(sample, 'raw'), input, { recursive: true });
  const mails = readFileSync(join(input, 'fail2ban.mbox'), 'utf8');
  writeFileSync(join(input, 'fail2ban.mbox'), mails.replace('Hi,', 'Ho,'));
  await assert.rejects(audit(out, all), /fail2ban\.mbox: not the file that was read/);
});

test('a statistic or a column without a second way of counting is named', async (t) => {
  const out = await framesOf(t, { 'auth.log': `2019-06-01T00:00:00Z host1 sshd[7]: ${failed('eve')}\n` });
  const known = statisticById('ssh-accounts');
  const another = {
    ...known,
    columns: { ...known.columns, median: { type: 'number' as const, meaning: 'of something' } },
  };
  const report = await audit(out, { ...all, statistics: [{ ...known, id: 'new-one' }, another] });
  assert.deepEqual(report.notAudited, ['new-one', 'ssh-accounts.median']);
  assert.equal(report.cells, 4);
  const ids = statistics.map(({ id }) => id);
  assert.deepEqual(
    Object.keys(recountRules).filter((id) => !ids.includes(id)),
    [],
  );
});

test('wrong use', async (t) => {
  const wrong: [string[], RegExp][] = [
    [[], /expected --frames DIR/],
    [['--frames', 'x', '--cells', 'many'], /--cells must be a whole number, got "many"/],
    [['--frames', 'x', '--cells', '0'], /--cells must be at least 1/],
    [['--frames', 'x', '--seed', '-1'], /--seed/],
  ];
  for (const [argv, message] of wrong) await assert.rejects(run(t, ...argv), message);
});
