import { closeSync, fsync, mkdirSync, openSync, readSync, statSync, truncateSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { promisify } from 'node:util';

const sync = promisify(fsync);

/** A file to which answers are added, one JSON object a line. */
export interface AnswerLog {
  /** Writes a line at once, so that it outlives the process, and sends it on its way to the disk. */
  append(answer: object): void;
  /** Resolves when all lines are on the disk. Lines that come while the disk is busy share one fsync. */
  flush(): Promise<void>;
  /** @throws what kept a line from the disk */
  close(): Promise<void>;
}

/** Opens or begins such a file; the beginning of a line that a killed run has left at its end is cut off. */
export function openAnswerLog(path: string): AnswerLog {
  mkdirSync(dirname(path), { recursive: true });
  cutUnfinished(path);
  const file = openSync(path, 'a');
  let running: Promise<void> = Promise.resolve();
  let waiting: Promise<void> | null = null;
  const flush = (): Promise<void> => {
    waiting ??= running.then(() => {
      waiting = null;
      running = sync(file);
      return running;
    });
    return waiting;
  };
  return {
    append: (answer) => {
      const bytes = Buffer.from(`${JSON.stringify(answer)}\n`);
      for (let done = 0; done < bytes.length; ) done += writeSync(file, bytes, done);
      // A failure stays, and close() throws it.
      flush().catch(() => {});
    },
    flush,
    close: () => flush().finally(() => closeSync(file)),
  };
}

function cutUnfinished(path: string): void {
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  const file = size > 0 ? openSync(path, 'r') : null;
  if (file === null) return;
  const byte = Buffer.alloc(1);
  let end = size;
  const endsAt = (at: number): boolean => readSync(file, byte, 0, 1, at - 1) === 1 && byte[0] === 10;
  while (end > 0 && !endsAt(end)) end--;
  closeSync(file);
  if (end < size) truncateSync(path, end);
}
