import { ZmqServer } from 'tslab/dist/jupyter.js';
import {
  CellHandler,
  CellState,
  type Execute,
  type Publish,
  watchedExecutor,
  watchProcess,
} from './cell-handler.js';
import type { CellLines } from './cell-lines.js';

type Message = Parameters<ZmqServer['handleExecute']>[1];

/** tslab's server with an execute_reply that tells the error, and the messages `execute_input` and `error`. */
class CellServer extends ZmqServer {
  readonly #cells: CellHandler;

  constructor(cells: CellHandler, connectionFile: string) {
    super(cells, connectionFile);
    this.#cells = cells;
  }

  override async handleExecute(socket: unknown, message: Message): Promise<void> {
    const send = (type: string, content: object, to: unknown) => {
      const out = message.createReply();
      out.header.msg_type = type;
      out.content = content;
      out.signAndSend(this.connInfo.key, to);
    };
    const publish: Publish = (type, content) => send(type, content, this.iopub);
    const reply = await this.#cells.run(
      message.content as Execute[0],
      [
        (name, text) => publish('stream', { name, text }),
        (data, update) => publish(update ? 'update_display_data' : 'display_data', data),
      ],
      publish,
    );
    send('execute_reply', reply, socket);
  }
}

/** Ends the kernel when Jupyter is gone without saying so, else it would stay for ever. */
function endWithParent(): void {
  const parent = process.ppid;
  setInterval(() => process.ppid !== parent && process.exit(1), 5_000).unref();
}

/** Serves tslab's TypeScript kernel at the sockets of a Jupyter connection file. */
export async function startKernel(connectionFile: string, lines: CellLines): Promise<void> {
  const state = new CellState(lines);
  const executor = watchedExecutor(state);
  process.on('SIGINT', () => executor.interrupt());
  watchProcess(state);
  endWithParent();
  await new CellServer(new CellHandler(executor, state), connectionFile).init();
}
