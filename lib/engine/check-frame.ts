import { UserError } from '../errors.js';
import { type Column, type FrameName, schema } from '../schema.js';
import { scanCsv } from './scan-csv.js';

const shapes: Record<Exclude<Column['type'], 'string'>, RegExp> = {
  integer: /^-?\d{1,18}$/,
  number: /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/,
  boolean: /^(?:true|false)$/,
  datetime: /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\dZ?$/,
  date: /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/,
};

/** True when the text is a value of the type; a date has to be one of the calendar. */
function fits(type: keyof typeof shapes, text: string): boolean {
  if (!shapes[type].test(text)) return false;
  if (!type.startsWith('date') || text.slice(8, 10) < '29') return true;
  const lastDay = new Date(Date.UTC(Number(text.slice(0, 4)), Number(text.slice(5, 7)), 0)).getUTCDate();
  return Number(text.slice(8, 10)) <= lastDay;
}

/**
 * Reads a frame file once and holds it against the schema. The engine's own reader is too kind for this: it
 * rounds 1.5 to 2 in an integer column, takes columns by place whatever the header says, and answers no rows
 * at all where a quote is not closed or lines end in CRLF. Its line numbers leave out the ends of lines in
 * quoted cells.
 * @returns the number of rows
 * @throws UserError that names file, line and column
 */
export function checkFrame(path: string, frame: FrameName): number {
  const columns = Object.entries<Column>(schema[frame].columns);
  const names = columns.map(([name]) => name);
  const header: string[] = [];
  let rows = 0;
  const fail = (line: number, fault: string): UserError =>
    new UserError(`${path} line ${line}: ${fault}; make the frames again with \`make frames\``);

  scanCsv(
    path,
    ({ data, start, end, quoted, line, index, last }) => {
      const column = columns[index];
      if (line === 1) {
        header.push(data.toString('utf8', start, end));
        if (last && header.join() !== names.join())
          throw fail(1, `expected the columns ${names.join()}, got ${header.join().slice(0, 500)}`);
        return;
      }
      if (!column || (last && index + 1 < columns.length))
        throw fail(line, `expected ${columns.length} cells, got ${column ? index + 1 : 'more'}`);
      if (last) rows += 1;
      const [name, { type }] = column;
      // A cell with nothing between its commas is a null of any type; "" is a string.
      if (type === 'string' || (start === end && !quoted)) return;
      const text = data.toString('latin1', start, end);
      if (!fits(type, text))
        throw fail(line, `column "${name}": expected ${type}, got ${JSON.stringify(text.slice(0, 80))}`);
    },
    fail,
  );
  if (header.length === 0) throw fail(1, 'the file is empty, it has no header');
  return rows;
}
