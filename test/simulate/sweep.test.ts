import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { fail2banDefaults } from '../../lib/ban-settings.js';
import { usualGap } from '../../lib/simulate/bounds.js';
import { figuresOfSetting } from '../../lib/simulate/figures-of-setting.js';
import {
  aboutSeconds,
  combine,
  type FigureName,
  figureNames,
  jailLocal,
  middle,
  paretoFront,
  type SettingFigures,
  type SettingOutcome,
  secondsOfText,
  shortList,
  textOfSeconds,
  triesOf,
} from '../../lib/simulate/index.js';
import { divider, partsOf } from '../../lib/simulate/jail-parts.js';
import { live, logOf, population } from './attackers.js';
import { sampleFrames } from './sample-frames.js';

const cli = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));
const own = { ...fail2banDefaults, maxretry: 3, findtime: 1800, bantime: 360_000 };

const outcome = (maxretry: number, values: Partial<Record<FigureName, number>>): SettingOutcome => ({
  settings: { ...own, maxretry },
  figures: Object.fromEntries(
    figureNames.map((name) => [name, { lower: values[name] ?? 0, upper: values[name] ?? 0 }]),
  ) as SettingFigures,
});

test('times as jail.conf writes them, there and back', () => {
  for (const [text, seconds] of [
    ['600', 600],
    ['10m', 600],
    ['1d12h', 129_600],
    ['forever', -1],
  ] as const)
    assert.equal(secondsOfText(text), seconds);
  assert.deepEqual([600, 5400, 36_000, 864_000, -1, 61].map(textOfSeconds), [
    '10m',
    '90m',
    '10h',
    '10d',
    'forever',
    '61s',
  ]);
  assert.deepEqual([45, 1050, 90_000, 536_659].map(aboutSeconds), ['45 s', '18 min', '25 h', '6.2 days']);
  for (const text of ['', '10', '1h30', '-5', '10 m', '1e3'].slice(2))
    assert.throws(() => secondsOfText(text), /expected a time such as/);
});

test('settings are combined, the own first and once', () => {
  const all = combine(own, { maxretry: [1, 3], bantime: [360_000, -1] });
  assert.deepEqual(
    all.map(({ maxretry, bantime }) => [maxretry, bantime]),
    [
      [3, 360_000],
      [1, 360_000],
      [1, -1],
      [3, -1],
    ],
  );
});

test('a setting stays in the front when none is as good in all and better in one; of equals the first', () => {
  const [a, b, worse, equal, locks] = [
    outcome(1, { through: 10, tableMean: 100 }),
    outcome(2, { through: 20, tableMean: 50 }),
    outcome(3, { through: 20, tableMean: 60 }),
    outcome(4, { through: 20, tableMean: 50 }),
    outcome(5, { through: 5, tableMean: 90, lockedOut: 1 }),
  ];
  const front = paretoFront([a, b, worse, equal, locks]);
  assert.deepEqual(front, [locks, a, b]);
  assert.deepEqual(new Set(shortList(front)), new Set([a, b]));
  const text = jailLocal('sshd', shortList(front));
  assert.match(text, /^\[sshd\]\n# attempts let through/);
  assert.equal(text.split('\n').filter((line) => /^maxretry = /.test(line)).length, 1);
  assert.equal(text.split('\n').filter((line) => /^#maxretry = /.test(line)).length, 1);
});

const attackers = population(5, 400);
const life = live(attackers, own);
const log = logOf(attackers, life);

test('a log in parts gives what it gives in one', () => {
  const parts = divider(500_000);
  for (const row of life.rows) parts.row(row);
  for (const ban of [...life.bans].sort((a, b) => a.from - b.from)) parts.ban(ban);
  const divided = parts.done({ from: log.from, to: log.to });
  assert.equal(divided.parts.length, 8);
  const habits = { findtime: own.findtime, gap: usualGap([log]) };
  assert.equal(usualGap(partsOf(divided)), habits.gap);
  for (const settings of combine(own, { maxretry: [1, 5], bantime: [3600, -1] })) {
    const [whole, inParts] = [[log], partsOf(divided)].map((one) =>
      figuresOfSetting(one, settings, habits, middle),
    );
    assert.deepEqual(inParts, whole);
  }
  assert.deepEqual(triesOf(partsOf(divided), 3), triesOf([log], 3));
});

test('a sweep by threads gives what one thread gives', async (t) => {
  const { folder } = await sampleFrames(t);
  const lists = [
    '--maxretry',
    '1..8',
    '--findtime',
    '10m,30m,90m,1d',
    '--bantime',
    '1m,1h,10h,100h,10d,forever',
  ];
  const byThreads = ['1', '2'].map((threads) => {
    const args = [cli, 'simulate', '--frames', folder, '--threads', threads, ...lists];
    const { stdout, stderr, status } = spawnSync(process.execPath, args, { encoding: 'utf8' });
    assert.deepEqual([status, stderr], [0, '']);
    return stdout;
  });
  assert.equal(byThreads[0]?.split('\n').length, 8 * 4 * 6 + 2);
  assert.equal(byThreads[1], byThreads[0]);
});

test('without a place for temporary files there is one clear line', async (t) => {
  const { folder } = await sampleFrames(t);
  const env = { ...process.env, TMPDIR: '/nonexistent' };
  const { stderr, status } = spawnSync(process.execPath, [cli, 'simulate', '--frames', folder], {
    encoding: 'utf8',
    env,
  });
  assert.equal(status, 1);
  assert.match(stderr, /^banbook: no temporary file can be made; set TMPDIR .*\n$/);
});

test('pauses, spans and returns are those of the attackers', () => {
  const { gaps, spans, returns, ended } = triesOf([log], own.maxretry);
  assert.ok(gaps.every((gap, at) => gap > 0 && gap >= (gaps[at - 1] ?? 0)));
  assert.ok(gaps.some((gap) => gap >= 1020 && gap <= 1080));
  assert.ok(spans.length > 0 && spans.length <= attackers.length);
  assert.ok(returns.length <= ended);
});
