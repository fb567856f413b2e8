import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { locate } from '../../lib/explain.js';
import { readFrame } from '../../lib/frames/csv.js';
import { scratch } from '../scratch.js';

const root = new URL('../../', import.meta.url).pathname;

/** Runs the built command line as a user would. */
function banbook(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, 'dist/cli.js'), ...args], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  return { status, stdout, stderr };
}

const sample = join(root, 'data/sample');
let frames = '';

before((t) => {
  frames = join(scratch(t as never), 'frames');
  const made = banbook('frames', '--out', frames, '--site', `${sample}/site.json`, `${sample}/raw`);
  assert.equal(made.status, 0, made.stderr);
});

test('stat prints CSV and JSON that agree with the truth of the forge', () => {
  const truth = JSON.parse(readFileSync(`${sample}/truth.json`, 'utf8'));
  const rows = JSON.parse(banbook('stat', 'ssh-bans-by-month', '--frames', frames, '--json').stdout);
  assert.deepEqual(
    Object.fromEntries(rows.map((row: { month: string; bans: number }) => [row.month.slice(0, 7), row.bans])),
    truth.bansByMonth,
  );
  const csv = banbook('stat', 'ssh-bans-by-month', '--frames', frames).stdout.trim().split('\n');
  assert.equal(csv[0], 'month,bans,addresses,days_covered,days_in_month,per_day,via');
  assert.equal(csv.length, 13);
});

test('explain prints the raw lines that a plain search finds', () => {
  const { stdout, stderr, status } = banbook(
    'explain',
    'root-failures-by-month',
    '2019-05-01',
    '--frames',
    frames,
  );
  assert.equal(status, 0, stderr);
  const file = 'data/sample/raw/secure-20190601.gz';
  const wanted = gunzipSync(readFileSync(join(root, file)))
    .toString()
    .split('\n')
    .flatMap((text, i) => (/Failed password for root from/.test(text) ? [`${file}:${i + 1}: ${text}`] : []));
  assert.ok(wanted.length > 100);
  assert.deepEqual(stdout.trimEnd().split('\n'), wanted);
});

test('a number may have more lines behind it than a call may have arguments', async () => {
  const [source] = await readFrame(frames, 'sources');
  const many = Array.from({ length: 200_000 }, (_, i) => ({
    source: source?.id ?? '',
    line: i + 1,
    count: 1,
  }));
  let lines = 0;
  for await (const { count } of locate(frames, many)) lines += count ?? 0;
  assert.equal(lines, source?.lines);
});

test('explain leads from a ban to its mail', () => {
  const { stdout } = banbook('explain', 'countries', 'JP', '--frames', frames);
  assert.match(
    stdout,
    /fail2ban\.mbox:\d+: From fail2ban@host1\.example .*\n.*:\d+: Subject: \[Fail2Ban\] ssh-sasl: banned /,
  );
});

test('coverage and audit agree with the frames of the sample', () => {
  const coverage = banbook('coverage', '--frames', frames);
  assert.equal(coverage.status, 0, coverage.stderr);
  assert.match(coverage.stdout, /\d+ lines in all: the classes add up\./);
  const audit = banbook('audit', '--frames', frames, '--cells', '9999');
  assert.equal(audit.status, 0, audit.stderr);
  assert.match(
    audit.stdout,
    /^all \d+ numbers counted again from \d+ raw failures, bans and refusals: 0 mismatches\n(?:not audited: .*\n)*$/,
  );
});

const wrong: [string[], RegExp][] = [
  [['nonsense'], /^banbook: unknown command "nonsense"; known: frames, names, risk, /],
  [['--wrong'], /^banbook: unknown option --wrong/],
  [['frames'], /^banbook: frames: expected --out DIR/],
  [['frames', '--out', '/tmp/none'], /^banbook: frames: expected at least one PATH/],
  [
    ['frames', '--out', '/tmp/none', '--year', '18', 'x'],
    /^banbook: frames: --year must be a year such as 2018, got "18"/,
  ],
  [
    ['frames', '--out', '/tmp/none', '--zone', 'Mars/Base', 'x'],
    /^banbook: --zone: "zone" must be an IANA zone/,
  ],
  [
    ['frames', '--out', '/tmp/none', '--site', '/none.json', 'x'],
    /^banbook: \/none\.json: cannot read the site settings/,
  ],
  [['frames', '--bogus'], /^banbook: Unknown option '--bogus'/],
  [['stat', 'nonsense', '--frames', 'x'], /^banbook: .*"?nonsense"?.*ssh-bans-by-month/s],
  [['stat', 'countries'], /^banbook: stat: expected --frames DIR/],
  [['explain', 'countries', '--frames', 'x'], /^banbook: explain: expected ID and KEY/],
  [['coverage'], /^banbook: coverage: expected --frames DIR/],
  [
    ['audit', '--frames', 'x', '--cells', 'all'],
    /^banbook: audit: --cells must be a whole number, got "all"/,
  ],
];
for (const [args, message] of wrong)
  test(`wrong use, exit 2: ${args.join(' ')}`, () => {
    const { status, stderr, stdout } = banbook(...args);
    assert.deepEqual([status, stdout], [2, ''], stderr);
    assert.match(stderr, message);
    assert.equal(stderr.trim().split('\n').length, 1, stderr);
  });

test('missing frames and missing input are said in one line, exit 1', (t) => {
  const empty = scratch(t);
  const stat = banbook('stat', 'countries', '--frames', join(empty, 'none'));
  assert.equal(stat.status, 1);
  assert.match(stat.stderr, /none: no (such folder of )?frames/);
  const none = banbook('frames', '--out', join(empty, 'out'), join(empty, 'none.log'), empty);
  assert.equal(none.status, 1);
  assert.match(
    none.stderr,
    /nothing to read:\n.*no file in this folder\n.*none\.log: no such file or folder/,
  );
  for (const { stderr } of [stat, none]) assert.doesNotMatch(stderr, /\n\s+at /);
});

test('help everywhere', () => {
  assert.match(banbook('--help').stdout, /npx banbook COMMAND/);
  for (const name of ['frames', 'stat', 'explain', 'coverage', 'audit', 'forge']) {
    const { status, stdout } = banbook(name, '--help');
    assert.equal(status, 0);
    assert.match(stdout, new RegExp(`banbook ${name}`));
  }
});
