import { createHash } from 'node:crypto';
import { closeSync, createReadStream, ftruncateSync, openSync, writeSync } from 'node:fs';
import { parse as parser } from 'csv-parse';
import { UserError } from '../errors.js';
import { type Column, type FrameName, type Row, schema } from '../schema.js';

type Value = string | number | boolean | null;

/**
 * Text that a spreadsheet would run as a formula gets one `'` in front (and so does a text that begins with such a
 * guard, so that taking one off always gives the text back).
 */
const needsGuard = /^'*[=+\-@\t\r]/;
const guarded = /^'+[=+\-@\t\r]/;

/** Texts that stand as they are: almost all of them. */
const plain = /^[A-Za-z0-9_.][A-Za-z0-9_.@:/ -]*$/;

/** One cell of RFC 4180 CSV: null is nothing at all, the empty string is a pair of quotes. */
export function csvCell(value: Value): string {
  if (value === null) return '';
  if (typeof value !== 'string') return String(value);
  if (plain.test(value)) return value;
  const text = needsGuard.test(value) ? `'${value}` : value;
  return text === '' || /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** One line of CSV in the given column order, with its line end. */
export function csvLine(columns: readonly string[], row: Readonly<Record<string, Value>>): string {
  let line = '';
  let comma = '';
  for (const column of columns) {
    line += comma + csvCell(row[column] ?? null);
    comma = ',';
  }
  return `${line}\n`;
}

/** Columns of a frame in their order. */
export const frameColumns = (frame: FrameName): readonly string[] => columnsOf[frame];

const columnsOf = Object.fromEntries(
  Object.entries(schema).map(([frame, { columns }]) => [frame, Object.keys(columns)]),
) as Record<FrameName, string[]>;

/** What was written of a frame. */
export interface WrittenFrame {
  readonly rows: number;
  readonly bytes: number;
  /** `sha256:…` of the file. */
  readonly hash: string;
}

/** A frame's file that is written from its start to its end. */
export interface FrameWriter<F extends FrameName> {
  /** Bytes written so far. */
  readonly bytes: number;
  write(row: Row<F>): void;
  /** Lines of CSV that have been made elsewhere. */
  writePart(lines: Uint8Array, rows: number): void;
  /** @returns what takes back all that is written from here on */
  mark(): () => void;
  close(): WrittenFrame;
}

/** Opens `<folder>/<frame>.csv` with its header. Rows are gathered into large writes. */
export function frameWriter<F extends FrameName>(folder: string, frame: F): FrameWriter<F> {
  const columns = frameColumns(frame);
  const file = openSync(`${folder}/${frame}.csv`, 'w');
  let hash = createHash('sha256');
  let pending = `${columns.join(',')}\n`;
  let written = 0;
  let rows = 0;
  const put = (bytes: Uint8Array): void => {
    hash.update(bytes);
    for (let done = 0; done < bytes.length; )
      done += writeSync(file, bytes, done, bytes.length - done, written + done);
    written += bytes.length;
  };
  const flush = (): void => {
    if (pending !== '') put(Buffer.from(pending));
    pending = '';
  };
  return {
    get bytes() {
      flush();
      return written;
    },
    write: (row) => {
      pending += csvLine(columns, row);
      rows++;
      if (pending.length > 1 << 20) flush();
    },
    writePart: (lines, count) => {
      flush();
      put(lines);
      rows += count;
    },
    mark: () => {
      flush();
      const before = { hash: hash.copy(), written, rows };
      return () => {
        pending = '';
        hash = before.hash.copy();
        ({ written, rows } = before);
        ftruncateSync(file, written);
      };
    },
    close: () => {
      flush();
      closeSync(file);
      return { rows, bytes: written, hash: `sha256:${hash.digest('hex')}` };
    },
  };
}

/** Writes all of a frame. */
export function writeFrame<F extends FrameName>(
  folder: string,
  frame: F,
  rows: Iterable<Row<F>>,
): WrittenFrame {
  const writer = frameWriter(folder, frame);
  for (const row of rows) writer.write(row);
  return writer.close();
}

function cast(text: string, quoted: boolean, column: Column): Value {
  if (text === '') return quoted && column.type === 'string' ? '' : null;
  if (column.type === 'integer' || column.type === 'number') return Number(text);
  if (column.type === 'boolean') return text === 'true';
  return withoutGuard(text);
}

/** A text as it was before csvCell guarded it. */
export const withoutGuard = (text: string): string => (guarded.test(text) ? text.slice(1) : text);

/**
 * Reads a frame, or some of its columns and rows, with the types of its schema.
 * @throws UserError when the file is missing or is not such a frame
 */
export async function readFrame<F extends FrameName>(
  folder: string,
  frame: F,
  options: { columns?: readonly (keyof Row<F> & string)[]; limit?: number } = {},
): Promise<Row<F>[]> {
  const all: Readonly<Record<string, Column>> = schema[frame].columns;
  const wanted: readonly string[] = options.columns ?? Object.keys(all);
  const path = `${folder}/${frame}.csv`;
  const rows: Row<F>[] = [];
  const text = createReadStream(path);
  const records = text.pipe(
    parser({
      columns: (header: string[]) => header.map((name) => (wanted.includes(name) ? name : false)),
      cast: (cell, { quoting, column, header }) => {
        const known = all[String(column)];
        return header || !known ? cell : cast(cell, quoting, known);
      },
      ...(options.limit === undefined ? {} : { to: options.limit }),
    }),
  );
  text.on('error', (error) => records.destroy(error));
  try {
    for await (const row of records) rows.push(row as Row<F>);
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    throw new UserError(
      missing
        ? `${path}: no such frame; make it with: npx banbook frames --out ${folder} PATH…`
        : `${path}: not a ${frame} frame (${(error as Error).message})`,
    );
  }
  return rows;
}
