import { closeSync, openSync, writeSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

/** A file that is written text by text, in order, with no more than one chunk of it in memory. */
export interface TextFile {
  write(text: string): void;
  close(): void;
}

const chunk = 256 * 1024;

/** Opens a file to write. @param path gzipped when it ends in .gz: a member (RFC 1952 §2.2) a chunk */
export function textFile(path: string): TextFile {
  const file = openSync(path, 'w');
  const zipped = path.endsWith('.gz');
  let pending = '';
  const flush = () => {
    const bytes = zipped ? gzip(pending) : Buffer.from(pending);
    pending = '';
    for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
  };
  return {
    write(text) {
      pending += text;
      if (pending.length >= chunk) flush();
    },
    close() {
      if (pending !== '') flush();
      closeSync(file);
    },
  };
}

/** zlib puts no time into the header, but the operating system: byte 9 becomes 255, unknown, on each of them. */
function gzip(text: string): Buffer {
  const bytes = gzipSync(text, { level: 9 });
  bytes[9] = 255;
  return bytes;
}
