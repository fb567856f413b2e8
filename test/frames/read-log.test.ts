import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { authLine, authStart } from '../../lib/frames/auth-line.js';
import { csvLine, frameColumns } from '../../lib/frames/csv.js';
import { parseEnvelope } from '../../lib/parsers/envelope.js';
import type { AuthFields } from '../../lib/parsers/parsed.js';
import { fixtureCases } from '../fixtures.js';
import { mutations, randomOf } from '../fuzz/mutate.js';
import { bothWays, readingOf } from './both-ways.js';

const bytesOf = (lines: readonly string[]): Buffer => Buffer.from(`${lines.join('\n')}\n`);

const logs = ['sshd', 'postfix', 'dovecot', 'pam', 'fail2ban-log', 'envelope', 'envelope-forms'].flatMap(
  (parser) => fixtureCases(parser).map(({ name, input }) => ({ name, bytes: readFileSync(input) })),
);

test('lines that begin like the one before are read as by the general way', () => {
  const random = randomOf(3);
  const all = Buffer.concat(logs.map(({ bytes }) => bytes));
  for (const { name, bytes } of [...logs, { name: 'all of them', bytes: all }]) {
    const { quick, general } = bothWays(bytes);
    assert.deepEqual(quick, general, name);
    for (const [how, mutate] of Object.entries(mutations)) {
      const other = logs[Math.floor(random() * logs.length)]?.bytes ?? bytes;
      const mutated = mutate(bytes, random, other);
      const ways = bothWays(mutated);
      assert.deepEqual(ways.quick, ways.general, `${name}, ${how}`);
    }
  }
});

test('hours, clocks that are set, fractions and offsets, one host or several', () => {
  const stamps = [
    ...['00:59:59', '01:59:59', '02:00:00', '02:30:00', '03:00:00'].map((time) => `Mar 25 ${time}`),
    'Jul  1 00:00:00',
    ...['01:59:59', '02:00:00', '02:59:59', '03:00:00'].map((time) => `Oct 28 ${time}`),
    ...[
      '2018-03-25T02:30:00.5+02:00',
      '2018-03-25T02:30:00+01:00',
      '2018-03-25T02:30:01.25Z',
      '2018-03-25T02:30:60Z',
    ],
    'Dec 31 23:59:60',
    'Feb 29 00:00:00',
  ];
  const bytes = bytesOf(
    ['host1', 'host2', 'host1'].flatMap((host) =>
      stamps.flatMap((stamp) =>
        ['sshd[7]', 'sshd[8]'].map((tag) => `${stamp} ${host} ${tag}: Invalid user a from 192.0.2.1`),
      ),
    ),
  );
  const { quick, general } = bothWays(bytes);
  assert.deepEqual(quick, general);
  const rows = String(quick.texts[0]?.[0]).split('\n');
  assert.match(
    rows.find((row) => row.includes('2018-03-25T03:30:00,')) ?? '',
    /^2018-03-25T01:30:00Z,2018-03-25T03:30:00,skipped,/,
  );
  assert.match(
    rows.find((row) => row.includes('2018-10-28T02:59:59,')) ?? '',
    /^2018-10-28T00:59:59Z,2018-10-28T02:59:59,repeated,/,
  );
});

const connection = [
  'Dec  1 00:00:00 host1 sshd[7]: Failed password for invalid user eve from 192.0.2.1 port 5 ssh2',
  'Dec  1 00:00:00 host2 sshd[7]: Failed password for mallory from 192.0.2.2 port 5 ssh2',
  'Dec  1 00:00:01 host1 last message repeated 3 times',
  'Dec  1 00:00:02 host1 sshd[7]: Disconnecting: Too many authentication failures [preauth]',
  'Dec  1 00:00:02 host1 sshd[8]: Disconnecting: Too many authentication failures [preauth]',
  'Dec  1 00:00:03 host2 sshd[7]: Connection closed by 192.0.2.2 [preauth]',
  'Dec  1 00:20:03 host2 sshd[7]: Disconnecting: Too many authentication failures [preauth]',
  'Dec  1 00:20:04 host1 sshd[9]: input_userauth_request: invalid user trent [preauth]',
  'Dec  1 00:20:05 host1 sshd[9]: Connection closed by 192.0.2.3 [preauth]',
  'Dec  1 00:20:06 host1 sshd[9]: Connection closed by 192.0.2.3 port 5 [preauth]',
  'Dec  1 00:20:07 host1 sshd[10]: Invalid user oscar from 192.0.2.4 port 5',
  'Dec  1 00:20:08 host1 sshd[10]: input_userauth_request: invalid user oscar [preauth]',
  'Dec  1 00:20:09 host1 sshd[10]: Connection closed by 192.0.2.4 port 5 [preauth]',
];

