import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { makeFrames } from '../../lib/make-frames.js';
import { defaultSite } from '../../lib/site.js';
import { writeMailbox } from '../bench/write-mailbox.js';
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

/** The frames that a file gives, and what is told of it: plain, and compressed, which is surveyed first. */
async function bothWays(t: TestContext, name: string, bytes: Buffer): Promise<void> {
  const folder = scratch(t, { 'out/x': '' });
  const made = async (file: string, content: Buffer): Promise<string[]> => {
    const input = join(folder, file);
    mkdirSync(input);
    writeFileSync(join(input, file), content);
    const out = join(folder, 'out', file);
    const options = { year: null, threads: 1, findings: false, onProgress: () => {} };
    const { sources } = await makeFrames([input], out, defaultSite, options);
    const told = sources.map(({ id, lines, first_time, last_time, year_rule }) =>
      [id, lines, first_time, last_time, year_rule].join(),
    );
    const frames = ['auth', 'bans', 'coverage', 'days', 'addresses'];
    return [...told, ...frames.map((frame) => readFileSync(join(out, `${frame}.csv`), 'utf8'))];
  };
  const once = await made(name, bytes);
  const twice = await made(`${name}.gz`, gzipSync(bytes, { level: 1 }));
  for (const [i, text] of once.entries()) assert.ok(text === twice[i], `${i}: ${text.slice(0, 300)}`);
}

for (const [what, lines] of Object.entries(hidden))
  test(`a log that is read once gives what two readings of it give: ${what}`, async (t) => {
    const log = longLog();
    log.splice(30_011, 0, ...lines);
    await bothWays(t, 'secure-20190301', Buffer.from(`${log.join('\n')}\nOct 10 00:00:0`));
  });

const from = 'From root@host1.example Sat Dec  1 00:03:11 2018\nSubject: lunch\n\n';

/** What may stand behind a mailbox of 10 MB. */
const behind: Readonly<Record<string, string>> = {
  nothing: '',
  'a mail that is cut off': `${from}at no`,
  'NULs of a crash': `${'\0'.repeat(300_000)}`,
  'a mail and NULs': `${from}\0\0\n\0\0${from}\n\0`,
  'a line longer than a piece': `${from}${'x'.repeat(5_000_000)}\n\n${from}`,
  'a mail longer than a piece': `${from}${`${'x'.repeat(999)}\n`.repeat(5000)}\n${from}`,
};

for (const [what, text] of Object.entries(behind))
  test(`a mailbox that is read once gives what two readings of it give: ${what}`, async (t) => {
    const path = join(scratch(t), 'mbox');
    await writeMailbox(path, 3800);
    await bothWays(t, 'mbox', Buffer.concat([readFileSync(path), Buffer.from(text)]));
  });
