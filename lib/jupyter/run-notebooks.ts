import { mkdirSync, rmSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import pLimit from 'p-limit';
import { messageOf, UserError } from '../errors.js';
import { findJupyter, type Jupyter } from './find-jupyter.js';
import { nbconvert } from './nbconvert.js';
import { type Failure, failuresOf, readNotebook } from './read-notebook.js';

export interface RunOptions {
  /** Folder of the executed copies; the notebooks themselves stay as they are. */
  readonly outDir: string;
  /** Added to the kernel's environment, such as BANBOOK_FRAMES. */
  readonly env?: NodeJS.ProcessEnv;
  /** Notebooks that run at the same time. @default 2 */
  readonly concurrency?: number;
  /** Called for each notebook that ran through, before the others have ended. */
  readonly onDone?: (path: string) => void;
}

/** Seconds: a cell over a large year may take long, a kernel on a busy machine may start late. */
const CELL_TIMEOUT = 1800;
const START_TIMEOUT = 180;

const settings = [
  '--to=notebook',
  '--execute',
  '--allow-errors',
  `--ExecutePreprocessor.timeout=${CELL_TIMEOUT}`,
  `--ExecutePreprocessor.startup_timeout=${START_TIMEOUT}`,
  '--ExecutePreprocessor.kernel_name=tslab',
  '--ExecutePreprocessor.record_timing=False', // times of day would make every run a different file
];

function failureText(path: string, { cell, count, error, message, place }: Failure): string {
  const at = `${path}: cell ${cell}${count === null ? '' : ` (In [${count}])`}`;
  return `${at}${place === null ? '' : `, ${place}`}: ${error}: ${message}`;
}

/** Runs one notebook; returns what went wrong, one text a failure. */
async function runOne(jupyter: Jupyter, path: string, options: RunOptions): Promise<string[]> {
  const target = join(options.outDir, basename(path));
  rmSync(target, { force: true }); // an old result must not pass for a new one
  try {
    const args = [...settings, `--output-dir=${resolve(options.outDir)}`, `--output=${basename(path)}`, path];
    await nbconvert(jupyter, args, options.env);
    return failuresOf(readNotebook(target)).map((failure) => failureText(path, failure));
  } catch (error) {
    if (error instanceof UserError) return [`${path}: ${messageOf(error)}`];
    throw error;
  }
}

/**
 * Executes notebooks in the project's kernel and writes the executed copies to `outDir`.
 * @throws UserError that lists every failing cell of every notebook, in the order of `paths`
 */
export async function runNotebooks(paths: readonly string[], options: RunOptions): Promise<void> {
  const jupyter = findJupyter();
  mkdirSync(options.outDir, { recursive: true });
  const limit = pLimit(options.concurrency ?? 2);
  const failures = await Promise.all(
    paths.map((path) =>
      limit(async () => {
        const start = performance.now();
        const failed = await runOne(jupyter, path, options);
        const seconds = ((performance.now() - start) / 1000).toFixed(1);
        process.stderr.write(`${path}: ${failed.length === 0 ? 'ran' : 'FAILED'} in ${seconds} s\n`);
        if (failed.length === 0) options.onDone?.(path);
        return failed;
      }),
    ),
  );
  const all = failures.flat();
  if (all.length > 0) throw new UserError(`notebooks failed:\n${all.join('\n')}`);
}
