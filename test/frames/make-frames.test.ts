import assert from 'node:assert/strict';
import { readdirSync, readFileSync, utimesSync } from 'node:fs';
import { basename, join } from 'node:path';
import { test } from 'node:test';
import { gunzipSync, gzipSync } from 'node:zlib';
import { readFrame } from '../../lib/frames/csv.js';
import { makeFrames } from '../../lib/make-frames.js';
import { scratch } from '../scratch.js';
import { failed, framesOf, line, quiet, tokyo } from './frames-of.js';

test('coverage adds up to the lines of each source, whatever is in them', async (t) => {
  const hostile = Array.from(
    { length: 2000 },
    (_, i) => `${String.fromCharCode(32 + (i % 200))} nonsense ${'x'.repeat(i % 90)}`,
  );
  const { out } = await framesOf(t, {
    'secure-20190101': `${failed('Dec  1 00:00:00')}\n\n${hostile.join('\n')}\n${line('Dec  2 00:00:00', 'no such wording')}Dec 10 00:00:00 host1 kernel: x`,
    'fail2ban.mbox':
      'From a Sat Dec  1 00:03:11 2018\nSubject: lunch\n\nyes\n\nFrom a Sat Dec  1 00:03:12 2018\nSubject: [Fail2Ban] sshd: banned 192.0.2.1\n\nno\n',
    'empty.log': '',
  });
  const sources = await readFrame(out, 'sources');
  const coverage = await readFrame(out, 'coverage');
  assert.equal(sources.length, 3);
  for (const { id, lines } of sources) {
    const counted = coverage.filter((row) => row.source === id).reduce((sum, row) => sum + row.lines, 0);
    assert.equal(counted, lines);
  }
  assert.deepEqual(
    sources.map(({ lines }) => lines),
    [0, 9, 2005],
  );
  assert.deepEqual([...new Set(coverage.map((row) => row.class))].sort(), [
    'event',
    'malformed',
    'noise',
    'unknown',
  ]);
});

test('every row leads back to its line, after decompression', async (t) => {
  const text = `${line('Dec  1 00:00:00', 'Server listening on :: port 22.')}${failed('Dec  1 00:00:01', 'a')}${failed('Dec  1 00:00:02', 'b')}`;
  const { out, folder } = await framesOf(t, { 'secure-20190101.gz': gzipSync(text) });
  const lines = gunzipSync(readFileSync(join(folder, 'secure-20190101.gz')))
    .toString()
    .split('\n');
  const auth = await readFrame(out, 'auth');
  assert.deepEqual(
    auth.map((row) => row.account),
    ['a', 'b'],
  );
  for (const row of auth) assert.match(lines[row.line - 1] ?? '', new RegExp(`for ${row.account} from`));
  const [source] = await readFrame(out, 'sources');
  assert.deepEqual([source?.kind, source?.year_rule, source?.zone], ['log', 'name:2019-01-01', 'Asia/Tokyo']);
});

test('a log that was silent for more than half a year is not dated after itself', async (t) => {
  const stamps = async (name: string, days: string[], year: number | null) => {
    const text = days.map((day) => failed(`${day} 00:00:05`)).join('');
    const { out } = await framesOf(t, { [name]: text }, tokyo, year);
    const [source] = await readFrame(out, 'sources');
    const dates = (await readFrame(out, 'auth')).map((row) => row.local_time.slice(0, 7));
    return [dates.join(' '), source?.year_certainty];
  };
  const cases: [string, string[], number | null, string, string][] = [
    ['secure-20190803', ['Jan  6', 'Aug  1', 'Aug  2'], null, '2019-01 2019-08 2019-08', 'strong'],
    ['secure-20190803', ['Jan  6', 'Aug  1', 'Aug  2'], 2019, '2019-01 2019-08 2019-08', 'exact'],
    ['secure-20191222', ['Jan  6', 'Dec 20'], null, '2019-01 2019-12', 'strong'],
    ['secure-20191222', ['Jan  6', 'Dec 20'], 2019, '2019-01 2019-12', 'exact'],
    ['secure-20191121', ['Nov 20', 'Jan  1', 'Nov 20'], null, '2019-11 2019-01 2019-11', 'weak'],
    ['secure-20191121', ['Jan  1', 'Nov 20', 'Nov 20'], null, '2019-01 2019-11 2019-11', 'strong'],
    ['secure-20190101', ['Jan  1', 'Dec 31'], null, '2019-01 2018-12', 'weak'],
    [
      'secure-20190106',
      ['Dec 31', 'Jan  1', 'Dec 31', 'Jan  1'],
      null,
      '2018-12 2019-01 2018-12 2019-01',
      'strong',
    ],
  ];
  for (const [name, days, year, dates, certainty] of cases)
    assert.deepEqual(await stamps(name, days, year), [dates, certainty], `${name}: ${days}`);
});

