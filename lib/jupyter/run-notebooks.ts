import { type ChildProcess, fork } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { basename, dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { UserError } from '../errors.js';
import { root } from './paths.js';
import type { Failure } from './read-notebook.js';
import type { Answer, Task } from './serve-notebooks.js';

export type { Task } from './serve-notebooks.js';

export interface RunOptions {
  /** Kernels that run side by side. @default the number of cores, four at most */
  readonly concurrency?: number;
  /** Called for each notebook that ran through, before the others have ended. */
  readonly onDone?: (task: Task) => void;
}

/** A cell over a large year may take long; a notebook that takes longer than this hangs. */
const LIMIT_MS = 1_800_000;

const program = fileURLToPath(new URL('../../dist/jupyter/notebook-worker.js', import.meta.url));

function failureText(path: string, { cell, count, error, message, place }: Failure): string {
  const at = `${path}: cell ${cell}${count === null ? '' : ` (In [${count}])`}`;
  return `${at}${place === null ? '' : `, ${place}`}: ${error}: ${message}`;
}

/** A kernel's process with the folder of the notebooks as its own, from where cells import. */
class Kernel {
  readonly folder: string;
  readonly #child: ChildProcess;
  #said = '';

  constructor(folder: string) {
    this.folder = folder;
    this.#child = fork(program, { cwd: folder, execArgv: [], silent: true });
    this.#child.stderr?.on('data', (chunk) => {
      this.#said = (this.#said + String(chunk)).slice(-2000);
    });
  }

  /** Runs one notebook; returns what went wrong, one text a failure. */
  run(task: Task): Promise<string[]> {
    return new Promise((done) => {
      const child = this.#child;
      const end = (failures: string[]): void => {
        clearTimeout(timer);
        child.removeAllListeners('message').removeAllListeners('exit');
        done(failures);
      };
      const timer = setTimeout(() => {
        child.kill('SIGKILL');
        end([`${task.path}: ended after ${LIMIT_MS / 60_000} minutes`]);
      }, LIMIT_MS);
      child.on('exit', (code, signal) =>
        end([
          `${task.path}: the kernel ended with ${signal ?? code}${this.#said && `:\n${this.#said.trim()}`}`,
        ]),
      );
      child.on('message', (answer: Answer) =>
        end(
          'error' in answer
            ? [`${task.path}: ${answer.error}`]
            : answer.failures.map((failure) => failureText(task.path, failure)),
        ),
      );
      child.send(task);
    });
  }

  close(): void {
    this.#child.kill();
  }
}

/** Takes tasks until none is left. A kernel is kept warm for the next notebook, unless one failed in it. */
async function work(queue: Task[], options: RunOptions, failed: Map<Task, string[]>): Promise<void> {
  let kernel: Kernel | null = null;
  for (let task = queue.shift(); task; task = queue.shift()) {
    const folder = resolve(dirname(task.path));
    if (kernel?.folder !== folder) {
      kernel?.close();
      kernel = new Kernel(folder);
    }
    rmSync(task.out, { force: true }); // an old result must not pass for a new one
    const start = performance.now();
    const failures = await kernel.run(task);
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    const end = failures.length === 0 ? 'ran' : 'FAILED';
    process.stderr.write(`${basename(task.out, '.ipynb')}: ${end} in ${seconds} s\n`);
    if (failures.length === 0) options.onDone?.(task);
    else {
      failed.set(task, failures);
      kernel.close();
      kernel = null;
    }
  }
  kernel?.close();
}

/**
 * Executes notebooks in the project's kernel, without Jupyter, and writes the executed copies. Kernels are processes
 * that stay warm from notebook to notebook; each notebook starts with no variable of another.
 * @throws UserError that lists every failing cell of every notebook, in the order of `tasks`
 */
export async function runNotebooks(tasks: readonly Task[], options: RunOptions = {}): Promise<void> {
  if (!existsSync(program)) throw new UserError(`${program} is not there; run npm run build in ${root}`);
  const queue = [...tasks];
  const kernels = Math.min(options.concurrency ?? Math.min(availableParallelism(), 4), tasks.length);
  const failed = new Map<Task, string[]>();
  await Promise.all(Array.from({ length: kernels }, () => work(queue, options, failed)));
  const all = tasks.flatMap((task) => failed.get(task) ?? []);
  if (all.length > 0) throw new UserError(`notebooks failed:\n${all.join('\n')}`);
}
