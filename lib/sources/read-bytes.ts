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
  /** Times the bytes read from disk, looked at once more than 256 MB came out. */
  readonly ratio: number;
  readonly bytes: number;
}

/**
 * A flood of one message, 1,000 lines a second, comes to 290 times its size in gzip, 2,200 in bzip2, 5,300 in xz and
 * 7,900 in zstd: no log that a daemon wrote is beyond the ratio, and gzip and xz cannot reach it at all. Files of
 * nothing but one byte, which bzip2 packs 400,000 times, are beyond it.
 */
export const expansionLimits: ExpansionLimits = { ratio: 20_000, bytes: 1e12 };

/** Below this, no ratio is odd. */
const smallContent = 256 * 1024 * 1024;

const pieceSize = 256 * 1024;

/**
 * Opens a plain file or one of gzip, bzip2, xz or zstd, told apart by content. What is inside is not looked at
 * again: a compressed file in a compressed file is bytes.
 * @param hashed false where nobody asks for the hash, which takes as long as reading
 * @throws NodeJS.ErrnoException when it cannot be opened
 */
export function readBytes(
  path: string,
  limits: ExpansionLimits = expansionLimits,
  hashed = true,
): ByteReader {
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
    content: within(
      limits,
      contentOf(piecesOf(file, onPiece), path, () => {
        packed = true;
      }),
      () => position,
    ),
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
  onPacked: () => void,
): AsyncGenerator<Buffer> {
  const first = pieces.next();
  if (first.done) return;
  const all = chain(first.value, pieces);
  const format = formatOf(first.value);
  if (format === null) {
    yield* all;
    return;
  }
  onPacked();
  try {
    yield* decompress(format, all, path);
  } catch (error) {
    throw new Error(`${format} data is damaged, cut off or followed by something else (${messageOf(error)})`);
  }
}

/** True where a file is compressed, by its first bytes. */
export function isPacked(path: string): boolean {
  for (const head of piecesOf(openSync(path, 'r'))) return formatOf(head) !== null;
  return false;
}

type Format = 'gzip' | 'bzip2' | 'xz' | 'zstd';

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
  if (format === 'gzip') return gunzip(pieces, () => piecesOf(openSync(path, 'r')));
  if (format === 'bzip2') return bunzip2(pieces);
  return format === 'xz' ? unxz(pieces) : unzstd(pieces);
}

/** @throws once more has come out of a file than can be honest; a plain file gives what it has */
async function* within(
  { ratio, bytes }: ExpansionLimits,
  content: AsyncGenerator<Buffer>,
  read: () => number,
): AsyncGenerator<Buffer> {
  let given = 0;
  for await (const piece of content) {
    given += piece.length;
    const compressed = given > read();
    if (compressed && given > bytes)
      throw new Error(`expands to more than ${amount(bytes)}: not read further`);
    if (given > smallContent && given > ratio * read())
      throw new Error(`expands to more than ${ratio} times its size: not read further`);
    yield piece;
  }
}

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

function* chain(first: Buffer, rest: Generator<Buffer>): Generator<Buffer> {
  yield first;
  yield* rest;
}
