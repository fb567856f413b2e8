import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { cutPieces, mailBorder } from '../../lib/sources/cut-pieces.js';
import { detectKind } from '../../lib/sources/detect-kind.js';
import { readBytes } from '../../lib/sources/read-bytes.js';
import { longestLine, readLines } from '../../lib/sources/read-lines.js';
import { fromLine, largestMail, mailsOf, type RawMail } from '../../lib/sources/read-mails.js';
import { scratch } from '../scratch.js';

async function linesOf(pieces: AsyncIterable<Buffer>): Promise<string[]> {
  const all: string[] = [];
  for await (const { first, lines } of readLines(pieces)) {
    assert.equal(first, all.length + 1);
    all.push(...lines);
  }
  return all;
}

async function* inPieces(text: string | Buffer, size: number): AsyncGenerator<Buffer> {
  const bytes = Buffer.from(text);
  for (let i = 0; i < bytes.length; i += size) yield bytes.subarray(i, i + size);
}

test('lines: LF, CRLF, no line end at the end, NULs of a crash, characters across pieces', async () => {
  const text = 'eins\r\nzwölf\n\n\0\0\0vier\nfünf';
  for (const size of [1, 2, 3, 7, 100]) {
    assert.deepEqual(
      await linesOf(inPieces(text, size)),
      ['eins', 'zwölf', '', 'vier', 'fünf'],
      `pieces of ${size}`,
    );
  }
  assert.deepEqual(await linesOf(inPieces('one\n', 10)), ['one']);
  assert.deepEqual(await linesOf(inPieces('', 10)), []);
});

test('a byte order mark is not part of the first line', async () => {
  assert.deepEqual(await linesOf(inPieces('\ufeffone\ntwo', 4)), ['one', 'two']);
});

test('a line without end is cut and takes no memory', async () => {
  const [long, next] = await linesOf(inPieces(`${'x'.repeat(10_000_000)}\nnext`, 65_536));
  assert.equal(long?.length, longestLine);
  assert.equal(next, 'next');
});

test('gzip is told by content, members follow each other, the hash is that of the file', async (t) => {
  const packed = Buffer.concat([gzipSync('one\n'), gzipSync('two\n')]);
  const folder = scratch(t, { 'looks-plain.log': packed });
  const reader = readBytes(join(folder, 'looks-plain.log'));
  assert.deepEqual(await linesOf(reader.content), ['one', 'two']);
  assert.equal(reader.sha256(), createHash('sha256').update(packed).digest('hex'));
});

test('damage within a gzip file, and garbage behind it, cost nothing that comes before', async (t) => {
  const text = Array.from(
    { length: 20_000 },
    (_, i) => `line ${i} ${createHash('md5').update(`${i}`).digest('hex')}`,
  ).join('\n');
  const whole = gzipSync(text);
  const damaged = Buffer.from(whole);
  damaged.fill(0xff, whole.length - 2000, whole.length - 1900);
  const folder = scratch(t, {
    'damaged.gz': damaged,
    'tail.gz': Buffer.concat([whole, Buffer.from('garbage')]),
  });
  for (const [name, least] of [
    ['damaged.gz', 19_500],
    ['tail.gz', 20_000],
  ] as const) {
    const got: string[] = [];
    await assert.rejects(async () => {
      for await (const { lines } of readLines(readBytes(join(folder, name)).content)) got.push(...lines);
    }, /gzip data is damaged, cut off or followed by something else/);
    // The last line has no end; it is the one that is given up with the error.
    // Before the damage is found, zlib may have made a few lines of nonsense from it.
    assert.ok(got.length >= least - 1, `${name}: ${got.length} lines`);
    assert.deepEqual(got.slice(0, least - 1), text.split('\n').slice(0, least - 1));
  }
});

test('zeros behind the last gzip member are padding', async (t) => {
  const packed = Buffer.concat([gzipSync('one\ntwo\n'), Buffer.alloc(600_000)]);
  const folder = scratch(t, { 'padded.gz': packed });
  const reader = readBytes(join(folder, 'padded.gz'));
  assert.deepEqual(await linesOf(reader.content), ['one', 'two']);
  assert.equal(reader.sha256(), createHash('sha256').update(packed).digest('hex'));
});

test('a gzip file that is cut off gives what it has, then the error', async (t) => {
  const text = Array.from(
    { length: 5000 },
    (_, i) => `line ${i} ${createHash('md5').update(`${i}`).digest('hex')}`,
  ).join('\n');
  const whole = gzipSync(text);
  const folder = scratch(t, { 'cut.gz': whole.subarray(0, Math.floor(whole.length / 2)) });
  const got: string[] = [];
  await assert.rejects(async () => {
    for await (const { lines } of readLines(readBytes(join(folder, 'cut.gz')).content)) got.push(...lines);
  }, /gzip data is damaged, cut off/);
  assert.ok(got.length > 2000, `only ${got.length} lines`);
  assert.equal(got[7], text.split('\n')[7]);
});

