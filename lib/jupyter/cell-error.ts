import { inspect } from 'node:util';
import type { CellLines } from './cell-lines.js';

/** What Jupyter's protocol says of a failed cell; the traceback names the cell and the line. */
export interface CellError {
  readonly ename: string;
  readonly evalue: string;
  readonly traceback: readonly string[];
}

/** Name under which a cell's code is compiled, so that stack frames tell the cell. */
export const cellFile = (cell: number): string => `cell-${cell}.ts`;

const frame = /\bcell-(\d+)\.ts:(\d+)(?::(\d+))?/g;

/** Frames of Node, of tslab and of the kernel itself: they tell the reader of a notebook nothing. */
const innerFrame = /\(?node:|node_modules[\\/]tslab[\\/]|[\\/]jupyter[\\/]kernel\.js/;

function readableFrames(stack: string, lines: CellLines): string[] {
  const texts = stack.split('\n');
  const calls = texts.filter((text) => /^\s+at /.test(text) && !innerFrame.test(text));
  // A SyntaxError has no call in the cell; its place stands above the message.
  const places = calls.length > 0 ? calls : texts.filter((text) => /^cell-\d+\.ts:/.test(text));
  const readable = places.map((text) =>
    text.replace(frame, (_, cell: string, line: string, column: string | undefined) => {
      const source = lines.source(Number(cell), Number(line), Number(column ?? 1));
      return source === null ? `In [${cell}]` : `In [${cell}], line ${source}`;
    }),
  );
  return readable.filter((text, index) => text !== readable[index - 1]);
}

/** Place in the cell that failed, else in the first cell named: functions of earlier cells throw too. */
function place(frames: readonly string[], cell: number): string {
  const own = new RegExp(`In \\[${cell}\\], line \\d+`);
  const named = frames.map((text) => own.exec(text)?.[0]).find(Boolean);
  return named ?? /In \[\d+\], line \d+/.exec(frames.join('\n'))?.[0] ?? `In [${cell}]`;
}

function nameOf(error: Error): string {
  // Node's own errors carry their code in the stack only: `TypeError [ERR_X]`; the plain name reads better.
  return error.name || error.constructor.name || 'Error';
}

/** Describes what a cell threw, or what a promise that it left alone was rejected with. */
export function thrownError(thrown: unknown, cell: number, lines: CellLines): CellError {
  if (!(thrown instanceof Error)) {
    const evalue = typeof thrown === 'string' ? thrown : inspect(thrown);
    return { ename: 'Thrown', evalue, traceback: [`Thrown: ${evalue}`, `    at In [${cell}]`] };
  }
  const ename = nameOf(thrown);
  const frames = readableFrames(thrown.stack ?? '', lines);
  const cause = thrown.cause === undefined ? [] : [`Caused by: ${inspect(thrown.cause)}`];
  return {
    ename,
    evalue: thrown.message,
    traceback: [`${ename}: ${thrown.message}`, `    at ${place(frames, cell)}`, ...frames, ...cause],
  };
}

/** One message of tslab's compiler about a cell; lines and characters count from 0. */
export interface Complaint {
  readonly start: { readonly line: number; readonly character: number };
  readonly messageText: string;
}

/** Describes a cell that does not compile, with the place of each complaint. */
export function compileError(complaints: readonly Complaint[], cell: number): CellError {
  const evalue = complaints[0]?.messageText ?? 'does not compile';
  const places = complaints.map(
    ({ start, messageText }) =>
      `    at In [${cell}], line ${start.line + 1}, column ${start.character + 1}: ${messageText}`,
  );
  return { ename: 'CompileError', evalue, traceback: [`CompileError: ${evalue}`, ...places] };
}
