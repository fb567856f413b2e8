import { readFileSync } from 'node:fs';
import { messageOf, UserError } from '../errors.js';

/** The part of Jupyter's notebook format 4.5 that banbook reads. */
export interface Notebook {
  readonly cells: readonly NotebookCell[];
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly nbformat?: number;
  readonly nbformat_minor?: number;
}

export interface NotebookCell {
  readonly cell_type: 'code' | 'markdown' | 'raw';
  readonly metadata?: Readonly<Record<string, unknown>>;
  readonly source: string | readonly string[];
  readonly execution_count?: number | null;
  readonly outputs?: readonly NotebookOutput[];
}

export interface NotebookOutput {
  readonly output_type: string;
  readonly name?: string;
  readonly text?: string | readonly string[];
  /** The forms of one thing that was shown, by MIME type. */
  readonly data?: Readonly<Record<string, unknown>>;
  readonly metadata?: unknown;
  readonly ename?: string;
  readonly evalue?: string;
  readonly traceback?: readonly string[];
}

/** One reason why a notebook did not run through. */
export interface Failure {
  /** Number of the cell among all cells, from 1. */
  readonly cell: number;
  /** What Jupyter shows as In [n], or null. */
  readonly count: number | null;
  readonly error: string;
  readonly message: string;
  /** Where it was thrown, such as "line 2", or null when the error has no line. */
  readonly place: string | null;
}

/** Source or output text, which the format keeps as one string or as lines. */
export const joined = (text: string | readonly string[] = ''): string =>
  typeof text === 'string' ? text : text.join('');

/** Reads an .ipynb file. */
export function readNotebook(path: string): Notebook {
  try {
    const notebook = JSON.parse(readFileSync(path, 'utf8')) as Notebook;
    if (!Array.isArray(notebook.cells)) throw new Error('it has no cells');
    return { ...notebook, metadata: notebook.metadata ?? {} };
  } catch (error) {
    throw new UserError(`${path} is not a notebook: ${messageOf(error)}`);
  }
}

/** lib/jupyter/cell-error.ts writes the place as "In [3], line 2" on the traceback's second line. */
function placeOf(output: NotebookOutput, count: number | null): string | null {
  const [, cell, line] = /In \[(\d+)\], line (\d+)/.exec(output.traceback?.[1] ?? '') ?? [];
  if (line === undefined) return null;
  return Number(cell) === count ? `line ${line}` : `thrown in In [${cell}], line ${line}`;
}

function cellFailures(cell: NotebookCell, number: number): Failure[] {
  if (cell.cell_type !== 'code' || joined(cell.source).trim() === '') return [];
  const count = cell.execution_count ?? null;
  const errors = (cell.outputs ?? []).filter(({ output_type }) => output_type === 'error');
  if (errors.length === 0 && count === null) {
    return [
      { cell: number, count, error: 'NotRun', message: 'the kernel did not run this cell', place: null },
    ];
  }
  return errors.map((output) => ({
    cell: number,
    count,
    error: output.ename ?? 'Error',
    message: output.evalue ?? '',
    place: placeOf(output, count),
  }));
}

/** Every error that an executed notebook holds, and every code cell that was not run. */
export function failuresOf({ cells }: Notebook): Failure[] {
  return cells.flatMap((cell, index) => cellFailures(cell, index + 1));
}
