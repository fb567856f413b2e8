import { createHash } from 'node:crypto';
import { closeSync, createReadStream, ftruncateSync, openSync, writeSync } from 'node:fs';
import { UserError } from '../errors.js';
import { type Column, type FrameName, type Row, schema } from '../schema.js';
import { linesOf, readBlocks } from '../sources/read-lines.js';
import { ByteText } from './byte-text.js';

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

/** Makes lines of CSV, each with its line end. From row to row many cells are the same, and are made once. */
export function lineMaker(columns: readonly string[]): (row: Readonly<Record<string, Value>>) => string {
  const values = columns.map((): Value => null);
  const cells = columns.map(() => '');
  return (row) => {
    for (let i = 0; i < columns.length; i++) {
      const value = row[columns[i] ?? ''] ?? null;
      if (value === values[i]) continue;
      values[i] = value;
      cells[i] = csvCell(value);
    }
    return `${cells.join(',')}\n`;
  };
}

/** One line of CSV in the given column order, with its line end. */
export const csvLine = (columns: readonly string[], row: Readonly<Record<string, Value>>): string =>
  lineMaker(columns)(row);

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

/**
 * Opens `<folder>/<frame>.csv` with its header. Rows are gathered into large writes.
 * @param lineOf makes a line of a row, where there is a quicker way than that of all frames
 */
export function frameWriter<F extends FrameName>(
  folder: string,
  frame: F,
  lineOf: (row: Row<F>) => string = lineMaker(frameColumns(frame)),
): FrameWriter<F> {
  const file = openSync(`${folder}/${frame}.csv`, 'w');
  let hash = createHash('sha256');
  const pending = new ByteText();
  pending.add(`${frameColumns(frame).join(',')}\n`);
  let written = 0;
  let rows = 0;
  const put = (bytes: Uint8Array): void => {
    hash.update(bytes);
    for (let done = 0; done < bytes.length; )
      done += writeSync(file, bytes, done, bytes.length - done, written + done);
    written += bytes.length;
  };
  const flush = (): void => {
    put(pending.take());
    pending.clear();
  };
  return {
    get bytes() {
      flush();
      return written;
    },
    write: (row) => {
      pending.add(lineOf(row));
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
        pending.clear();
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

/** Writes all of a frame; @param lineOf see frameWriter */
export function writeFrame<F extends FrameName>(
  folder: string,
  frame: F,
  rows: Iterable<Row<F>>,
  lineOf?: (row: Row<F>) => string,
): WrittenFrame {
  const writer = frameWriter(folder, frame, lineOf);
  for (const row of rows) writer.write(row);
  return writer.close();
}

/** What a cell stands for; missing is null. */
function valueInCell(cell: string | null, column: Column): Value {
  if (cell === null) return null;
  if (column.type === 'integer' || column.type === 'number') return Number(cell);
  if (column.type === 'boolean') return cell === 'true';
  return withoutGuard(cell);
}

/** A text as it was before csvCell guarded it. */
export const withoutGuard = (text: string): string => (guarded.test(text) ? text.slice(1) : text);

const quote = '"';

/** True where the line ends inside of quotes: the record goes on in the next line. */
const isOpen = (line: string): boolean => line.includes(quote) && line.split(quote).length % 2 === 0;

/** The records of a CSV file, one text each. */
async function* recordsOf(path: string): AsyncGenerator<string[]> {
  let open = '';
  for await (const block of readBlocks(createReadStream(path))) {
    const records: string[] = [];
    for (const line of linesOf(block.toString('utf8'), 2)) {
      const record = open + line;
      open = isOpen(record) ? `${record}\n` : '';
      if (open === '') records.push(record);
    }
    yield records;
  }
  if (open !== '') throw new Error('a quoted cell has no end');
}

type Parse = typeof import('csv-parse/sync').parse;

/** Gives each cell of a record by its place: nothing at all is null, a pair of quotes the empty string. */
type Cells = { readonly length: number; at(place: number): string | null };

/** Almost no record has a quote, and the library takes many times as long. */
function cellsOf(record: string, parse: Parse): Cells {
  if (!record.includes(quote)) {
    const cells = record.split(',');
    return { length: cells.length, at: (place) => cells[place] || null };
  }
  const cells: (string | null)[] = parse(record, { record_delimiter: '\n', cast: castCell })[0] ?? [];
  return { length: cells.length, at: (place) => cells[place] ?? null };
}

const castCell = (cell: string, { quoting }: { quoting: boolean }): string | null =>
  cell === '' && !quoting ? null : cell;

/** Makes rows of the wanted columns out of records below a header; null for a record that has other values. */
function rowReader(
  header: readonly string[],
  columns: readonly string[],
  values: Readonly<Record<string, Value>>,
  all: Readonly<Record<string, Column>>,
  parse: Parse,
): (record: string) => Record<string, Value> | null {
  const placed = (names: readonly string[]) =>
    names.flatMap((name) => {
      const [at, column] = [header.indexOf(name), all[name]];
      return at < 0 || !column ? [] : [{ at, name, column }];
    });
  const [wanted, judged] = [placed(columns), placed(Object.keys(values))];
  return (record) => {
    const cells = cellsOf(record, parse);
    if (cells.length !== header.length)
      throw new Error(
        `a row of ${cells.length} cells under ${header.length} columns: ${record.slice(0, 80)}`,
      );
    // Before a row is made: most of a large frame may be left out.
    for (const { at, name, column } of judged)
      if (valueInCell(cells.at(at), column) !== values[name]) return null;
    const row: Record<string, Value> = {};
    for (const { at, name, column } of wanted) row[name] = valueInCell(cells.at(at), column);
    return row;
  };
}

/**
 * Reads a frame, or some of its columns and rows, with the types of its schema. A million rows take a second.
 * @param options `where` takes only rows with these values, `keep` leaves out rows
 * @throws UserError when the file is missing or is not such a frame
 */
export async function readFrame<F extends FrameName>(
  folder: string,
  frame: F,
  options: {
    columns?: readonly (keyof Row<F> & string)[];
    limit?: number;
    where?: Partial<Row<F>>;
    keep?: (row: Row<F>) => boolean;
  } = {},
): Promise<Row<F>[]> {
  const all: Readonly<Record<string, Column>> = schema[frame].columns;
  const { columns = Object.keys(all), limit = Number.POSITIVE_INFINITY } = options;
  const { where = {}, keep = () => true } = options;
  const path = `${folder}/${frame}.csv`;
  const rows: Row<F>[] = [];
  let read: ReturnType<typeof rowReader> | null = null;
  // Here, since threads and imports, which write alone, would wait for it.
  const { parse } = await import('csv-parse/sync');
  try {
    for await (const records of recordsOf(path))
      for (const record of records) {
        if (read === null) {
          read = rowReader(record.split(','), columns, where, all, parse);
          continue;
        }
        const row = read(record) as Row<F> | null;
        if (row !== null && keep(row)) rows.push(row);
        if (rows.length >= limit) return rows;
      }
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
