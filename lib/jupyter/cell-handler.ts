import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Converter, createConverter } from 'tslab/dist/converter.js';
import { createExecutor, type Executor } from 'tslab/dist/executor.js';
import { JupyterHandlerImpl } from 'tslab/dist/jupyter.js';
import { type CellError, cellFile, compileError, thrownError } from './cell-error.js';
import type { CellLines } from './cell-lines.js';
import { expandShorthand } from './expand-shorthand.js';

export type Execute = Parameters<JupyterHandlerImpl['handleExecute']>;
/** Sends a message of Jupyter's protocol to whoever watches. */
export type Publish = (type: string, content: object) => void;

/** Requests that reach the kernel this soon after a failure were sent before it: tslab 1.0.22 waits as long. */
const ABORT_MS = 200;

/** What went wrong in the cell that runs now, and the number of that cell. */
export class CellState {
  cell = 0;
  readonly errors: CellError[] = [];

  constructor(readonly lines: CellLines) {}

  fail(thrown: unknown): void {
    this.errors.push(thrownError(thrown, this.cell, this.lines));
  }
}

/** tslab's converter that names each cell in stack frames, keeps its line maps and its compile errors. */
function namingConverter(converter: Converter, state: CellState): Converter {
  return {
    ...converter,
    convert(declarations, source) {
      const result = converter.convert(declarations, expandShorthand(source));
      if (result.diagnostics.length > 0) state.errors.push(compileError(result.diagnostics, state.cell));
      state.lines.keep(state.cell);
      if (!result.output) return result;
      return { ...result, output: `${result.output}\n//# sourceURL=${cellFile(state.cell)}` };
    },
  };
}

/** tslab's executor that keeps what a cell threw; it always says ok, so that tslab does not clear its queue. */
export function watchedExecutor(state: CellState): Executor {
  const node = namingConverter(createConverter({ isJS: false, isBrowser: false }), state);
  // tslab 1.0.22 dist/executor.js: one argument is a thrown value; several are a formatted compile error.
  const error = (...args: unknown[]) => {
    if (args.length === 1) state.fail(args[0]);
  };
  const converters = { node, browser: node, close: () => node.close() };
  const executor = createExecutor(process.cwd(), converters, { log: console.log, error });
  const execute = async (source: string) => {
    try {
      await executor.execute(source);
    } catch (thrown) {
      state.fail(thrown);
    }
    await nextTurn(); // rejections that nobody handles are told at the end of a turn
    return true;
  };
  return { ...executor, execute };
}

/** Runs cells one after the other and answers as Jupyter's protocol asks, which tslab's own handler does not. */
export class CellHandler extends JupyterHandlerImpl {
  readonly #state: CellState;
  #last: Promise<unknown> = Promise.resolve();
  #abortBefore = 0;

  constructor(executor: Executor, state: CellState) {
    super(executor, false);
    this.#state = state;
  }

  /** Takes the cell into the queue; a failure drops those behind it, unless its sender asked otherwise. */
  run(request: Execute[0], streams: [Execute[1], Execute[2]], publish: Publish): Promise<object> {
    const arrived = Date.now();
    const reply = this.#last.then(() =>
      arrived < this.#abortBefore ? { status: 'aborted' } : this.#runNow(request, streams, publish),
    );
    this.#last = reply.catch(() => undefined);
    return reply;
  }

  async #runNow(request: Execute[0], streams: [Execute[1], Execute[2]], publish: Publish): Promise<object> {
    const state = this.#state;
    const execution_count = ++state.cell;
    publish('execute_input', { code: request.code, execution_count });
    await super.handleExecute(request, ...streams);
    const [error, ...more] = state.errors.splice(0);
    if (!error) return { status: 'ok', execution_count, user_expressions: {}, payload: [] };
    const traceback = [...error.traceback, ...more.flatMap((other) => ['Also:', ...other.traceback])];
    publish('error', { ...error, traceback });
    if (request.stop_on_error !== false) this.#abortBefore = Date.now() + ABORT_MS;
    return { status: 'error', execution_count, ...error, traceback };
  }
}

/** Tells the cells of what goes wrong in them after they have returned. */
export function watchProcess(state: CellState): void {
  process.on('uncaughtException', (thrown) => state.fail(thrown));
  process.on('unhandledRejection', (reason) => state.fail(reason));
}
