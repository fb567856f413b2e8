import { createHash } from 'node:crypto';
import { closeSync, openSync, readSync } from 'node:fs';
import { createGunzip } from 'node:zlib';

/** A file's bytes as they come, with what is known once they have all come. */
export interface ByteReader {
  /** Decompressed content in pieces; throws where the file cannot be read any further, after all that could. */
  readonly content: AsyncGenerator<Buffer>;
  /** SHA-256 of the file on disk, hex; only after the content has been read to its end. */
  sha256(): string;
  /** Bytes of the file on disk that have been read so far. */
  position(): number;
}

const pieceSize = 256 * 1024;
const gzipMagic = Buffer.from([0x1f, 0x8b]);

/** Opens a plain or gzip file, told apart by content. @throws NodeJS.ErrnoException when it cannot be opened */
export function readBytes(path: string): ByteReader {
  const file = openSync(path, 'r');
  const hash = createHash('sha256');
  let position = 0;
  let digest: string | undefined;

  function* raw(): Generator<Buffer> {
    try {
      for (;;) {
        const piece = Buffer.allocUnsafe(pieceSize);
        const size = readSync(file, piece);
        if (size === 0) return;
        const filled = piece.subarray(0, size);
        hash.update(filled);
        position += size;
        yield filled;
      }
    } finally {
      closeSync(file);
    }
  }

  async function* content(): AsyncGenerator<Buffer> {
    const pieces = raw();
    const first = pieces.next();
    if (first.done) return;
    const all = chain(first.value, pieces);
    if (first.value.subarray(0, 2).equals(gzipMagic)) yield* gunzip(all);
    else for (const piece of all) yield piece;
  }

  return {
    content: content(),
    sha256: () => {
      digest ??= hash.digest('hex');
      return digest;
    },
    position: () => position,
  };
}

function* chain(first: Buffer, rest: Generator<Buffer>): Generator<Buffer> {
  yield first;
  yield* rest;
}

/**
 * Decompresses piece by piece rather than through a pipe: when a truncated or damaged file ends in an error,
 * a pipe throws away what it holds, and the last good lines with it.
 */
async function* gunzip(pieces: Iterable<Buffer>): AsyncGenerator<Buffer> {
  const stream = createGunzip();
  let ready: Buffer[] = [];
  let failure: Error | undefined;
  stream.on('data', (data: Buffer) => ready.push(data));
  stream.on('error', (error) => {
    failure = error;
  });
  const drained = (start: (done: () => void) => void) =>
    new Promise<void>((resolve) => {
      stream.once('error', () => resolve());
      start(resolve);
    });
  for (const piece of pieces) {
    await drained((done) => stream.write(piece, () => done()));
    for (const data of ready) yield data;
    ready = [];
    if (failure) break;
  }
  if (!failure) await drained((done) => stream.once('end', done).end());
  for (const data of ready) yield data;
  if (failure) throw new Error(`gzip data is damaged or cut off (${failure.message})`);
}
