import { closeSync, openSync, readSync } from 'node:fs';
import { slack } from './byte-words.js';
import type { Piece } from './cut-pieces.js';
import { countLines } from './line-ends.js';
import { withoutNuls } from './read-lines.js';

/** How a plain file is cut into pieces without a copy of each. */
export interface PlainPieces {
  /** How many lines before a piece come with it. */
  readonly lookback: number;
  /** End of the last record that is whole in a block of lines; 0 when there is none. */
  readonly ends: (lines: Buffer) => number;
  /** Memory for a piece, of at least so many bytes; it is given away with the piece. */
  readonly room: (size: number) => Buffer;
  /** Told the bytes of the file as they come. */
  readonly onRead: (bytes: Buffer) => void;
}

export const plainPieceSize = 4 * 1024 * 1024;

/**
 * Cuts a file that is not compressed into pieces, as cutPieces does. Each is read to where it stays: the lines before
 * it are copied, and no byte else: that took a tenth of an import. Behind it there is room for who reads words.
 * @throws Error where a record is longer than a piece; cutPieces takes such a file
 */
export function* plainPieces(
  path: string,
  { lookback, ends, room, onRead }: PlainPieces,
  size = plainPieceSize,
): Generator<Piece> {
  const file = openSync(path, 'r');
  try {
    let bytes = room(size + slack);
    /** Lines before the piece, and the begin of its first line. */
    let before = 0;
    let filled = 0;
    let first = 1;
    for (;;) {
      const wanted = Math.min(size, bytes.length - slack - filled);
      const read = readSync(file, bytes, filled, wanted, null);
      onRead(bytes.subarray(filled, filled + read));
      filled += read;
      const lines = filled === 0 ? 0 : bytes.lastIndexOf(10, filled - 1) + 1;
      const end = read > 0 ? ends(bytes.subarray(0, lines)) : onlyNuls(bytes, lines, filled) ? lines : filled;
      if (end <= before) {
        if (read === 0) return;
        if (read < wanted) continue;
        throw new Error(`${path}: a record of more than ${size} bytes`);
      }
      const whole = bytes.subarray(0, end);
      const kept = startOfLast(whole, lookback);
      const next = room(filled - kept + size + slack);
      bytes.copy(next, 0, kept, filled);
      const count = countLines(whole.subarray(before));
      yield {
        bytes: whole,
        before,
        first,
        lines: count,
        omitted: 0,
        omittedBytes: 0,
        after: next.subarray(0, end - kept),
      };
      first += count;
      filled -= kept;
      before = end - kept;
      bytes = next;
    }
  } finally {
    closeSync(file);
  }
}

/** What a crash leaves at the end of a file is no line. */
const onlyNuls = (bytes: Buffer, start: number, end: number): boolean =>
  start < end && withoutNuls(bytes.subarray(start, end)).length === 0;

/** Where the last lines begin. */
function startOfLast(bytes: Buffer, count: number): number {
  let at = bytes.length;
  for (let n = 0; n <= count && at > 0; n++) at = bytes.lastIndexOf(10, at - 1);
  return at > 0 ? at + 1 : 0;
}
