/** The thread of a pool: reads the pieces that it is sent. */
import { parentPort, workerData } from 'node:worker_threads';
import { recordFrames } from './piece-sink.js';
import { type PieceTask, pieceReader } from './read-piece.js';

const read = pieceReader(workerData);

// One after the other, as they come: a mail may wait for its decoder, and the answers have no name.
let before = Promise.resolve();
parentPort?.on('message', (task: PieceTask) => {
  before = before.then(() => answer(task));
});

async function answer(task: PieceTask): Promise<void> {
  try {
    const result = await read(task);
    // Each has memory of its own, see ByteText.
    const buffers = recordFrames.map((frame) => result.frames[frame].bytes.buffer as ArrayBuffer);
    parentPort?.postMessage(result, buffers);
  } catch (error) {
    parentPort?.postMessage({
      error: error instanceof Error ? (error.stack ?? error.message) : String(error),
    });
  }
}