test('what a line lacks is on another line of its connection: host, process id, not too long ago', () => {
  const { quick, general } = bothWays(bytesOf(connection));
  assert.deepEqual(quick, general);
  const { texts } = quick;
  const columns = frameColumns('auth');
  const rows = String(texts[0]?.[0])
    .trimEnd()
    .split('\n')
    .map((row) => row.split(','));
  const of = (row: readonly string[], column: string) => row[columns.indexOf(column)];
  assert.deepEqual(
    rows.map((row) =>
      [
        of(row, 'event'),
        of(row, 'account'),
        of(row, 'address'),
        of(row, 'joined_line'),
        of(row, 'count'),
      ].join(' '),
    ),
    [
      'failed eve 192.0.2.1  1',
      'failed mallory 192.0.2.2  1',
      'failed eve 192.0.2.1  3',
      'max_attempts eve 192.0.2.1 3 1',
      'max_attempts    1',
      'closed mallory 192.0.2.2 2 1',
      'max_attempts    1',
      'closed trent 192.0.2.3 8 1',
      'closed trent 192.0.2.3 8 1',
      'invalid_user oscar 192.0.2.4  1',
      'closed oscar 192.0.2.4 11 1',
    ],
  );
});

test('it does not matter where a log is cut, as long as the lines before it come along', () => {
  const whole = readingOf((reader) => reader.read(bytesOf(connection), 1));
  for (let cut = 1; cut < connection.length; cut++) {
    const before = bytesOf(connection.slice(0, cut));
    const first = readingOf((reader) => reader.read(before, 1));
    const second = readingOf((reader) => {
      reader.look(before, 1);
      reader.read(bytesOf(connection.slice(cut)), cut + 1);
    });
    assert.equal(`${first.texts[0]?.[0]}${second.texts[0]?.[0]}`, whole.texts[0]?.[0], `cut at ${cut}`);
  }
});

test('a row of auth is the line of CSV that the schema asks for', () => {
  const when = {
    time: '2018-12-01T00:00:00Z',
    local_time: '2018-12-01T01:00:00',
    time_flag: 'repeated' as const,
  };
  const base: AuthFields = {
    service: 'ssh',
    event: 'failed',
    account: null,
    account_exists: null,
    address: null,
    name: null,
    port: null,
    method: null,
    seconds: null,
    count: 1,
  };
  const rows: AuthFields[] = [
    base,
    {
      ...base,
      account: '',
      account_exists: false,
      address: '192.0.2.1',
      port: 5,
      method: 'password',
      count: 7,
    },
    {
      ...base,
      account: '=1+1',
      account_exists: true,
      name: 'a,"b"',
      method: '-x',
      seconds: 0,
      address: '2001:db8::1',
    },
    { ...base, account: '<b>"\n\u202e', name: "'=x", method: 'ü' },
  ];
  for (const [pid, joined_line] of [
    [null, null],
    [7, 3],
  ] as const)
    for (const row of rows) {
      const line = authLine(authStart(when, 'host1'), row, pid, joined_line, 'source', 9);
      const escaped = {
        ...row,
        account: row.account?.replace('\n', '#012').replace('\u202e', '#20056') ?? null,
      };
      const wanted = { ...when, host: 'host1', ...escaped, pid, joined_line, source: 'source', line: 9 };
      assert.equal(line, csvLine(frameColumns('auth'), wanted));
    }
});

test('the forms that the general way knows are tried', () => {
  assert.ok(logs.length > 20);
  assert.ok(
    logs.some(({ bytes }) =>
      bytes
        .toString()
        .split('\n')
        .some((line) => parseEnvelope(line)?.stamp.kind === 'local'),
    ),
  );
});
