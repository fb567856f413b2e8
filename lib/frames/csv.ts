import { closeSync, createReadStream, openSync, writeSync } from 'node:fs';
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

/** One cell of RFC 4180 CSV: null is nothing at all, the empty string is a pair of quotes. */
export function csvCell(value: Value): string {
  if (value === null) return '';
  if (typeof value !== 'string') return String(value);
  const text = needsGuard.test(value) ? `'${value}` : value;
  return text === '' || /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** One line of CSV in the given column order, with its line end. */
export function csvLine(columns: readonly string[], row: Readonly<Record<string, Value>>): string {
  return `${columns.map((column) => csvCell(row[column] ?? null)).join(',')}\n`;
}

/** A frame's file that is written row by row. */
export interface FrameWriter<F extends FrameName> {
  write(row: Row<F>): void;
  /** @returns the number of rows */
  close(): number;
}

/** Opens `<folder>/<frame>.csv` with its header. Rows are gathered into large writes. */
export function frameWriter<F extends FrameName>(folder: string, frame: F): FrameWriter<F> {
  const columns = Object.keys(schema[frame].columns);
  const file = openSync(`${folder}/${frame}.csv`, 'w');
  let pending = `${columns.join(',')}\n`;
  let rows = 0;
  const flush = (): void => {
    const bytes = Buffer.from(pending);
    for (let done = 0; done < bytes.length; ) done += writeSync(file, bytes, done);
    pending = '';
  };
  return {
    write: (row) => {
      pending += csvLine(columns, row);
      rows++;
      if (pending.length > 1 << 20) flush();
    },
    close: () => {
      flush();
      closeSync(file);
      return rows;
    },
  };
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
