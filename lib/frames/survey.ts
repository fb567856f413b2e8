import { createHash, type Hash } from 'node:crypto';
import type { SourceKind } from '../sources/detect-kind.js';
import { upToFailure } from '../sources/read-lines.js';
import { readWhole } from './read-whole.js';
import { type StampScan, StampScanner } from './scan-stamps.js';

/** What a first reading of a file finds out, before anything in it is understood. */
export interface Survey {
  /** SHA-256 of the file on disk, hex; null where nobody asked, or it could not be read to its end. */
  readonly sha256: string | null;
  readonly packed: boolean;
  /** Bytes of the content. */
  readonly length: number;
  /** The last byte of the content is a line end, or there is none. */
  readonly ended: boolean;
  /** Of a log, how its stamps run; null where all have their year. Where it goes on, its pieces are those from there on. */
  readonly stamps: StampScan | null;
  /** True where they were read as those of a log that was silent; see wasSilent. */
  readonly silent: boolean;
  /** True where the content begins with that of an earlier time. */
  readonly goesOn: boolean;
  /** True where a mail of an mbox begins behind that. */
  readonly mailNext: boolean;
}

/**
 * Reads a file once for its stamps, if it is a log, and for its hash, if it may be one that has been read before.
 * @param earlier what the file may have held at an earlier time
 * @param onPosition told the bytes read on disk so far
 */
export async function survey(
  path: string,
  kind: SourceKind,
  earlier: ContentHash | null,
  hashed: boolean,
  onPosition: (position: number) => void,
  silent = false,
): Promise<Survey> {
  const bytes = readWhole(path, onPosition, hashed);
  const scanner = kind === 'log' ? new StampScanner(silent) : null;
  // What it throws the import meets again, and reports.
  const parts = new Parts(upToFailure(bytes.content, () => {}));
  const drain = async (content: AsyncIterable<Buffer>): Promise<void> => {
    if (scanner) await scanner.read(content);
    else for await (const _ of content);
  };
  let goesOn = false;
  if (earlier) {
    const hash = createHash('sha256');
    await drain(parts.upTo(earlier.length, hash));
    goesOn = hash.digest('hex') === earlier.sha256;
    scanner?.restart();
  }
  const mailNext = (await parts.peek())?.toString('latin1', 0, 5) === 'From ';
  await drain(parts.upTo(Number.POSITIVE_INFINITY));
  const { length, last } = parts;
  const stamps = scanner?.result() ?? null;
  return {
    sha256: bytes.sha256(),
    packed: bytes.packed(),
    length,
    ended: last === 10,
    stamps,
    silent,
    goesOn,
    mailNext,
  };
}

/** Content that is read in parts. */
class Parts {
  length = 0;
  last = 10;
  private held: Buffer = Buffer.alloc(0);
  private readonly pieces: AsyncIterator<Buffer>;

  constructor(content: AsyncIterable<Buffer>) {
    this.pieces = content[Symbol.asyncIterator]();
  }

  /** Content up to so many bytes from its start. */
  async *upTo(end: number, hash?: Hash): AsyncGenerator<Buffer> {
    while (this.length < end && (await this.peek()) !== null) {
      const piece = this.held.subarray(0, end - this.length);
      this.held = this.held.subarray(piece.length);
      this.length += piece.length;
      this.last = piece[piece.length - 1] ?? this.last;
      hash?.update(piece);
      yield piece;
    }
  }

  /** The bytes that come next, as many as are at hand; null at the end. */
  async peek(): Promise<Buffer | null> {
    while (this.held.length === 0) {
      const { done, value } = await this.pieces.next();
      if (done) return null;
      this.held = value;
    }
    return this.held;
  }
}

/** SHA-256 of the first bytes of a file's content, after decompression. */
export interface ContentHash {
  readonly length: number;
  readonly sha256: string;
}

/**
 * Hashes the content of a file, as a whole and of its beginnings.
 * @param lengths of the beginnings, in any order; one that the content does not reach has no hash
 * @returns null when the file is damaged: it is then no copy of another
 */
export async function contentHashes(
  path: string,
  lengths: readonly number[] = [],
): Promise<{ whole: ContentHash; beginnings: ContentHash[] } | null> {
  const hash = createHash('sha256');
  const beginnings: ContentHash[] = [];
  const wanted = [...new Set(lengths)].sort((a, b) => a - b);
  let length = 0;
  let damaged = false;
  const content = upToFailure(readWhole(path).content, () => {
    damaged = true;
  });
  for await (const piece of content) {
    let done = 0;
    while (wanted[0] !== undefined && wanted[0] <= length + piece.length) {
      const end = wanted[0] - length;
      hash.update(piece.subarray(done, end));
      beginnings.push({ length: wanted[0], sha256: hash.copy().digest('hex') });
      done = end;
      wanted.shift();
    }
    hash.update(piece.subarray(done));
    length += piece.length;
  }
  if (damaged) return null;
  return { whole: { length, sha256: hash.digest('hex') }, beginnings };
}
