import { createGunzip } from 'node:zlib';

/** True for the first bytes of a gzip file. */
export const isGzip = (head: Buffer): boolean => head[0] === 0x1f && head[1] === 0x8b;

/** A gunzip that takes its input piece by piece and gives what each piece gave. */
function inflater(): { feed(piece: Buffer | null): Promise<Buffer[]>; failure(): Error | undefined } {
  // With zlib's own 16 kB it spends most of its time on handing them over.
  const stream = createGunzip({ chunkSize: 256 * 1024 });
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
 * @param again reads the file once more from its start, in the same pieces
 */
export async function* gunzip(
  pieces: Iterable<Buffer>,
  again: () => Iterable<Buffer>,
): AsyncGenerator<Buffer> {
  const whole = inflater();
  let fed = 0;
  for (const piece of pieces) {
    const given = await whole.feed(piece);
    if (whole.failure()) break;
    for (const data of given) yield data;
    fed++;
  }
  if (whole.failure()) yield* damagedPiece(again, fed);
  else for (const data of await whole.feed(null)) yield data;
  const failure = whole.failure();
  if (failure) throw failure;
}

/**
 * What can be had of the piece of a file in which zlib fails: fed again in slices, and the slice that fails then
 * byte by byte, each time from the start of the file, since an inflater that has failed is of no more use.
 * @param index how many pieces are before it
 */
async function* damagedPiece(pieces: () => Iterable<Buffer>, index: number): AsyncGenerator<Buffer> {
  let done = 0;
  for (const size of [512, 1]) {
    const again = inflater();
    let i = 0;
    for (const piece of pieces()) {
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
