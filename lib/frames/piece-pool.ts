import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Site } from '../site.js';
import type { PieceResult } from './piece-sink.js';
import type { PieceAnswer } from './piece-worker.js';
import type { PieceTask } from './read-piece.js';
import { SpareMemory } from './spare-memory.js';

/** Reads pieces, several at a time. */
export interface PiecePool {
  /** How many pieces may be under way before another one waits. */
  readonly width: number;
  /** Reads a piece, whose bytes are given away unless they are to be kept. */
  read(task: PieceTask): Promise<PieceResult>;
  /** Memory for a piece, of at least so many bytes: that of pieces that have been read is used again. */
  room(size: number): Buffer;
  /** Gives memory back that nobody reads any more. */
  giveBack(memory: ArrayBufferLike): void;
  close(): Promise<void>;
}

/** A pool that reads each piece at once, where it is called: quicker than threads for small input. */
export function onePool(site: Site): PiecePool {
  const spare = new SpareMemory();
  // Where threads read, this one loads no parser.
  const reader = import('./read-piece.js').then(({ pieceReader }) => pieceReader(site));
  return {
    width: 1,
    read: async (task) => {
      const result = await (await reader)({ ...task, ...spare.forRows(task) });
      if (!task.keep) spare.giveBack(task.bytes.buffer);
      return result;
    },
    room: (size) => spare.take(size),
    giveBack: (memory) => spare.giveBack(memory),
    close: async () => {},
  };
}

interface Waiting {
  readonly resolve: (result: PieceResult) => void;
  readonly reject: (error: Error) => void;
}

/** A pool of threads. Each has its pieces in order, the next one waiting when it is done with one. */
export function threadPool(site: Site, threads: number): PiecePool {
  const spare = new SpareMemory();
  const members = Array.from({ length: threads }, () => member(site, spare));
  return {
    width: 2 * threads,
    room: (size) => spare.take(size),
    giveBack: (memory) => spare.giveBack(memory),
    read: (task) =>
      members.reduce((least, next) => (next.waiting.length < least.waiting.length ? next : least)).read(task),
    close: async () => {
      await Promise.all(members.map(({ worker }) => worker.terminate()));
    },
  };
}

function member(site: Site, spare: SpareMemory) {
  // From lib/ under a loader of TypeScript, or from dist/.
  const worker = new Worker(new URL(`./piece-worker${extname(import.meta.url)}`, import.meta.url), {
    workerData: site,
    // Lines of known wordings make few objects: twice this room for them takes 40 MB more and saves no time (305 MB of
    // sshd, 117 MB of maillog, 178 MB of mails).
    resourceLimits: { maxYoungGenerationSizeMb: 24, maxOldGenerationSizeMb: 256 },
  });
  const waiting: Waiting[] = [];
  worker.on('message', (answer: PieceAnswer) => {
    const next = waiting.shift();
    if ('error' in answer) next?.reject(new Error(answer.error));
    else {
      if (answer.memory) spare.giveBack(answer.memory);
      next?.resolve(answer.result);
    }
  });
  worker.on('error', (error) => {
    for (const { reject } of waiting.splice(0)) reject(error);
  });
  const read = (task: PieceTask): Promise<PieceResult> =>
    new Promise((resolve, reject) => {
      waiting.push({ resolve, reject });
      // Buffers of less than half of Node's pool share its memory, and can only be copied.
      const { buffer } = task.bytes;
      const own =
        !task.keep && buffer instanceof ArrayBuffer && 2 * task.bytes.byteLength >= buffer.byteLength;
      worker.postMessage({ ...task, ...spare.forRows(task) }, own ? [buffer] : []);
    });
  return { worker, waiting, read };
}
