import { gzipSync } from 'node:zlib';

/** Numbers from 0 to 1, the same for the same seed (mulberry32, public domain). */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

type Random = () => number;

const below = (random: Random, end: number): number => Math.floor(random() * Math.max(1, end));

/** Puts bytes in the place of others. */
const splice = (bytes: Buffer, at: number, gone: number, put: Buffer): Buffer =>
  Buffer.concat([bytes.subarray(0, at), put, bytes.subarray(at + gone)]);

/** What can happen to a file. Each makes a new one of it; `other` is another file of the collection. */
export const mutations: Readonly<Record<string, (bytes: Buffer, random: Random, other: Buffer) => Buffer>> = {
  truncated: (bytes, random) => bytes.subarray(0, below(random, bytes.length)),
  'without its beginning': (bytes, random) => bytes.subarray(below(random, bytes.length)),
  'bytes flipped': (bytes, random) => {
    const flipped = Buffer.from(bytes);
    for (let n = 0; n < 20; n++) flipped[below(random, bytes.length)] = below(random, 256);
    return flipped;
  },
  NULs: (bytes, random) =>
    splice(bytes, below(random, bytes.length), 3, Buffer.alloc(1 + below(random, 5000))),
  'no UTF-8': (bytes, random) =>
    splice(bytes, below(random, bytes.length), 0, Buffer.from([0xff, 0xc3, 0x28, 0xed, 0xa0, 0x80, 0xf8])),
  'a long line': (bytes, random) =>
    splice(bytes, below(random, bytes.length), 0, Buffer.alloc(70_000 + below(random, 200_000), 'x ')),
  CRLF: (bytes) => Buffer.from(bytes.toString('latin1').replaceAll('\n', '\r\n'), 'latin1'),
  'two writers': (bytes, random, other) => {
    const theirs = other.toString('latin1').split('\n');
    const lines = bytes.toString('latin1').split('\n');
    const mixed = lines.flatMap((line) => {
      const cut = below(random, 2 * line.length + 1);
      const theirLine = theirs[below(random, theirs.length)] ?? '';
      return cut < line.length && random() < 0.3
        ? [line.slice(0, cut) + theirLine, line.slice(cut)]
        : [line, theirLine];
    });
    return Buffer.from(mixed.join('\n'), 'latin1');
  },
  'blocks twice and moved': (bytes, random) => {
    const from = below(random, bytes.length);
    const block = bytes.subarray(from, from + below(random, 3000));
    return splice(bytes, below(random, bytes.length), below(random, 500), block);
  },
  'another behind it': (bytes, _random, other) => Buffer.concat([bytes, other]),
  compressed: (bytes) => gzipSync(bytes),
  'compressed and damaged': (bytes, random) => {
    const packed = gzipSync(bytes);
    packed[below(random, packed.length)] = below(random, 256);
    return packed.subarray(0, packed.length - below(random, 20));
  },
};
