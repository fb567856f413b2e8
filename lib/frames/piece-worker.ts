/** The thread of a pool: reads the pieces that it is sent. */
import { parentPort, workerData } from 'node:worker_threads';
import { type PieceResult, recordFrames } from './piece-sink.js';
import { type PieceTask, pieceReader } from './read-piece.js';

const read = pieceReader(workerData);

// One after the other, as they come: a mail may wait for its decoder, and the answers have no name.
let before = Promise.resolve();
parentPort?.on('message', (task: PieceTask) => {
  before = before.then(() => answer(task));
});

/** What is sent back: the result, with the memory that the piece came in where that is shared; or what went wrong. */
export type PieceAnswer =
  | { readonly result: PieceResult; readonly memory: SharedArrayBuffer | null }
  | { readonly error: string };

async function answer(task: PieceTask): Promise<void> {
  try {
    const result = await read(task);
    const { buffer } = task.bytes;
    // Each has memory of its own, see ByteText and AddressTally.
    const memory = [
      ...recordFrames.map((frame) => result.frames[frame].bytes.buffer),
      result.addresses.numbers.buffer,
      result.addresses.times.buffer,
    ];
    send(
      { result, memory: buffer instanceof SharedArrayBuffer && !task.keep ? buffer : null },
      memory.filter((each) => each instanceof ArrayBuffer),
    );
  } catch (error) {
    send({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }
}

function send(answer: PieceAnswer, memory: ArrayBuffer[] = []): void {
  parentPort?.postMessage(answer, memory);
}
