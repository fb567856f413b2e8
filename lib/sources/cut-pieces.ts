import { endOfEntry } from './journal-entries.js';
import { countLines } from './line-ends.js';
import { readParts, upToFailure } from './read-lines.js';
import { fromLine, largestMail } from './read-mails.js';

/** A part of a file that can be read on its own, in any order with the others. */
export interface Piece {
  /** The piece, behind the last lines of what comes before it. */
  readonly bytes: Buffer;
  /** How many bytes of it come before the piece. */
  readonly before: number;
  /** Number of the piece's first line, from 1. */
  readonly first: number;
  /** Lines of the piece, those that were left out at its end included. */
  readonly lines: number;
  /** Lines at its end that are left out: they belong to a record that is larger than any that is read. */
  readonly omitted: number;
  /** The lines that come with the piece that follows. */
  readonly after: Buffer;
}

/** Where records of a kind end: lines, mails, entries of journalctl's export format. */
export interface Border {
  /** Start of the first record that begins in a block of lines, at or after its start; -1 when none does. */
  first(block: Buffer): number;
  /** End of the last record that is whole; 0 when there is none. */
  last(block: Buffer): number;
  /** True where a record may hold any bytes: NULs are then part of it, and not what a crash left. */
  readonly binary?: true;
}

export const lineBorder: Border = { first: () => 0, last: (block) => block.length };

const isFrom = (block: Buffer, at: number): boolean => {
  const end = block.indexOf(10, at);
  return end > 0 && fromLine.test(block.toString('latin1', at, end));
};

/** Mails of an mbox begin with a From_ line. */
export const mailBorder: Border = {
  first: (block) => {
    if (block.toString('latin1', 0, 5) === 'From ' && isFrom(block, 0)) return 0;
    for (let at = block.indexOf('\nFrom '); at >= 0; at = block.indexOf('\nFrom ', at + 1))
      if (isFrom(block, at + 1)) return at + 1;
    return -1;
  },
  last: (block) => {
    for (let at = block.lastIndexOf('\nFrom '); at > 0; at = block.lastIndexOf('\nFrom ', at - 1))
      if (isFrom(block, at + 1)) return at + 1;
    return 0;
  },
};

/** Entries of the journal end with a blank line. */
export const blankBorder: Border = {
  binary: true,
  // All of them begin with such a field; what a program wrote into an entry rarely does.
  first: (block) => {
    const at = block.indexOf('\n\n__');
    return at < 0 ? -1 : at + 2;
  },
  last: (block) => {
    const text = block.toString('latin1');
    let last = 0;
    for (let end = endOfEntry(text, 0, false); end !== null; end = endOfEntry(text, last, false))
      last = end + 1;
    return last;
  },
};

/** The whole file is one record. */
export const noBorder: Border = { first: () => -1, last: () => 0 };

const pieceSize = 2 * 1024 * 1024;

/**
 * Cuts a file into pieces of about 2 MB. What a piece gives must not depend on where it is cut: whatever looks
 * back looks back on a number of lines, and these come with the piece.
 * @param lookback how many lines before the piece come with it
 * @param from number of the first line, where the content begins within a file; @param head the lines before it
 */
export async function* cutPieces(
  content: AsyncIterable<Buffer>,
  border: Border,
  { lookback = 0, size = pieceSize, from = 1, head = Buffer.alloc(0) } = {},
): AsyncGenerator<Piece> {
  let held: Buffer = Buffer.alloc(0);
  let before: Buffer = head;
  let first = from;
  let omitted = 0;
  const piece = (bytes: Buffer): Piece => {
    const lines = countLines(bytes) + omitted;
    const result = {
      bytes: before.length > 0 ? Buffer.concat([before, bytes]) : bytes,
      before: before.length,
    };
    before = lookback > 0 ? lastLines(result.bytes, lookback) : before;
    const done = { ...result, first, lines, omitted, after: before };
    first += lines;
    omitted = 0;
    return done;
  };
  let failure = null as { error: unknown } | null;
  const blocks = upToFailure(readParts(content, size, border.binary), (error) => {
    failure = { error };
  });
  for await (const parts of blocks) {
    let bytes = Buffer.concat(omitted > 0 ? parts : [held, ...parts]);
    if (omitted > 0) {
      const next = border.first(bytes);
      omitted += countLines(next < 0 ? bytes : bytes.subarray(0, next));
      if (next < 0) continue;
      yield piece(held);
      bytes = bytes.subarray(next);
    }
    const end = border.last(bytes);
    // Not a view of the block: a short rest would keep all of it in memory, and who gets a piece may give it away.
    held = Buffer.from(bytes.subarray(end));
    if (end > 0) yield piece(bytes.subarray(0, end));
    if (held.length <= 4 * largestMail) continue;
    const kept = held.lastIndexOf(10, 2 * largestMail) + 1;
    omitted = countLines(held.subarray(kept));
    held = held.subarray(0, kept);
  }
  if (held.length > 0) yield piece(held);
  if (failure) throw failure.error;
}

function lastLines(bytes: Buffer, count: number): Buffer {
  let at = bytes.length;
  for (let n = 0; n <= count && at > 0; n++) at = bytes.lastIndexOf(10, at - 1);
  return Buffer.from(bytes.subarray(at > 0 ? at + 1 : 0));
}
