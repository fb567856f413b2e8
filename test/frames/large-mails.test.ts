import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { audit } from '../../lib/audit/audit.js';
import { readFrame } from '../../lib/frames/csv.js';
import { makeFrames } from '../../lib/make-frames.js';
import { defaultSite } from '../../lib/site.js';
import { largestMail } from '../../lib/sources/read-mails.js';
import { scratch } from '../scratch.js';

// Mails of more than a piece, and such as are too large to be read.

const from = 'From a@host1.example Sat Dec  1 00:03:11 2018\n';
const heads = `${from}Received: by host1.example; Sat, 01 Dec 2018 00:03:12 +0900\n`;
const address = (i: number): string => `10.${i >> 16}.${(i >> 8) & 255}.${i & 255}`;
const whois = 'remarks:        what a registry says of all of its networks\n'.repeat(35);

const ban = (i: number): string =>
  `Date: Sat, 01 Dec 2018 00:03:11 +0900\nSubject: [Fail2Ban] sshd: banned ${address(i)} from host1.example\nMessage-ID: <${i}@host1.example>\n\nHi,\n\nThe IP ${address(i)} has just been banned by Fail2Ban after\n5 attempts against sshd.\n\n${whois}\nRegards,\n\nFail2Ban\n`;

const digest = (bans: number): string =>
  `${heads}Subject: bans of a day\nContent-Type: multipart/digest; boundary="b"\n\n${Array.from({ length: bans }, (_, i) => `--b\n\n${ban(i)}\n`).join('')}--b--\n\n`;

function logwatch(addresses: number): string {
  const report = readFileSync(new URL('../fixtures/logwatch/7.7-detail5.txt', import.meta.url), 'utf8');
  const line = (_: unknown, i: number): string =>
    `    ${address(i)} (host${i}.example): ${1 + (i % 9)} Times\n`;
  const failures = / Failed logins from:\n/;
  assert.match(report, failures);
  const many = Array.from({ length: addresses }, line).join('');
  return `${heads}Subject: Logwatch for host1 (Linux)\n\n${report.replace(failures, (title) => title + many)}\n`;
}

const readable = `${from}${ban(0)}\n`;

async function framesOf(t: TestContext, files: Record<string, string>) {
  const out = join(scratch(t), 'frames');
  const options = { year: null, threads: 1, onProgress: () => {} };
  const report = await makeFrames([scratch(t, files)], out, { ...defaultSite, zone: 'Asia/Tokyo' }, options);
  const [source] = await readFrame(out, 'sources');
  const coverage = (await readFrame(out, 'coverage')).map((row) => [row.class, row.template, row.records]);
  return { out, report, source, coverage };
}

test('a digest of 500 bans and a report with 20,000 addresses are read', async (t) => {
  const { out, report, source } = await framesOf(t, { mbox: digest(500) + logwatch(20_000) });
  assert.equal(report.rows.bans, 500);
  assert.ok(report.rows.reports > 20_000, `${report.rows.reports}`);
  assert.equal(source?.note, null);
  assert.deepEqual((await audit(out, { cells: 100_000, seed: 1 })).mismatches, []);
});

test('a mail that is too large is named with its size and the limit', async (t) => {
  const line = `${'y'.repeat(999)}\n`;
  for (const [size, mb] of [
    [largestMail + 1_000_000, 33],
    [2 * largestMail, 64],
  ] as const) {
    const large = `${heads}${ban(1).replace('Regards,', line.repeat(size / 1000))}\n`;
    const { out, source, coverage, report } = await framesOf(t, { mbox: readable + large + readable });
    assert.equal(report.rows.bans, 1);
    const template = `mail of ${mb} MB: no more than 32 MB are read`;
    assert.deepEqual(coverage.slice(0, 1), [['malformed', template, 1]]);
    assert.equal(
      source?.note,
      `mails that were not read: 1 × ${template} (line ${readable.split('\n').length})`,
    );
    assert.ok(source?.sha256);
    assert.ok(report.notes.some((note) => note.includes(template)));
    const lines = (await readFrame(out, 'coverage')).reduce((sum, row) => sum + row.lines, 0);
    assert.equal(lines, source?.lines);
    assert.deepEqual((await audit(out, { cells: 100_000, seed: 1 })).mismatches, []);
    const alone = await framesOf(t, { 'x.eml': large.slice(from.length) });
    assert.deepEqual(alone.coverage, [['malformed', template, 1]]);
    assert.equal((await readFrame(alone.out, 'coverage'))[0]?.lines, alone.source?.lines);
  }
});

test('… and so is one with a line that is too long', async (t) => {
  const long = `${heads}${ban(1).replace('Regards,', 'x'.repeat(66_000))}\n`;
  const { out, source } = await framesOf(t, { mbox: readable + long });
  assert.match(source?.note ?? '', /1 × mail with a line of more than 64 kB \(line 51\)/);
  assert.deepEqual((await audit(out, { cells: 100_000, seed: 1 })).mismatches, []);
});
