import { createHash } from 'node:crypto';
import { closeSync, openSync, readSync } from 'node:fs';
import type { YearRule, YearState } from '../parsers/year-rule.js';
import type { Piece } from '../sources/cut-pieces.js';
import { plainPieces } from '../sources/plain-pieces.js';
import { isPacked } from '../sources/read-bytes.js';
import { reach } from './connections.js';
import type { FileJob } from './jobs.js';
import { stateBefore, yearsOf } from './look-at.js';
import type { PieceResult } from './piece-sink.js';
import { StampScanner } from './scan-stamps.js';
import { type Reading, SourceImport } from './source-import.js';

/** Smaller files are surveyed first, as all others are that this way is not for. */
const large = 8 * 1024 * 1024;

/**
 * Reads a large plain log in one go, where others are read twice: which year its first line is of depends on all of
 * its stamps, to the last. So the years are guessed, for the file and for each piece, from some of the lines; the
 * stamps that the pieces find tell in the end whether the guess was right. Mostly it is. Else what was written is
 * taken back.
 * @returns false where nothing has been read: it has to be surveyed
 */
export async function readOnce(job: FileJob, reading: Reading): Promise<boolean> {
  const { file, id, found } = job;
  const { options, steps, output } = reading;
  if (found.kind !== 'log' || found.bytes < large || options.earlier?.of(id)) return false;
  if (isPacked(file.path)) return false;
  // Years of the rotated set go on from the guess only once it has held.
  const rule = (scan: StampScanner, years: Map<string, YearState>): YearRule =>
    yearsOf(file, found, scan.result(), { year: options.year, years });
  const guess = rule(sampleOf(file.path, found.bytes), new Map(reading.years));
  await steps.end();
  const back = output.mark();
  const onBytes = reading.onBytes(file.path);
  const source = new SourceImport(job, reading);
  source.begin(null);

  const hash = createHash('sha256');
  const real = new StampScanner();
  const guessed = new StampScanner();
  let holds = true;
  let length = 0;
  let last = 10;
  let after: Buffer = Buffer.alloc(0);
  const pieces = plainPieces(file.path, {
    lookback: reach.lines,
    room: reading.pool.room,
    onRead: (bytes) => {
      hash.update(bytes);
      length += bytes.length;
      last = bytes[bytes.length - 1] ?? last;
      onBytes(2 * length);
    },
  });
  try {
    for (const piece of pieces) {
      const { state } = guessed;
      sample(piece, guessed);
      after = Buffer.from(piece.after);
      await source.read(piece, stateBefore(state, guess), ({ stamps }: PieceResult) => {
        const found = real.state;
        holds &&= found.year === state.year && found.month === state.month && found.dated === state.dated;
        real.nextPiece();
        for (const stamp of stamps) real.stamp(stamp);
      });
      if (!holds) break;
    }
  } catch {
    // What is wrong with the file the other way meets again, and reports.
    holds = false;
  }
  await steps.end();
  if (!holds || rule(real, new Map(reading.years)).year !== guess.year) {
    back();
    return false;
  }
  reading.doneBytes += 2 * found.bytes;
  const stamps = real.result();
  const sha256 = hash.digest('hex');
  const surveyed = {
    sha256,
    packed: false,
    length,
    ended: last === 10,
    stamps,
    goesOn: false,
    mailNext: false,
  };
  source.end(surveyed, rule(real, reading.years), after, null);
  return true;
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
