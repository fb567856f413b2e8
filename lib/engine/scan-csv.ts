import { closeSync, openSync, readSync } from 'node:fs';

/** One cell: the bytes between its commas (between its quotes when quoted), and the line it begins in. */
export interface CsvCell {
  readonly data: Buffer;
  readonly start: number;
  readonly end: number;
  readonly quoted: boolean;
  readonly line: number;
  /** Place in its record, from 0. */
  readonly index: number;
  /** True when the record ends here. */
  readonly last: boolean;
}

const LF = 10;
const CR = 13;
const QUOTE = 34;
const COMMA = 44;

/**
 * Walks the cells of a CSV file in constant memory and refuses whatever RFC 4180 with LF does not allow.
 * @param visit is given one object that changes from call to call
 * @param fail makes the error for a fault in a line
 */
export function scanCsv(
  path: string,
  visit: (cell: CsvCell) => void,
  fail: (line: number, fault: string) => Error,
): void {
  const empty: Buffer = Buffer.alloc(0);
  const cell = { data: empty, start: 0, end: 0, quoted: false, line: 1, index: 0, last: false };
  let line = 1;
  // inside: between quotes; closed: after the quote that ended the cell, or the first of a doubled one.
  let inside = false;
  let closed = false;

  const finish = (at: number, byte: number): void => {
    cell.end = closed ? at - 1 : at;
    if (cell.quoted) cell.start += 1;
    cell.last = byte === LF;
    visit(cell);
    cell.index = cell.last ? 0 : cell.index + 1;
    cell.start = at + 1;
    if (cell.last) line += 1;
    cell.line = line;
    cell.quoted = false;
    closed = false;
  };

  const step = (byte: number, at: number): void => {
    if (inside) {
      if (byte === QUOTE) {
        inside = false;
        closed = true;
      } else if (byte === LF) line += 1;
    } else if (byte === COMMA || byte === LF) finish(at, byte);
    else if (byte === QUOTE && closed) {
      inside = true;
      closed = false;
    } else if (byte === QUOTE && at === cell.start) {
      inside = true;
      cell.quoted = true;
    } else if (closed) throw fail(cell.line, 'text after the closing quote of a cell');
    else if (byte === QUOTE) throw fail(line, 'a quote inside a cell that does not begin with one');
    else if (byte === CR)
      throw fail(line, 'a carriage return outside quotes; lines of frames end in LF alone');
  };

  for (const [data, from] of chunks(path, cell)) {
    cell.data = data;
    for (let at = from; at < data.length; at += 1) step(data[at] ?? 0, at);
  }
  if (inside) throw fail(cell.line, 'a quoted cell that does not end');
  if (cell.index > 0 || cell.start < cell.data.length) throw fail(line, 'the last line has no end');
}

/** Pieces of the file, each with the unfinished cell of the piece before in front of it; resets `cell.start`. */
function* chunks(path: string, cell: { start: number }): Generator<[data: Buffer, from: number]> {
  const file = openSync(path, 'r');
  try {
    let data: Buffer = Buffer.alloc(0);
    for (;;) {
      const chunk = Buffer.allocUnsafe(1 << 18);
      const got = readSync(file, chunk, 0, chunk.length, null);
      if (got === 0) return;
      const kept = data.subarray(cell.start);
      cell.start = 0;
      data = kept.length ? Buffer.concat([kept, chunk.subarray(0, got)]) : chunk.subarray(0, got);
      yield [data, kept.length];
    }
  } finally {
    closeSync(file);
  }
}
