import { closeSync, fsync, mkdirSync, openSync, readSync, statSync, truncateSync, write } from 'node:fs';
import { dirname } from 'node:path';
import { promisify } from 'node:util';

const writeTo = promisify(write);
const sync = promisify(fsync);

/** A file to which answers are added, one JSON object a line. */
export interface AnswerLog {
  /** Resolves when the line is on the disk. Lines that come while the disk is busy are written together. */
  append(answer: object): Promise<void>;
  /** To be called when every append has resolved. */
  close(): void;
}

/** Opens or begins such a file; the beginning of a line that a killed run has left at its end is cut off. */
export function openAnswerLog(path: string): AnswerLog {
  mkdirSync(dirname(path), { recursive: true });
  cutUnfinished(path);
  const file = openSync(path, 'a');
  let pending = '';
  let last: Promise<void> = Promise.resolve();
  let next: Promise<void> | null = null;
  const commit = async (): Promise<void> => {
    next = null;
    const bytes = Buffer.from(pending);
    pending = '';
    for (let done = 0; done < bytes.length; )
      done += (await writeTo(file, bytes, done, bytes.length - done)).bytesWritten;
    await sync(file);
  };
  return {
    append: (answer) => {
      pending += `${JSON.stringify(answer)}\n`;
      if (!next) {
        next = last.then(commit);
        last = next;
      }
      return next;
    },
    close: () => closeSync(file),
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
