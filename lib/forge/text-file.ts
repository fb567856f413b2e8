import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { PassThrough, Transform, type TransformCallback } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';

/** A file that is written text by text. */
export interface TextFile {
  /** Await the answer: it waits while the disk is behind, so that nothing piles up in memory. */
  write(text: string): Promise<void>;
  close(): Promise<void>;
}

const chunk = 64 * 1024;

/** Opens a file to write, gzipped when its name ends in .gz. */
export function textFile(path: string): TextFile {
  const input = new PassThrough();
  const output = createWriteStream(path);
  const done = path.endsWith('.gz')
    ? pipeline(input, createGzip({ level: 9 }), plainHeader(), output)
    : pipeline(input, output);
  // A failure is reported by the write that meets it or by close, not as an unhandled rejection.
  done.catch(() => {});
  let pending = '';
  const flush = async () => {
    const text = pending;
    pending = '';
    if (!input.write(text)) await Promise.race([once(input, 'drain'), done]);
  };
  return {
    async write(text) {
      pending += text;
      if (pending.length >= chunk) await flush();
    },
    async close() {
      input.end(pending);
      await done;
    },
  };
}

/** zlib puts no time into the header, but the operating system: byte 9 becomes 255, unknown, on each of them. */
function plainHeader(): Transform {
  let seen = 0;
  return new Transform({
    transform(data: Buffer, _encoding, done: TransformCallback) {
      if (seen <= 9 && 9 < seen + data.length) data[9 - seen] = 255;
      seen += data.length;
      done(null, data);
    },
  });
}