/** Mails as an import reads them: from pieces that end where a mail does. */
async function* mailsIn(text: string, size: number): AsyncGenerator<RawMail> {
  for await (const { bytes, first } of cutPieces(inPieces(text, size), mailBorder, { size }))
    yield* mailsOf(bytes, first);
}

test('mbox: From_ lines need a valid date, >From loses one >', async () => {
  const text =
    'From a@x Sat Dec  1 00:03:11 2018\nSubject: 1\n\n>From me\n>>From you\nFrom here on no mail\n\nFrom b@x Sat, 1 Dec 2018 00:00:00 +0900\nFrom b@x Sat Dec  1 00:03:12 2018\nSubject: 2\n\n';
  const mails = [];
  for await (const mail of mailsIn(text, 5)) mails.push(mail);
  assert.deepEqual(
    mails.map(({ line, lines }) => [line, lines]),
    [
      [1, 8],
      [9, 3],
    ],
  );
  assert.match(String(mails[0]?.bytes), /\nFrom me\n>From you\nFrom here on/);
});

test('From_ lines as postfix, mailx, Thunderbird and Gmail write them', () => {
  for (const line of [
    'From root Sat Dec  1 00:03:11 2018',
    'From fail2ban@host1.example  Sat Dec  1 00:03:11 2018',
    'From - Sat Dec 01 00:03:11 2018',
    'From 123@xxx Sat Dec 01 00:03:11 +0000 2018',
    'From x Sat Dec  1 00:03:11 JST 2018',
    'From x Sat Dec  1 00:03:11 2018 +0900',
  ])
    assert.match(line, fromLine);
  for (const line of ['From here to Sat', 'From 203.0.113.7 we have had reports', 'From Sat'])
    assert.doesNotMatch(line, fromLine);
});

test('a mail beyond the limit is counted and not kept', async () => {
  const text = `From a Sat Dec  1 00:03:11 2018\nSubject: 1\n\n${`${'y'.repeat(999)}\n`.repeat(largestMail / 1000 + 10)}`;
  for await (const mail of mailsIn(text, 1 << 20)) assert.equal(mail.bytes, null);
});

const kinds: [string, string | Buffer, string][] = [
  ['secure', 'Dec  1 00:00:00 host1 sshd[1]: x\n', 'log'],
  ['mail', 'From a@x Sat Dec  1 00:03:11 2018\nSubject: 1\n', 'mbox'],
  ['x.eml', 'Subject: 1\nX-Y: z\n\nbody\n', 'mail'],
  ['saved', 'Return-Path: <a>\nReceived: by x\n\tid 1\nSubject: 1\n\nbody\n', 'mbox'],
  [
    'headless',
    'Jun  1 00:00:00 host1 sshd[1]: quoted\n\nFrom a@x Sat Dec  1 00:03:11 2018\nSubject: 1\n',
    'mbox',
  ],
  ['headless.mbox', 'of a mail\n\nFrom a@x Sat Dec  1 00:03:11 2018\nSubject: 1\n', 'mbox'],
  ['blank', '\nFrom a@x Sat Dec  1 00:03:11 2018\nSubject: 1\n', 'mbox'],
  ['crash.log', `${'\0'.repeat(3000)}Dec  1 00:00:00 host1 sshd[1]: x\n`, 'log'],
  ['empty', '', 'log'],
  ['x.bin', Buffer.from(Array.from({ length: 4096 }, (_, i) => (i * 37) % 256)), 'binary data'],
  ['zeros', Buffer.alloc(4096), 'binary data'],
  ['utf16.log', Buffer.from('\ufeffDec  1 00:00:00 host1 sshd[1]: x\n', 'utf16le'), 'UTF-16 text'],
  ['bom.log', '\ufeffDec  1 00:00:00 host1 sshd[1]: x\n', 'log'],
  [
    'inbox.mbox',
    'Dec  1 00:00:00 host1 sshd[1]: \u001b[2Jx\n',
    'not an mbox: expected a first line "From sender date", got "Dec  1 00:00:00 host1 sshd[1]: #033[2Jx"',
  ],
];
for (const [name, content, kind] of kinds)
  test(`kind of ${name}: ${kind}`, () => {
    const found = detectKind(Buffer.from(content), `/x/${name}`);
    if ('kind' in found) assert.equal(found.kind, kind);
    else assert.ok(found.error.startsWith(kind), found.error);
  });
