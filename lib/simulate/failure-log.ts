import { TimeQueue } from '../time-queue.js';
import { hiddenFile, readAt } from './blocks.js';
import {
  emptyFailures,
  type Failures,
  type Keys,
  newKeys,
  readFailures,
  rowsInBatch,
} from './read-failures.js';

/** All failures, attempts and logins of a frame. */
export interface FailureLog {
  readonly keys: Keys;
  readonly length: number;
  /** Walks them in the order in which they were written: sources side by side, late lines where they stand. */
  walk(visit: (rows: Failures, at: number) => void): void;
}

/** Rows of one source, one after another. */
interface Run {
  /** Place of the next row, and of the first behind the run. */
  next: number;
  end: number;
  /** Latest time of the source so far: what comes late is read when it comes. */
  clock: number;
  /** The rows about the next one; null before the first. */
  rows: Failures | null;
}

/**
 * Reads a frame once, into a hidden file: what is in memory while it is walked are some rows of each source that was
 * being written at that time.
 * @param knownGood accounts whose logins count; null takes all
 */
export function failureLog(folder: string, knownGood: ReadonlySet<string> | null): FailureLog {
  const keys = newKeys();
  const file = hiddenFile();
  const runs: { first: number; end: number; time: number }[] = [];
  let length = 0;
  let source = -1;
  readFailures(folder, keys, knownGood, (batch) => {
    for (let at = 0; at < batch.length; at++) {
      const run = runs.at(-1);
      const end = length + at + 1;
      if (run && batch.source[at] === source) run.end = end;
      else runs.push({ first: end - 1, end, time: batch.time[at] ?? 0 });
      source = batch.source[at] ?? -1;
    }
    length += batch.length;
    file.append(batch.bytes);
  });
  const size = emptyFailures(rowsInBatch).bytes.length;
  return {
    keys,
    length,
    walk: (visit) => {
      const queue = new TimeQueue<{ at: number; run: Run }>();
      for (const { first, end, time } of runs)
        queue.push({ at: time, run: { next: first, end, clock: time, rows: null } });
      const free: Failures[] = [];
      const rowsAbout = (run: Run): Failures => {
        if (run.rows && run.next % rowsInBatch !== 0) return run.rows;
        run.rows ??= free.pop() ?? emptyFailures(rowsInBatch);
        readAt(file.number, run.rows.bytes, size * Math.floor(run.next / rowsInBatch));
        return run.rows;
      };
      for (let entry = queue.pop(); entry; entry = queue.pop()) {
        const { run } = entry;
        let rows = rowsAbout(run);
        while (run.clock <= queue.next) {
          visit(rows, run.next++ % rowsInBatch);
          if (run.next === run.end) break;
          rows = rowsAbout(run);
          run.clock = Math.max(run.clock, rows.time[run.next % rowsInBatch] ?? 0);
        }
        if (run.next < run.end) queue.push({ at: run.clock, run });
        else free.push(rows);
      }
    },
  };
}
