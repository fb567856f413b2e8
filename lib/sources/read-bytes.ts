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
  const hash = createHash('sha256');
  let position = 0;
  let digest: string | undefined;
  const onPiece = (piece: Buffer): void => {
    hash.update(piece);
    position += piece.length;
  };

  async function* content(file: number): AsyncGenerator<Buffer> {
    const pieces = piecesOf(file, onPiece);
    const first = pieces.next();
    if (first.done) return;
    const all = chain(first.value, pieces);
    if (first.value.subarray(0, 2).equals(gzipMagic)) yield* gunzip(all, path);
    else for (const piece of all) yield piece;
  }

  return {
    // Opened at once, so that a file that cannot be opened is known before its content is asked for.
    content: content(openSync(path, 'r')),
    sha256: () => {
      digest ??= hash.digest('hex');
      return digest;
    },
    position: () => position,
  };
}

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

/** A gunzip that takes its input piece by piece and gives what each piece gave. */
function inflater(): { feed(piece: Buffer | null): Promise<Buffer[]>; failure(): Error | undefined } {
  const stream = createGunzip();
  let ready: Buffer[] = [];
  let failure: Error | undefined;
  let settle = (): void => {};
  stream.on('data', (data: Buffer) => ready.push(data));
  stream.on('error', (error) => {
    failure = error;
    settle();
  });
  // Padding behind the last member ends the stream before its input has ended.
  stream.on('close', () => settle());
  const feed = async (piece: Buffer | null): Promise<Buffer[]> => {
    await new Promise<void>((resolve) => {
      settle = resolve;
      if (stream.closed || stream.readableEnded) resolve();
      else if (piece === null) stream.end();
      else stream.write(piece, () => resolve());
    });
    const given = ready;
    ready = [];
    return given;
  };
  return { feed, failure: () => failure };
}

/**
 * Decompresses piece by piece rather than through a pipe: when a file ends too early or is damaged, a pipe throws
 * away what it holds, and the last good lines with it. zlib does not give all that comes before the damage in
 * its piece, so what it gave of that piece is left and the piece is fed again.
 */
async function* gunzip(pieces: Iterable<Buffer>, path: string): AsyncGenerator<Buffer> {
  const whole = inflater();
  let fed = 0;
  for (const piece of pieces) {
    const given = await whole.feed(piece);
    if (whole.failure()) break;
    for (const data of given) yield data;
    fed++;
  }
  if (whole.failure()) yield* damagedPiece(path, fed);
  else for (const data of await whole.feed(null)) yield data;
  const failure = whole.failure();
  if (failure)
    throw new Error(`gzip data is damaged, cut off or followed by something else (${failure.message})`);
}

/**
 * What can be had of the piece of a file in which zlib fails: fed again in slices, and the slice that fails then
 * byte by byte, each time from the start of the file, since an inflater that has failed is of no more use.
 * @param index how many pieces are before it
 */
async function* damagedPiece(path: string, index: number): AsyncGenerator<Buffer> {
  let done = 0;
  for (const size of [512, 1]) {
    const again = inflater();
    let i = 0;
    for (const piece of piecesOf(openSync(path, 'r'))) {
      if (i++ < index) {
        await again.feed(piece);
        continue;
      }
      if (done > 0) await again.feed(piece.subarray(0, done));
      for (let at = done; at < piece.length; at += size) {
        const given = await again.feed(piece.subarray(at, at + size));
        if (again.failure()) break;
        for (const data of given) yield data;
        done = at + size;
      }
      break;
    }
  }
}
