import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { detectKind } from '../../lib/sources/detect-kind.js';
import { type ExpansionLimits, readBytes } from '../../lib/sources/read-bytes.js';
import { scratch } from '../scratch.js';

/** The content of the fixtures, which are of bzip2 -1 (four blocks), xz -6 and zstd -19 --check (three blocks). */
function fixtureText(): string {
  let seed = 1;
  const next = (): number => {
    seed = (seed * 1103515245 + 12345) % 2147483648;
    return seed;
  };
  const line = (_: unknown, i: number): string =>
    `Dec  1 00:00:00 host1 sshd[${i}]: Connection closed by 192.0.2.${next() % 256} port ${next() % 65536}\n`;
  return Array.from({ length: 5000 }, line).join('');
}

const text = fixtureText();
const fixture = (ending: string): Buffer =>
  readFileSync(new URL(`../fixtures/compressed/lines.${ending}`, import.meta.url));

const formats = [
  { name: 'gzip', packed: gzipSync(text), empty: gzipSync('') },
  { name: 'bzip2', packed: fixture('bz2'), empty: Buffer.from('425a683917724538509000000000', 'hex') },
  {
    name: 'xz',
    packed: fixture('xz'),
    empty: Buffer.from('fd377a585a000004e6d6b446000000001cdf44211fb6f37d010000000004595a', 'hex'),
  },
  { name: 'zstd', packed: fixture('zst'), empty: Buffer.from('28b52ffd240001000099e9d851', 'hex') },
];

/** What a file gives, and the error that ends it. */
async function contentOf(t: TestContext, bytes: Buffer, limits?: ExpansionLimits) {
  const path = join(scratch(t, { 'no-ending': bytes }), 'no-ending');
  const pieces: Buffer[] = [];
  let error: string | null = null;
  try {
    for await (const piece of readBytes(path, limits).content) pieces.push(piece);
  } catch (thrown) {
    error = (thrown as Error).message;
  }
  return { text: Buffer.concat(pieces).toString('latin1'), error };
}

for (const { name, packed, empty } of formats) {
  test(`${name}: one member, several, empty ones, padding`, async (t) => {
    assert.deepEqual(await contentOf(t, packed), { text, error: null });
    assert.deepEqual(await contentOf(t, empty), { text: '', error: null });
    assert.deepEqual(await contentOf(t, Buffer.concat([packed, empty, packed])), {
      text: text + text,
      error: null,
    });
    const padded = Buffer.concat([packed, Buffer.alloc(600_000)]);
    assert.deepEqual(await contentOf(t, padded), { text, error: null });
  });

  const damaged = new RegExp(`^${name} data is damaged, cut off or followed by something else \\(.+\\)$`);

  test(`${name}: a file that is cut off gives what comes before`, async (t) => {
    // Blocks of zstd -19 are 128 kB of text.
    const found = await contentOf(t, packed.subarray(0, Math.floor(packed.length * 0.8)));
    assert.match(String(found.error), damaged);
    assert.ok(found.text.length > text.length * 0.3, `${found.text.length} of ${text.length} bytes`);
    assert.ok(text.startsWith(found.text));
    for (const size of [11, 20, packed.length - 1]) {
      const { error, text: given } = await contentOf(t, packed.subarray(0, size));
      assert.match(String(error), damaged, `${size} bytes`);
      assert.ok(text.startsWith(given));
    }
  });

  test(`${name}: damage, and something else behind the end`, async (t) => {
    const bytes = Buffer.from(packed);
    bytes.fill(0xff, Math.floor(bytes.length * 0.8), Math.floor(bytes.length * 0.8) + 100);
    const found = await contentOf(t, bytes);
    assert.match(String(found.error), damaged);
    const half = text.slice(0, Math.floor(text.length * 0.3));
    assert.ok(found.text.startsWith(half), `${found.text.length} bytes`);
    const followed = await contentOf(t, Buffer.concat([packed, Buffer.from('garbage behind the end')]));
    assert.equal(followed.text, text);
    assert.match(String(followed.error), damaged);
  });

  test(`${name}: what expands beyond a limit is not read further`, async (t) => {
    const { error, text: given } = await contentOf(t, packed, { ratio: 10, bytes: 100_000 });
    assert.equal(
      error,
      'expands to more than 100000 bytes: not read further; if it is a log, decompress it first',
    );
    assert.ok(given.length <= 100_000);
  });

  test(`${name}: a file that is left half-read stops no other`, async (t) => {
    const path = join(scratch(t, { x: packed }), 'x');
    for await (const _ of readBytes(path).content) break;
    const [one, two] = [readBytes(path).content, readBytes(path).content];
    assert.ok((await one.next()).value && (await two.next()).value);
    await one.return(undefined);
    await two.return(undefined);
    assert.equal((await contentOf(t, packed)).error, null);
  });
}

test('a compressed file in a compressed file is bytes', async (t) => {
  const { packed } = formats[1] ?? assert.fail();
  const { text: given } = await contentOf(t, gzipSync(packed));
  assert.equal(given, packed.toString('latin1'));
  assert.ok('error' in detectKind(packed, '/x/mail.log.bz2'));
});

