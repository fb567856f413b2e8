import { closeSync, fsync, mkdirSync, openSync, readSync, statSync, truncateSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import { messageOf, UserError } from '../errors.js';

const sync = promisify(fsync);

/** A file to which answers are added, one JSON object a line. */
export interface AnswerLog {
  /**
   * Writes a line at once, so that it outlives the process, and sends it on its way to the disk.
   * @throws UserError that names the file, from the first line on that does not reach it
   */
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
  let failure: UserError | null = null;
  const failed = (error: unknown): UserError => {
    failure ??= new UserError(
      `${path} cannot be written (${messageOf(error)}), so nothing more is asked; what it has is kept, and the same command goes on from there`,
    );
    return failure;
  };
  let running: Promise<void> = Promise.resolve();
  let waiting: Promise<void> | null = null;
  const flush = (): Promise<void> => {
    waiting ??= running.then(() => {
      waiting = null;
      running = sync(file).catch((error) => {
        throw failed(error);
      });
      return running;
    });
    return waiting;
  };
  return {
    append: (answer) => {
      // Behind the beginning of a line that did not fit, another one would be no line.
      if (failure) throw failure;
      const bytes = Buffer.from(`${JSON.stringify(answer)}\n`);
      try {
        for (let done = 0; done < bytes.length; ) done += writeSync(file, bytes, done);
      } catch (error) {
        throw failed(error);
      }
      // A failure stays: the next line and close() throw it.
      flush().catch(() => {});
    },
    flush,
    close: async () => {
      await flush().finally(() => closeSync(file));
      if (failure) throw failure;
    },
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
