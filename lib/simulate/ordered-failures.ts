import { TimeQueue } from '../time-queue.js';
import { emptyFailures, type Failures, type Keys, readFailures } from './read-failures.js';

const columns = [
  'time',
  'address',
  'failures',
  'attempts',
  'login',
  'service',
  'host',
  'source',
  'line',
] as const;

/** Rows of one source, one after another. */
interface Run {
  /** Place of the next row, and of the first behind the run. */
  next: number;
  readonly end: number;
  /** Latest time of the source so far: what comes late is read when it comes. */
  clock: number;
}

/** All failures of a frame in the order in which they were written: sources side by side, late lines where they stand. */
export function allFailures(folder: string, keys: Keys, knownGood: ReadonlySet<string> | null): Failures {
  let rows = emptyFailures(1 << 12);
  readFailures(folder, keys, knownGood, (batch) => {
    const length = rows.length + batch.length;
    if (length > rows.time.length) rows = copied(rows, Math.max(length, 2 * rows.time.length));
    for (const name of columns) rows[name].set(batch[name].subarray(0, batch.length), rows.length);
    rows.length = length;
  });
  return inOrder(rows);
}

function copied(rows: Failures, size: number): Failures {
  const wider = emptyFailures(size);
  for (const name of columns) wider[name].set(rows[name].subarray(0, rows.length));
  wider.length = rows.length;
  return wider;
}

function inOrder(rows: Failures): Failures {
  const runs = runsOf(rows);
  if (runs.every(({ clock }, at) => at === 0 || clock >= latestOf(rows, runs[at - 1]))) return rows;
  const order = new Uint32Array(rows.length);
  const queue = new TimeQueue<{ at: number; run: Run }>();
  for (const run of runs) queue.push({ at: run.clock, run });
  for (let place = 0; place < rows.length; place++) {
    const { run } = queue.pop() as { run: Run };
    order[place] = run.next++;
    if (run.next === run.end) continue;
    run.clock = Math.max(run.clock, rows.time[run.next] ?? 0);
    queue.push({ at: run.clock, run });
  }
  const sorted = emptyFailures(rows.length);
  sorted.length = rows.length;
  for (const name of columns)
    for (let at = 0; at < order.length; at++) sorted[name][at] = rows[name][order[at] ?? 0] ?? 0;
  return sorted;
}

function runsOf(rows: Failures): Run[] {
  const runs: Run[] = [];
  let begin = 0;
  for (let at = 1; at <= rows.length; at++) {
    if (at < rows.length && rows.source[at] === rows.source[begin]) continue;
    if (at > begin) runs.push({ next: begin, end: at, clock: rows.time[begin] ?? 0 });
    begin = at;
  }
  return runs;
}

function latestOf(rows: Failures, run: Run | undefined): number {
  let latest = 0;
  for (let at = run?.next ?? 0; at < (run?.end ?? 0); at++) latest = Math.max(latest, rows.time[at] ?? 0);
  return latest;
}