test('beyond the ratio only what is large is refused', async (t) => {
  const small = gzipSync(Buffer.alloc(1_000_000));
  assert.equal((await contentOf(t, small, { ratio: 2, bytes: 1e12 })).error, null);
});

test('a trap is told from a log by how far it expands, without its size in memory', async (t) => {
  const one = gzipSync(Buffer.alloc(1_000_000, '\n'));
  // Members one behind the other are one file.
  const trap = Buffer.concat(new Array<Buffer>(2000).fill(one));
  const path = join(scratch(t, { 'x.gz': trap }), 'x.gz');
  let given = 0;
  let largest = 0;
  const reading = async () => {
    for await (const piece of readBytes(path).content) {
      given += piece.length;
      largest = Math.max(largest, piece.length);
    }
  };
  await assert.rejects(
    reading,
    /^Error: expands \d+ times its size, where logs stay below 400 times: not read further; if it is a log, decompress it first$/,
  );
  assert.ok(given < 70_000_000 && largest <= 256 * 1024, `${given}, ${largest}`);
});

test('zstd: skippable frames, unknown dictionaries, windows and blocks', async (t) => {
  const packed = fixture('zst');
  const skippable = Buffer.from('502a4d180500000068656c6c6f', 'hex');
  const mixed = Buffer.concat([skippable, packed, skippable, skippable, packed, skippable]);
  assert.deepEqual(await contentOf(t, mixed), { text: text + text, error: null });
  for (const [hex, message] of [
    ['28b52ffd21070000', /dictionary/],
    ['28b52ffd00f8', /window of more than 128 MB/],
    ['28b52ffde0ffffffffffffff7f', /window of more than 128 MB/],
    ['28b52ffd0050ffffff', /block that is too large/],
    ['28b52ffd0050070000', /invalid block type/],
  ] as const)
    assert.match(String((await contentOf(t, Buffer.from(hex, 'hex'))).error), message, hex);
});

test('zstd: damage that is text again is known by the checksum', async (t) => {
  // One block that is not compressed (type 0): each of its bytes may be any.
  const frame = (letters: string): Buffer =>
    Buffer.concat([
      Buffer.from('28b52ffd2405290000', 'hex'),
      Buffer.from(letters),
      Buffer.from('a36d9f88', 'hex'),
    ]);
  assert.deepEqual(await contentOf(t, frame('hello')), { text: 'hello', error: null });
  assert.match(String((await contentOf(t, frame('hallo'))).error), /wrong checksum of a frame/);
});

test('xz: a checksum that cannot be read is said so', async (t) => {
  const sha256 = Buffer.from('fd377a585a00000ae1fb0ca1', 'hex');
  assert.match(String((await contentOf(t, sha256)).error), /decompress it with xz first/);
});

test('a text that begins like a compressed one is text', async (t) => {
  for (const line of ['BZh9 is no bzip2\n', 'BZh\n', '7zXZ\n', '(\n'])
    assert.deepEqual(await contentOf(t, Buffer.from(line)), { text: line, error: null });
});

const kinds: [string, string, string][] = [
  ['system.export', '__CURSOR=s=1\n__REALTIME_TIMESTAMP=1709247598123456\nMESSAGE=x\n\n', 'journal'],
  ['cut.export', '_PID=1\n__REALTIME_TIMESTAMP=1709247598123456\nMESSAGE=x\n\n', 'journal'],
  ['system.json', '{"__CURSOR":"s=1","__REALTIME_TIMESTAMP":"1709247598123456"}\n', 'log'],
  ['report.txt', '\n ################### Logwatch 7.4.3 (12/07/16) ####################\n', 'report'],
  [
    'report.b64',
    'CiAjIyMjIyMjIyMjIyMjIyMjIyMjIExvZ3dhdGNoIDcuNS41ICgwMS8yMi8yMSkgIyMjIyMjIyMj\nIyMjIyMjIyMjIyMgCg==\n',
    'report',
  ],
  ['other.b64', `${'QUJD'.repeat(19)}\nQUJD\n`, 'log'],
  ['report.html', '<!DOCTYPE html>\n<html><head>\n<title>Logwatch for host1</title>\n', 'report'],
  ['page.html', '<!DOCTYPE html>\n<html><head>\n<title>Something else</title>\n', 'log'],
  ['messages', 'Dec  1 00:00:00 host1 CRON[1]: (root) CMD (logwatch)\n', 'log'],
  ['x.eml.xz', 'Subject: 1\nX-Y: z\n\nbody\n', 'mail'],
];
for (const [name, content, kind] of kinds)
  test(`kind of ${name}: ${kind}`, () => {
    assert.deepEqual(detectKind(Buffer.from(content), `/x/${name}`), { kind });
  });

test('an mbox by its name has to be one, however it is compressed', () => {
  for (const name of ['mbox.gz', 'a.mbox.bz2', 'a.mbox.xz', 'a.mbox.zst', 'mbox'])
    assert.ok('error' in detectKind(Buffer.from('text\n'), `/x/${name}`), name);
});