test('of equal files that is read whose name, path or time says most of the year', async (t) => {
  const text = failed('Dec 31 23:59:59') + failed('Jan  1 00:00:01');
  const ruleOf = async (...names: string[]) => {
    const folder = scratch(t, Object.fromEntries(names.map((name) => [name, text])));
    for (const [i, name] of names.entries()) utimesSync(join(folder, name), 1e9 - i * 1e6, 1e9 - i * 1e6);
    const out = join(scratch(t), 'frames');
    await makeFrames([folder], out, tokyo, quiet);
    const sources = await readFrame(out, 'sources');
    return sources.flatMap(({ id, path, year_rule }) =>
      year_rule ? [[id.length, basename(path), year_rule]] : [],
    );
  };
  assert.deepEqual(await ruleOf('a-copy', 'secure-20190106'), [[12, 'secure-20190106', 'name:2019-01-06']]);
  assert.deepEqual(await ruleOf('a-copy', '2018/secure'), [[12, 'secure', 'path:2018']]);
  assert.deepEqual(await ruleOf('a-copy', 'secure'), [[12, 'secure', 'mtime:2001-08-28']]);
});

test('the year: of a rotated set from the option on, else from name, path or stamp', async (t) => {
  const december = failed('Dec 31 23:59:59');
  const january = failed('Jan  1 00:00:01');
  const years = async (files: Record<string, string>, year: number | null) => {
    const { out } = await framesOf(t, files, tokyo, year);
    const rules = (await readFrame(out, 'sources')).map((source) => source.year_rule);
    return [(await readFrame(out, 'auth')).map((row) => row.local_time.slice(0, 4)).join(' '), ...rules];
  };
  assert.deepEqual(await years({ 'auth.log.1': december, 'auth.log': january }, 2017), [
    '2017 2018',
    'option:2017',
    'option:2017',
  ]);
  assert.deepEqual(await years({ 'secure-20190106': december + january }, null), [
    '2018 2019',
    'name:2019-01-06',
  ]);
  assert.deepEqual(await years({ '2016/secure': december + january }, null), ['2016 2017', 'path:2016']);
  assert.deepEqual(
    await years(
      {
        secure:
          '2015-12-31T23:59:59+09:00 host1 sshd[7]: Failed password for root from 192.0.2.1 port 5 ssh2\n',
      },
      null,
    ),
    ['2015', 'stamp'],
  );
});

test('a damaged first line hides no other of its day', async (t) => {
  const { out } = await framesOf(t, {
    'secure-20190101': `${line('Dec  1 00:0x:00', 'x')}${failed('Dec  1 00:00:01')}${failed('Dec  1 00:00:02')}`,
  });
  assert.deepEqual(
    (await readFrame(out, 'auth')).map((row) => row.local_time),
    ['2018-12-01T00:00:01', '2018-12-01T00:00:02'],
  );
});

