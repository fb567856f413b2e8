import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { forgetShown } from '../figures/show.js';
import { CellHandler, CellState, watchedExecutor, watchProcess } from './cell-handler.js';
import type { CellLines } from './cell-lines.js';
import { addOutput, notebookText } from './notebook-text.js';
import {
  type Failure,
  failuresOf,
  joined,
  type Notebook,
  type NotebookOutput,
  readNotebook,
} from './read-notebook.js';

/** One notebook to run: where it is, where its executed copy goes, and what its cells find in the environment. */
export interface Task {
  readonly path: string;
  readonly out: string;
  readonly env: Readonly<Record<string, string>>;
}

/** What the worker answers to a task. */
export type Answer = { readonly failures: readonly Failure[] } | { readonly error: string };

type Executor = ReturnType<typeof watchedExecutor>;

async function runCell(handler: CellHandler, code: string): Promise<NotebookOutput[]> {
  const outputs: NotebookOutput[] = [];
  await handler.run(
    {
      code,
      silent: false,
      store_history: true,
      user_expressions: {},
      allow_stdin: false,
      stop_on_error: false,
    },
    [
      (name, text) => addOutput(outputs, { output_type: 'stream', name, text }),
      ({ data, metadata }) => addOutput(outputs, { output_type: 'display_data', data, metadata }),
    ],
    (type, content) => type === 'error' && addOutput(outputs, { output_type: 'error', ...content }),
  );
  return outputs;
}

/** Runs all cells in an empty kernel; a failing cell does not stop those behind it. */
async function execute(notebook: Notebook, executor: Executor, state: CellState): Promise<Notebook> {
  executor.reset();
  forgetShown();
  state.cell = 0;
  const globals = new Set(Object.keys(globalThis));
  const handler = new CellHandler(executor, state);
  const cells: Notebook['cells'][number][] = [];
  for (const cell of notebook.cells) {
    const code = joined(cell.source);
    if (cell.cell_type !== 'code' || code.trim() === '') cells.push(cell);
    else {
      const outputs = await runCell(handler, code);
      cells.push({ ...cell, execution_count: state.cell, outputs });
    }
  }
  for (const name of Object.keys(globalThis))
    if (!globals.has(name)) Reflect.deleteProperty(globalThis, name);
  return { ...notebook, cells };
}

/** Answers each task that the parent sends, and ends with it. */
export function serveNotebooks(lines: CellLines): void {
  const state = new CellState(lines);
  const executor = watchedExecutor(state);
  const send = process.send?.bind(process);
  watchProcess(state);
  process.on('disconnect', () => process.exit(0));
  process.on('message', async ({ path, out, env }: Task) => {
    Object.assign(process.env, env);
    try {
      const executed = await execute(readNotebook(path), executor, state);
      mkdirSync(dirname(out), { recursive: true });
      writeFileSync(out, notebookText(executed));
      send?.({ failures: failuresOf(executed) } satisfies Answer);
    } catch (error) {
      send?.({ error: error instanceof Error ? error.message : String(error) } satisfies Answer);
    }
  });
}
