import { createHash } from 'node:crypto';
import { closeSync, openSync, readSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { wasSilent, type YearRule, type YearState } from '../parsers/year-rule.js';
import { lineBorder, mailBorder, type Piece } from '../sources/cut-pieces.js';
import { type PlainPieces, plainPieces } from '../sources/plain-pieces.js';
import { isPacked } from '../sources/read-bytes.js';
import { reach } from './connections.js';
import type { FileJob } from './jobs.js';
import { evidenceOf, stateBefore, yearsOf } from './look-at.js';
import type { PieceResult } from './piece-sink.js';
import { StampScanner } from './scan-stamps.js';
import { type Reading, SourceImport } from './source-import.js';
import type { Survey } from './survey.js';

/** Smaller files are surveyed first, as all others are that this way is not for. */
const large = 8 * 1024 * 1024;

/**
 * Reads a large plain file in one go, where others are read twice: which year the first line of a log is of depends on
 * all of its stamps, to the last. So the years are guessed, for the file and for each piece, from some of the lines; the
 * stamps that the pieces find tell in the end whether the guess was right. Mostly it is. Else what was written is
 * taken back.
 * @returns false where nothing has been read: it has to be surveyed
 */
export async function readOnce(job: FileJob, reading: Reading): Promise<boolean> {
  const { file, id, found } = job;
  const { options, steps, output } = reading;
  if (found.bytes < large || options.earlier?.of(id) || isPacked(file.path)) return false;
  if (found.kind === 'mbox') return readMailbox(job, reading);
  if (found.kind !== 'log') return false;
  // Years of the rotated set go on from the guess only once it has held.
  const rule = (scan: StampScanner, years: Map<string, YearState>): YearRule =>
    yearsOf(file, found, scan.result(), { year: options.year, years });
  const silent = (scan: StampScanner): boolean => {
    const stamps = scan.result();
    return (
      stamps !== null &&
      wasSilent(evidenceOf(file, found, stamps, { year: options.year, years: reading.years }))
    );
  };
  const sampled = sampleOf(file.path, found.bytes);
  if (silent(sampled)) return false;
  const guess = rule(sampled, new Map(reading.years));
  await steps.end();
  const back = output.mark();
  const source = new SourceImport(job, reading);
  source.begin(null);
  const real = new StampScanner();
  const guessed = new StampScanner();
  let holds = true;
  let read: Read | null = null;
  try {
    read = await readPieces(job, reading, { lookback: reach.lines, ends: lineBorder.last }, async (piece) => {
      const { state } = guessed;
      sample(piece, guessed);
      await source.read(piece, stateBefore(state, guess), ({ stamps }: PieceResult) => {
        const found = real.state;
        holds &&= isDeepStrictEqual(found, state);
        real.nextPiece();
        for (const stamp of stamps) real.stamp(stamp);
      });
      return holds;
    });
  } catch {
    // What is wrong with the file the other way meets again, and reports.
  }
  await steps.end();
  const { year, until } = rule(real, new Map(reading.years));
  if (!read || !holds || silent(real) || year !== guess.year || until !== guess.until) {
    back();
    return false;
  }
  end(source, read, real.result(), rule(real, reading.years));
  reading.doneBytes += 2 * found.bytes;
  return true;
}

/** The same for a mailbox, whose mails have their years. */
async function readMailbox(job: FileJob, reading: Reading): Promise<boolean> {
  const { steps, output } = reading;
  await steps.end();
  const backs = [output.mark(), reading.mails.mark()];
  const source = new SourceImport(job, reading);
  source.begin(null);
  let read: Read | null = null;
  try {
    read = await readPieces(job, reading, { lookback: 0, ends: mailBorder.last }, async (piece) => {
      await source.read(piece, { year: 0, month: null });
      return true;
    });
  } catch {
    // A mail larger than a piece: only the other way leaves out lines of it.
  }
  await steps.end();
  if (!read) {
    for (const back of backs) back();
    return false;
  }
  end(source, read, null, null);
  reading.doneBytes += 2 * job.found.bytes;
  return true;
}

/** What is known of a file once all of it has been read. */
interface Read {
  readonly sha256: string;
  readonly length: number;
  readonly ended: boolean;
  readonly after: Buffer;
}

/** @param take is given the pieces until it returns false; @returns null where it did */
async function readPieces(
  { file }: FileJob,
  reading: Reading,
  cut: Pick<PlainPieces, 'lookback' | 'ends'>,
  take: (piece: Piece) => Promise<boolean>,
): Promise<Read | null> {
  const onBytes = reading.onBytes(file.path);
  const hash = createHash('sha256');
  let length = 0;
  let last = 10;
  let after: Buffer = Buffer.alloc(0);
  const pieces = plainPieces(file.path, {
    ...cut,
    room: reading.pool.room,
    onRead: (bytes) => {
      hash.update(bytes);
      length += bytes.length;
      last = bytes[bytes.length - 1] ?? last;
      onBytes(2 * length);
    },
  });
  for (const piece of pieces) {
    after = Buffer.from(piece.after);
    if (!(await take(piece))) return null;
  }
  return { sha256: hash.digest('hex'), length, ended: last === 10, after };
}

function end(
  source: SourceImport,
  { after, ...read }: Read,
  stamps: Survey['stamps'],
  rule: YearRule | null,
): void {
  source.end(
    { ...read, packed: false, stamps, silent: false, goesOn: false, mailNext: false },
    rule,
    after,
    null,
  );
}

/** So many places of a piece or of a file are looked at. */
const places = 32;
const sampleSize = 4096;

/** Stamps of some lines of a piece: the first, the last, and of those between. */
function sample({ bytes, before }: Piece, scanner: StampScanner): void {
  for (let n = 0; n < places; n++) {
    const at = before + Math.floor(((bytes.length - before) * n) / places);
    scanLine(bytes, n === 0 ? before : bytes.indexOf(10, at) + 1, scanner);
  }
  scanLine(bytes, Math.max(before, bytes.lastIndexOf(10, bytes.length - 2) + 1), scanner);
}

/** The same of a file: of its first lines and its last all. */
function sampleOf(path: string, size: number): StampScanner {
  const scanner = new StampScanner();
  const file = openSync(path, 'r');
  try {
    const bytes = Buffer.alloc(sampleSize);
    for (let n = 0; n <= places; n++) {
      const at = Math.max(0, Math.floor(((size - sampleSize) * n) / places));
      const part = bytes.subarray(0, readSync(file, bytes, 0, sampleSize, at));
      for (let line = n === 0 ? 0 : part.indexOf(10) + 1; line < part.length; ) {
        scanLine(part, line, scanner);
        const end = part.indexOf(10, line);
        line = end < 0 ? part.length : end + 1;
      }
    }
  } finally {
    closeSync(file);
  }
  return scanner;
}

function scanLine(bytes: Buffer, start: number, scanner: StampScanner): void {
  const end = bytes.indexOf(10, start);
  scanner.line(bytes.toString('latin1', start, end < 0 ? bytes.length : end).slice(0, sampleSize));
}
