import { closeSync, openSync, readSync } from 'node:fs';
import { countLines, type Piece } from './cut-pieces.js';

/** How a plain log is cut into pieces without a copy of each. */
export interface PlainPieces {
  /** How many lines before a piece come with it. */
  readonly lookback: number;
  /** Memory for a piece, of at least so many bytes; it is given away with the piece. */
  readonly room: (size: number) => Buffer;
  /** Told the bytes of the file as they come. */
  readonly onRead: (bytes: Buffer) => void;
}

export const plainPieceSize = 4 * 1024 * 1024;

/**
 * Cuts a log that is not compressed into pieces, as cutPieces does. Each is read to where it stays: the lines before
 * it are copied, and no byte else. That took a tenth of an import.
 * @throws Error where a line is longer than a piece; cutPieces takes such a file
 */
export function* plainPieces(
  path: string,
  { lookback, room, onRead }: PlainPieces,
  size = plainPieceSize,
): Generator<Piece> {
  const file = openSync(path, 'r');
  try {
    let bytes = room(size);
    /** Lines before the piece, and the begin of its first line. */
    let before = 0;
    let filled = 0;
    let first = 1;
    for (;;) {
      const wanted = Math.min(size, bytes.length - filled);
      const read = readSync(file, bytes, filled, wanted, null);
      onRead(bytes.subarray(filled, filled + read));
      filled += read;
      const end = read === 0 ? filled : bytes.lastIndexOf(10, filled - 1) + 1;
      if (end <= before) {
        if (read === 0) return;
        if (read < wanted) continue;
        throw new Error(`${path}: a line of more than ${size} bytes`);
      }
      const whole = bytes.subarray(0, end);
      const kept = startOfLast(whole, lookback);
      const next = room(filled - kept + size);
      bytes.copy(next, 0, kept, filled);
      const lines = countLines(whole.subarray(before));
      yield { bytes: whole, before, first, lines, omitted: 0, after: next.subarray(0, end - kept) };
      first += lines;
      filled -= kept;
      before = end - kept;
      bytes = next;
    }
  } finally {
    closeSync(file);
  }
}

/** Where the last lines begin. */
function startOfLast(bytes: Buffer, count: number): number {
  let at = bytes.length;
  for (let n = 0; n <= count && at > 0; n++) at = bytes.lastIndexOf(10, at - 1);
  return at > 0 ? at + 1 : 0;
}
