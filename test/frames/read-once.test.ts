import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { makeFrames } from '../../lib/make-frames.js';
import { defaultSite } from '../../lib/site.js';
import { scratch } from '../scratch.js';

/** A log of 10 MB, from which size on plain ones are read once, over four months. */
function longLog(): string[] {
  return Array.from({ length: 100_000 }, (_, n) => {
    const [, day, month, , time] = new Date(Date.UTC(2018, 9, 10) + n * 100_000).toUTCString().split(' ');
    const text = `Failed password for invalid user user${n % 50}name from 192.0.2.${n % 250} port ${n % 65_536} ssh2`;
    return `${month} ${day?.replace(/^0/, ' ')} ${time} host1.example sshd[${n >> 2}]: ${text}`;
  });
}

const line = (stamp: string): string => `${stamp} host1.example sshd[7]: Invalid user eve from 198.51.100.1`;

/** Lines that say something else of the years than those around them, where no sample is taken. */
const hidden: Readonly<Record<string, readonly string[]>> = {
  nothing: [],
  'a month that turns the year': [line('Apr  1 00:00:00')],
  'a late line': [line('Jun  1 00:00:00')],
  '29 February': [line('Feb 29 00:00:00')],
  'a stamp with its year': [line('2016-12-01T00:00:00Z')],
  'no such hour': [line('Feb 29 29:00:00')],
  'a line longer than a piece': ['x'.repeat(5 * 1024 * 1024)],
  NULs: ['\0'.repeat(5 * 1024 * 1024) + line('Dec  1 00:00:00')],
};

for (const [what, lines] of Object.entries(hidden))
  test(`a log that is read once gives what two readings of it give: ${what}`, async (t) => {
    const log = longLog();
    log.splice(30_011, 0, ...lines);
    const bytes = Buffer.from(`${log.join('\n')}\nOct 10 00:00:0`);
    const folder = scratch(t, { 'out/x': '' });
    const made = async (name: string, content: Buffer): Promise<string[]> => {
      mkdirSync(join(folder, name));
      // What is compressed is surveyed first.
      writeFileSync(join(folder, name, `secure-20190301${name === 'gz' ? '.gz' : ''}`), content);
      const out = join(folder, 'out', name);
      const options = { year: null, threads: 1, findings: false, onProgress: () => {} };
      const { sources } = await makeFrames([join(folder, name)], out, defaultSite, options);
      const told = sources.map(({ id, lines, first_time, last_time, year_rule }) =>
        [id, lines, first_time, last_time, year_rule].join(),
      );
      const frames = ['auth', 'coverage', 'days', 'addresses'];
      return [...told, ...frames.map((frame) => readFileSync(join(out, `${frame}.csv`), 'utf8'))];
    };
    const once = await made('plain', bytes);
    const twice = await made('gz', gzipSync(bytes, { level: 1 }));
    for (const [i, text] of once.entries()) assert.ok(text === twice[i], `${i}: ${text.slice(0, 300)}`);
  });
