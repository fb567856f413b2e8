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
  /** Bytes of these. */
  readonly omittedBytes: number;
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
  /** Records of more bytes are cut off, which is more than is read of one. */
  readonly largest: number;
}

/** What a daemon writes into one entry of the journal. */
const largestEntry = 4 * 1024 * 1024;
/** Without CRs and NULs a mail is smaller than in its file. */
const largestInFile = 1.5 * largestMail;

export const lineBorder: Border = { first: () => 0, last: (block) => block.length, largest: largestEntry };

const isFrom = (block: Buffer, at: number): boolean => {
  const end = block.indexOf(10, at);
  return end > 0 && fromLine.test(block.toString('latin1', at, end));
};

/** Mails of an mbox begin with a From_ line. */
export const mailBorder: Border = {
  largest: largestInFile,
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
  largest: largestEntry,
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
export const noBorder: Border = { first: () => -1, last: () => 0, largest: largestInFile };

const pieceSize = 2 * 1024 * 1024;

/** So much is kept of a record that is cut off. */
const largestKept = 2 * 1024 * 1024;

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
  let held: Buffer[] = [];
  let heldSize = 0;
  /** A record that is longer than a block is looked at again when it has grown by half, so that few copies are made of it. */
  let enough = 0;
  const hold = (bytes: Buffer): void => {
    held = bytes.length > 0 ? [bytes] : [];
    heldSize = bytes.length;
    enough = Math.min(1.5 * heldSize, border.largest);
  };
  let before: Buffer = head;
  let first = from;
  let omitted = 0;
  let omittedBytes = 0;
  const omit = (bytes: Buffer): void => {
    omitted += countLines(bytes);
    omittedBytes += bytes.length;
  };
  const piece = (bytes: Buffer): Piece => {
    const lines = countLines(bytes) + omitted;
    const result = {
      bytes: before.length > 0 ? Buffer.concat([before, bytes]) : bytes,
      before: before.length,
    };
    before = lookback > 0 ? lastLines(result.bytes, lookback) : before;
    const done = { ...result, first, lines, omitted, omittedBytes, after: before };
    first += lines;
    omitted = 0;
    omittedBytes = 0;
    return done;
  };
  let failure = null as { error: unknown } | null;
  const blocks = upToFailure(readParts(content, size, border.binary), (error) => {
    failure = { error };
  });
  for await (const parts of blocks) {
    if (omitted > 0) {
      const bytes = Buffer.concat(parts);
      const next = border.first(bytes);
      omit(next < 0 ? bytes : bytes.subarray(0, next));
      if (next < 0) continue;
      yield piece(Buffer.concat(held));
      hold(bytes.subarray(next));
    } else {
      held.push(...parts);
      heldSize += parts.reduce((sum, { length }) => sum + length, 0);
    }
    if (heldSize < enough) continue;
    const bytes = Buffer.concat(held);
    const end = border.last(bytes);
    // Not a view of the block: a short rest would keep all of it in memory, and who gets a piece may give it away.
    const rest = end > 0 ? Buffer.from(bytes.subarray(end)) : bytes;
    hold(rest);
    if (end > 0) yield piece(bytes.subarray(0, end));
    if (heldSize <= border.largest) continue;
    const kept = rest.lastIndexOf(10, largestKept) + 1;
    omit(rest.subarray(kept));
    hold(Buffer.from(rest.subarray(0, kept)));
  }
  if (heldSize > 0) yield piece(Buffer.concat(held));
  if (failure) throw failure.error;
}

function lastLines(bytes: Buffer, count: number): Buffer {
  let at = bytes.length;
  for (let n = 0; n <= count && at > 0; n++) at = bytes.lastIndexOf(10, at - 1);
  return Buffer.from(bytes.subarray(at > 0 ? at + 1 : 0));
}
