import { createHash } from 'node:crypto';
import { closeSync, openSync, readSync } from 'node:fs';
import { messageOf } from '../errors.js';
import { bunzip2, isBzip2 } from './decompress-bzip2.js';
import { gunzip, isGzip } from './decompress-gzip.js';
import { isXz, unxz } from './decompress-xz.js';
import { isZstd, unzstd } from './decompress-zstd.js';

/** A file's bytes as they come, with what is known once they have all come. */
export interface ByteReader {
  /** Decompressed content in pieces; throws where the file cannot be read any further, after all that could. */
  readonly content: AsyncGenerator<Buffer>;
  /** SHA-256 of the file on disk, hex; only after the content has been read to its end. */
  sha256(): string;
  /** Bytes of the file on disk that have been read so far. */
  position(): number;
  /** True once it is seen that the file is compressed. */
  packed(): boolean;
}

/** How far a compressed file may expand before it is taken for a trap. */
export interface ExpansionLimits {
  /** Times the bytes read from disk, looked at once more than 64 MB came out. */
  readonly ratio: number;
  readonly bytes: number;
}

type Format = 'gzip' | 'bzip2' | 'xz' | 'zstd';

/**
 * Tries of one attacker come to 12 times their size in gzip, 16 in bzip2, 23 in xz and zstd; one message of one process,
 * 100 times a second, to 140, 260, 940 and 660. Files of one byte reach 1,030, 400,000, 7,000 and 30,000. A flood of the
 * same line, 1,000 a second, may be beyond the limit where it is not gzip: it has to be decompressed by hand.
 */
const ratios: Readonly<Record<Format, number>> = { gzip: 400, bzip2: 1000, xz: 2000, zstd: 2000 };
const mostBytes = 1e12;

/** Below this, no ratio is odd. */
const smallContent = 64 * 1024 * 1024;

/**
 * Compressed content is taken in small slices: what one gives is held until somebody takes it, and a slice of one byte
 * repeated may give a thousand times its size and more.
 */
const sliceSize = 16 * 1024;

const pieceSize = 256 * 1024;

/**
 * Opens a plain file or one of gzip, bzip2, xz or zstd, told apart by content. What is inside is not looked at
 * again: a compressed file in a compressed file is bytes.
 * @param hashed false where nobody asks for the hash, which takes as long as reading
 * @throws NodeJS.ErrnoException when it cannot be opened
 */
export function readBytes(path: string, limits: ExpansionLimits | null = null, hashed = true): ByteReader {
  const hash = createHash('sha256');
  let position = 0;
  let digest: string | undefined;
  let packed = false;
  const onPiece = (piece: Buffer): void => {
    if (hashed) hash.update(piece);
    position += piece.length;
  };
  // Opened at once, so that a file that cannot be opened is known before its content is asked for.
  const file = openSync(path, 'r');
  return {
    content: contentOf(piecesOf(file, onPiece), path, (format, content) => {
      packed = true;
      return within(limits ?? { ratio: ratios[format], bytes: mostBytes }, content);
    }),
    sha256: () => {
      digest ??= hash.digest('hex');
      return digest;
    },
    position: () => position,
    packed: () => packed,
  };
}

async function* contentOf(
  pieces: Generator<Buffer>,
  path: string,
  limited: (format: Format, content: Expanding) => AsyncGenerator<Buffer>,
): AsyncGenerator<Buffer> {
  const first = pieces.next();
  if (first.done) return;
  const all = chain(first.value, pieces);
  const format = formatOf(first.value);
  if (format === null) yield* all;
  else {
    let taken = 0;
    const slices = slicesOf(all, (slice) => {
      taken += slice.length;
    });
    yield* limited(format, { content: decompressed(format, slices, path), taken: () => taken });
  }
}

async function* decompressed(format: Format, pieces: Iterable<Buffer>, path: string): AsyncGenerator<Buffer> {
  try {
    yield* decompress(format, pieces, path);
  } catch (error) {
    throw new Error(`${format} data is damaged, cut off or followed by something else (${messageOf(error)})`);
  }
}

/** True where a file is compressed, by its first bytes. */
export function isPacked(path: string): boolean {
  for (const head of piecesOf(openSync(path, 'r'))) return formatOf(head) !== null;
  return false;
}

function formatOf(head: Buffer): Format | null {
  if (isGzip(head)) return 'gzip';
  if (isBzip2(head)) return 'bzip2';
  if (isXz(head)) return 'xz';
  return isZstd(head) ? 'zstd' : null;
}

function decompress(
  format: Format,
  pieces: Iterable<Buffer>,
  path: string,
): Iterable<Buffer> | AsyncIterable<Buffer> {
  if (format === 'gzip') return gunzip(pieces, () => slicesOf(piecesOf(openSync(path, 'r'))));
  if (format === 'bzip2') return bunzip2(pieces);
  return format === 'xz' ? unxz(pieces) : unzstd(pieces);
}

interface Expanding {
  readonly content: AsyncGenerator<Buffer>;
  /** Bytes of the compressed content that it was made of so far. */
  readonly taken: () => number;
}

/** @throws once more has come out of a file than can be honest */
async function* within(
  { ratio, bytes }: ExpansionLimits,
  { content, taken }: Expanding,
): AsyncGenerator<Buffer> {
  let given = 0;
  for await (const piece of content) {
    given += piece.length;
    if (given > bytes) throw new Error(tooMuch(`to more than ${amount(bytes)}`));
    if (given > smallContent && given > ratio * taken())
      throw new Error(
        tooMuch(`${Math.floor(given / taken())} times its size, where logs stay below ${ratio} times`),
      );
    yield piece;
  }
}

const tooMuch = (what: string): string =>
  `expands ${what}: not read further; if it is a log, decompress it first`;

const amount = (bytes: number): string =>
  bytes >= 1e9 ? `${bytes / 1e9} GB` : bytes >= 1e6 ? `${bytes / 1e6} MB` : `${bytes} bytes`;

function* piecesOf(file: number, onPiece: (piece: Buffer) => void = () => {}): Generator<Buffer> {
  try {
    for (;;) {
      const piece = Buffer.allocUnsafe(pieceSize);
      const filled = piece.subarray(0, readSync(file, piece));
      if (filled.length === 0) return;
      onPiece(filled);
      yield filled;
    }
  } finally {
    closeSync(file);
  }
}

function* slicesOf(pieces: Iterable<Buffer>, onSlice: (slice: Buffer) => void = () => {}): Generator<Buffer> {
  for (const piece of pieces)
    for (let at = 0; at < piece.length; at += sliceSize) {
      const slice = piece.subarray(at, at + sliceSize);
      onSlice(slice);
      yield slice;
    }
}

function* chain(first: Buffer, rest: Generator<Buffer>): Generator<Buffer> {
  yield first;
  yield* rest;
}
