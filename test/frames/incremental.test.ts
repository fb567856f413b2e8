import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import {
  appendFileSync,
  cpSync,
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { recoverFolder, replaceFolder } from '../../lib/frames/replace-folder.js';
import { makeFrames } from '../../lib/make-frames.js';
import { defaultSite } from '../../lib/site.js';
import { scratch } from '../scratch.js';

const quiet = { year: null, threads: 1, onProgress: () => {} };
const second = (n: number) => new Date(Date.UTC(2018, 10, 30, 23, 0, n)).toISOString().slice(11, 19);
const lines = (from: number, to: number, pid = 7) =>
  Array.from({ length: to - from }, (_, i) => {
    const n = from + i;
    const text =
      n % 3 === 2
        ? 'Disconnecting: Too many authentication failures [preauth]'
        : `Failed password for u${n % 7} from 192.0.2.${n % 200} port ${n} ssh2`;
    return `Nov 30 ${second(n)} host1 sshd[${pid + Math.floor(n / 3)}]: ${text}\n`;
  }).join('');
const mail = (n: number) =>
  `From root@host1 Sat Dec  1 00:03:${10 + n} 2018\nSubject: [Fail2Ban] sshd: banned 192.0.2.${n} from host1\nDate: Sat, 01 Dec 2018 00:03:${10 + n} +0900\n\nHi,\n\nThe IP 192.0.2.${n} has just been banned by Fail2Ban after\n5 attempts against sshd.\n\n`;

const names = (folder: string) => readdirSync(folder).filter((name) => !name.startsWith('.'));
const content = (folder: string) =>
  Object.fromEntries(names(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')]));

/** Growth and rotation of a log and a mailbox, step by step; after each step the frames are those of one import. */
const steps: [string, (input: string) => void][] = [
  [
    'both grow',
    (input) => {
      appendFileSync(join(input, 'secure'), lines(1301, 1800));
      appendFileSync(join(input, 'mbox'), mail(3) + mail(4));
    },
  ],
  ['nothing has changed', () => {}],
  [
    'the log is rotated',
    (input) => {
      appendFileSync(join(input, 'secure'), lines(1800, 1900));
      renameSync(join(input, 'secure'), join(input, 'secure-20181201'));
      writeFileSync(join(input, 'secure'), lines(1900, 2000, 900));
    },
  ],
  [
    'and compressed',
    (input) => {
      const text = readFileSync(join(input, 'secure-20181201'));
      writeFileSync(join(input, 'secure-20181201.gz'), gzipSync(text));
      renameSync(join(input, 'secure-20181201'), join(input, '..', 'gone'));
    },
  ],
  [
    'it comes back under another name, and its beginning too',
    (input) => {
      writeFileSync(join(input, 'copy-of-secure'), lines(0, 1800));
      cpSync(join(input, 'secure-20181201.gz'), join(input, 'again.gz'));
    },
  ],
  ['a log is replaced by another', (input) => writeFileSync(join(input, 'secure'), lines(3000, 3100, 5))],
  [
    'the last line is unfinished',
    (input) => appendFileSync(join(input, 'secure'), 'Nov 30 23:59:59 host1 sshd[9]: Failed pass'),
  ],
  [
    'and then finished',
    (input) => appendFileSync(join(input, 'secure'), 'word for root from 192.0.2.9 port 5 ssh2\n'),
  ],
];

test('an import after growth and rotation gives what one import of everything gives', async (t) => {
  const folder = scratch(t, { 'in/secure': lines(0, 1301), 'in/mbox': mail(1) + mail(2), 'out/x': '' });
  const input = join(folder, 'in');
  const settle = () => {
    for (const name of readdirSync(input)) utimesSync(join(input, name), 1543600000, 1543600000);
  };
  settle();
  await makeFrames([input], join(folder, 'out', 'frames'), defaultSite, quiet);
  for (const [i, [name, step]] of steps.entries()) {
    step(input);
    settle();
    const grown = join(folder, 'out', 'frames');
    const fresh = join(folder, 'out', `fresh${i}`);
    await makeFrames([input], grown, defaultSite, quiet);
    await makeFrames([input], fresh, defaultSite, quiet);
    assert.deepEqual(content(grown), content(fresh), name);
  }
});

test('what has been read is not read again', async (t) => {
  const folder = scratch(t, { 'in/secure': lines(0, 1301) });
  const out = join(folder, 'frames');
  await makeFrames([join(folder, 'in')], out, defaultSite, quiet);
  // Rows that only this import has: they are still there when the next one has taken the part over.
  const kept = readFileSync(join(out, '.import'), 'utf8');
  writeFileSync(join(out, '.import'), kept.replaceAll('"records":433', '"records":434'));
  appendFileSync(join(folder, 'in', 'secure'), lines(1301, 1310));
  await makeFrames([join(folder, 'in')], out, defaultSite, quiet);
  assert.match(readFileSync(join(out, 'coverage.csv'), 'utf8'), /too_many_failures,437,436,/);
});

test('frames that were edited, and those of other settings, are made again', async (t) => {
  const folder = scratch(t, { 'in/secure': lines(0, 30) });
  const out = join(folder, 'frames');
  await makeFrames([join(folder, 'in')], out, defaultSite, quiet);
  const right = content(out);
  writeFileSync(join(out, 'auth.csv'), (right['auth.csv'] ?? '').replaceAll('192.0.2.1,', '198.51.100.1,'));
  await makeFrames([join(folder, 'in')], out, defaultSite, quiet);
  assert.deepEqual(content(out), right);
  await makeFrames([join(folder, 'in')], out, { ...defaultSite, zone: 'Asia/Tokyo' }, quiet);
  assert.match(content(out)['auth.csv'] ?? '', /-11-30T14:00:00Z,\d{4}-11-30T23:00:00,/);
});

test('a run killed at any moment leaves the old frames or the new ones', async (t) => {
  const folder = scratch(t, { 'frames/datapackage.json': '{"banbook": {}}', 'frames/auth.csv': 'old' });
  const place = join(folder, 'frames');
  const script = new URL('./kill-at.ts', import.meta.url).pathname;
  for (const moment of ['begin', 'filled', 'away', 'done']) {
    const child = fork(script, [place, moment], { stdio: 'ignore' });
    await new Promise((resolve) => child.on('exit', resolve));
    assert.equal(child.signalCode, 'SIGKILL', moment);
    recoverFolder(place);
    const found = readFileSync(join(place, 'auth.csv'), 'utf8');
    assert.equal(found, moment === 'done' ? 'new' : 'old', moment);
    assert.deepEqual(readdirSync(folder), ['frames'], `${moment}: nothing is left beside the frames`);
  }
  await replaceFolder(place, async (fresh) => writeFileSync(join(fresh, 'auth.csv'), 'newest'));
  assert.ok(existsSync(join(place, 'auth.csv')));
});