test('the same content under another name is read once, and said', async (t) => {
  const { report, out } = await framesOf(t, {
    'secure-20190101': failed('Dec  1 00:00:00'),
    'copy.gz': gzipSync(failed('Dec  1 00:00:00')),
    'empty.1': '',
    'empty.2': '',
  });
  assert.equal(report.rows.auth, 1);
  assert.match(report.notes.join(), /copy\.gz: same content as .*secure-20190101; read once/);
  const sources = await readFrame(out, 'sources');
  assert.deepEqual(
    sources.map(({ lines, note }) => [lines, note?.replace(/\/.*\//, '') ?? null]),
    [
      [0, 'same content as secure-20190101; read once'],
      [0, null],
      [0, null],
      [1, null],
    ],
  );
});

test('the same input gives the same bytes', async (t) => {
  const folder = scratch(t, {
    'secure-20190101': failed('Dec  1 00:00:00') + failed('Dec  2 00:00:00', '=cmd()'),
  });
  const outs = ['one', 'two'].map((name) => join(scratch(t), name));
  for (const out of outs) await makeFrames([folder], out, tokyo, quiet);
  const [one = '', two = ''] = outs;
  for (const name of readdirSync(one))
    assert.equal(readFileSync(join(one, name), 'utf8'), readFileSync(join(two, name), 'utf8'), name);
});

test('hostile names reach the frame as they are, guarded against spreadsheets and terminals', async (t) => {
  const names = [
    '=cmd()',
    '-',
    "'=x",
    '<script>alert(1)</script>',
    'a,b "c"',
    '',
    'esc\u001b[2J',
    'x from 192.0.2.9 port 5 ssh2',
    '\u202etxt',
  ];
  const { out } = await framesOf(t, {
    'secure-20190101': names.map((name, i) => failed(`Dec  1 00:00:0${i}`, name)).join(''),
  });
  const auth = await readFrame(out, 'auth');
  assert.deepEqual(
    auth.map((row) => row.account),
    names.map((name) => name.replace('\u001b', '#033').replace('\u202e', '#20056')),
  );
  assert.ok(auth.every((row) => row.address === '192.0.2.1'));
  const cells = readFileSync(join(out, 'auth.csv'), 'utf8');
  assert.doesNotMatch(cells, /(^|,)"?[=+\-@]/m);
  assert.doesNotMatch(cells, /\u001b|\u202e/);
});

test('one bad source does not stop the others; the report and the ledger name it', async (t) => {
  const good = failed('Dec  1 00:00:00');
  const whole = gzipSync(
    Array.from({ length: 3000 }, (_, i) => failed(`Dec  1 00:00:0${i % 10}`, `u${(i * 7919) % 9973}`)).join(
      '',
    ),
  );
  const { report, out } = await framesOf(t, {
    'a-cut-20190101.gz': whole.subarray(0, whole.length / 2),
    'b.bin': Buffer.from(Array.from({ length: 4096 }, (_, i) => (i * 37) % 256)),
    'c.mbox': 'not a mailbox\n',
    'd-20190101.log': good,
    'secure-20190101': line('Dec  1 00:00:00', 'Connection closed by 192.0.2.7 port 5 [preauth]'),
  });
  assert.deepEqual(
    report.errors.map((error) =>
      error
        .replace(/^\S+\/([\w.-]+): /, '$1: ')
        .replace(/line \d+/, 'line N')
        .replace(/\(.*\)/, '(…)'),
    ),
    [
      'a-cut-20190101.gz: read up to line N: gzip data is damaged, cut off or followed by something else (…)',
      'b.bin: binary data: expected a text log, an mbox or a mail',
      'c.mbox: not an mbox: expected a first line "From sender date", got "not a mailbox"',
    ],
  );
  const sources = await readFrame(out, 'sources');
  assert.deepEqual(
    sources.map(({ kind, note }) => [kind, note !== null]),
    [
      ['log', true],
      ['unreadable', true],
      ['unreadable', true],
      ['log', false],
      ['log', false],
    ],
  );
  assert.ok(report.rows.auth > 500);
  assert.equal((sources[0]?.lines ?? 0) + 2, report.rows.auth);
});

test('one hostile line or mail spoils nothing: stamps, numbers, names out of bounds', async (t) => {
  const mail = (date: string, jail: string) =>
    `From a@x Sat Dec  1 00:03:11 2018\nSubject: [Fail2Ban] ${jail}: banned 192.0.2.1 from h\nDate: ${date}\n\nHi,\n\nThe IP 192.0.2.1 has just been banned by Fail2Ban after\n5 attempts against ${jail}.\n\nnetname: ${'N'.repeat(30_000)}\n\n`;
  const { out, report } = await framesOf(t, {
    'secure-20190101': [
      failed('Dec  1 00:00:00'),
      failed('9999-12-31T23:59:59-10:00'),
      failed('0050-01-01T00:00:00Z'),
      failed('1000-01-01T00:00:00Z'),
      line('Dec  1 00:00:01', `Failed password for root from 192.0.2.1 port ${'9'.repeat(23)} ssh2`),
      line(
        'Dec  1 00:00:02',
        `message repeated ${'9'.repeat(16)} times: [ Failed password for root from 192.0.2.1 port 5 ssh2]`,
      ),
    ].join(''),
    'fail2ban.mbox': [
      mail('Sat, 01 Dec 2018 00:03:11 +0900', 'constructor'),
      mail('Sat, 01 Dec 2018 00:03:11 +0900', '__proto__'),
      mail('Sat, 1 Jan 12000 00:00:00 +0000', 'sshd'),
      mail('Wed, 1 Jan 1000 00:00:00 +0000', 'sshd'),
    ].join(''),
  });
  assert.deepEqual(
    (await readFrame(out, 'auth')).map((row) => row.local_time),
    ['2018-12-01T00:00:00'],
  );
  const bans = await readFrame(out, 'bans');
  // A date that cannot be is not believed: the From_ line, which the own server wrote, stands in for it.
  assert.deepEqual(
    bans.map(({ jail, service, local_time }) => [jail, service, local_time]),
    [
      ['constructor', null, '2018-12-01T00:03:11'],
      ['__proto__', null, '2018-12-01T00:03:11'],
      ['sshd', 'ssh', '2018-12-01T00:03:11'],
      ['sshd', 'ssh', '2018-12-01T00:03:11'],
    ],
  );
  assert.deepEqual(report.unmappedJails, ['__proto__', 'constructor']);
  const lost = (await readFrame(out, 'coverage')).filter((row) => row.class !== 'event');
  assert.deepEqual(
    lost.map((row) => [row.class, row.lines]),
    [
      ['malformed', 3],
      ['unknown', 1],
      ['unknown', 1],
    ],
  );
});

test('what stands behind a run of NULs is read, however long the run', async (t) => {
  const nuls = '\0'.repeat(700_000);
  const { out, report } = await framesOf(t, {
    'secure-20190101': `${nuls}${failed('Dec  1 00:00:00')}${failed('Dec  1 00:00:01')}${nuls}${failed('Dec  1 00:00:02')}`,
    'nuls.log': nuls,
    'packed-empty.gz': gzipSync(''),
  });
  assert.deepEqual(
    (await readFrame(out, 'auth')).map((row) => row.line),
    [1, 2, 3],
  );
  assert.deepEqual(
    report.errors.map((error) => error.replace(/.*\//, '')),
    ['nuls.log: binary data: expected a text log, an mbox or a mail'],
  );
});

test('a mailbox that has lost its beginning: the log that its first mail quotes is no log', async (t) => {
  const ban =
    'From a Sat Dec  1 00:03:11 2018\nDate: Sat, 01 Dec 2018 00:03:11 +0900\nSubject: [Fail2Ban] sshd: banned 192.0.2.1 from host1\n\nThe IP 192.0.2.1 has just been banned by Fail2Ban after\n5 attempts against sshd.\n';
  const { out, report } = await framesOf(t, {
    saved: `${failed('Dec  1 00:00:00')}${failed('Dec  1 00:00:01')}\nRegards,\n\nFail2Ban\n\n${ban}`,
  });
  assert.deepEqual(report.errors, []);
  assert.equal((await readFrame(out, 'auth')).length, 0);
  const [row, ...others] = await readFrame(out, 'bans');
  assert.deepEqual([row?.address, row?.line, others.length], ['192.0.2.1', 8, 0]);
});

test('what syslogd wrote once for several of fail2ban counts as many', async (t) => {
  const { out } = await framesOf(t, {
    'messages-20190101.log':
      'Dec  1 00:00:00 host1 fail2ban.filter[7]: INFO [sshd] Found 192.0.2.1\nDec  1 00:00:02 host1 last message repeated 3 times\n',
  });
  assert.deepEqual(
    (await readFrame(out, 'bans')).map(({ event, line, count, time }) => [event, line, count, time]),
    [
      ['found', 1, 1, '2018-11-30T15:00:00Z'],
      ['found', 2, 3, '2018-11-30T15:00:02Z'],
    ],
  );
});
