import { goOn, type Pace } from './go-on.js';
import type { JailLog } from './jail-log.js';
import type { Outcome, World } from './outcome.js';

/** What has to be known of the log beside its rows. */
export interface Habits {
  /** Findtime of the jail when the log was written, seconds: so far back reach the tries that led to a ban. */
  readonly findtime: number;
  /** Seconds between tries, for an attacker of whom one alone was seen. */
  readonly gap: number;
}

/** Silence after which an address begins a new visit, seconds. */
const visitGap = 3600;

/** Rows of one address, and its real bans, by place in the log. */
interface Span {
  readonly firstRow: number;
  readonly endRow: number;
  readonly firstBan: number;
  readonly endBan: number;
}

export const spanOf = ({ rowsOf, bansOf }: JailLog, address: number): Span => ({
  firstRow: rowsOf[address] ?? 0,
  endRow: rowsOf[address + 1] ?? 0,
  firstBan: bansOf[address] ?? 0,
  endBan: bansOf[address + 1] ?? 0,
});

function meetRow(world: World, log: JailLog, row: number): boolean {
  return world.meet(log.time[row] ?? 0, log.failures[row] ?? 0, log.attempts[row] ?? 0, log.login[row] ?? 0);
}

/**
 * The least that an address would have done: banned, it gives up. One that was really banned and came back gives up the
 * visit, and comes back when it did; of any other nothing more is heard. Logins are tried in any case.
 */
export function givesUp(world: World, log: JailLog, address: number): Outcome {
  const { firstRow, endRow, firstBan, endBan } = spanOf(log, address);
  const cameBack = endBan > firstBan && (log.time[endRow - 1] ?? 0) > (log.banTo[firstBan] ?? 0);
  let isGone = false;
  let ban = firstBan;
  let before = Number.POSITIVE_INFINITY;
  world.begin(address);
  for (let row = firstRow; row < endRow; row++) {
    const time = log.time[row] ?? 0;
    let isNew = time - before > visitGap;
    for (; ban < endBan && (log.banTo[ban] ?? 0) < time; ban++) isNew = true;
    if (isNew && cameBack) isGone = false;
    before = time;
    if (isGone && log.login[row] === 0) continue;
    if (!meetRow(world, log, row) || world.bannedUntil(time) !== null) isGone = true;
  }
  return world.end();
}

/**
 * The most: while it was really banned, and not in the log, it went on at the quickest pace that it had. Where the
 * bans in question are longer than the real ones, more attempts of a slower attacker may get through: an even pace of
 * maxretry - 1.5 tries a findtime is never banned.
 */
export function goesOn(world: World, log: JailLog, address: number, habits: Habits, grows: boolean): Outcome {
  const { firstRow, endRow, firstBan, endBan } = spanOf(log, address);
  let ban = firstBan;
  let since = 0;
  world.begin(address);
  for (let row = firstRow; row < endRow; row++) {
    meetRow(world, log, row);
    const next = row + 1 < endRow ? (log.time[row + 1] ?? 0) : log.to + 1;
    for (; ban < endBan && (log.banFrom[ban] ?? 0) < next; ban++) {
      const end = Math.min(next, log.banTo[ban] ?? 0);
      const from = Math.max(since, (log.banFrom[ban] ?? 0) - habits.findtime);
      const pace = paceOf(log, firstRow, row, from, habits);
      const start = (log.time[row] ?? 0) + pace.gap;
      if (start < end) goOn(world, pace, start, Math.max(start, since), end, grows);
      if ((log.banTo[ban] ?? 0) >= next) break;
      since = log.banTo[ban] ?? 0;
    }
  }
  return world.end();
}

/** Rows of a visit that are looked at for its pace, from its end. */
const longestVisit = 64;

/** The tries up to a row as a pattern that repeats; the pause before it repeats is the shortest between two of them. */
function paceOf(
  log: JailLog,
  first: number,
  last: number,
  from: number,
  habits: Habits,
): Pace & { gap: number } {
  let begin = last;
  while (begin > first && last - begin < longestVisit && (log.time[begin - 1] ?? 0) > from) begin -= 1;
  const start = log.time[begin] ?? 0;
  const [offsets, failures, attempts]: [number[], number[], number[]] = [[], [], []];
  let gap = Number.POSITIVE_INFINITY;
  for (let row = begin; row <= last; row++) {
    const offset = (log.time[row] ?? 0) - start;
    const before = offsets.at(-1);
    if (before === undefined || offset > before) {
      if (before !== undefined) gap = Math.min(gap, offset - before);
      offsets.push(offset);
      failures.push(0);
      attempts.push(0);
    }
    const at = offsets.length - 1;
    failures[at] = (failures[at] ?? 0) + (log.failures[row] ?? 0);
    attempts[at] = (attempts[at] ?? 0) + (log.attempts[row] ?? 0);
  }
  if (gap === Number.POSITIVE_INFINITY) gap = habits.gap;
  return { offsets, failures, attempts, gap, period: (offsets.at(-1) ?? 0) + gap };
}

/** Seconds between two tries of the same address, the middle of all such that no real ban lies between. */
export function usualGap(parts: Iterable<JailLog>): number {
  const gaps = new Uint32Array(visitGap + 1);
  for (const log of parts)
    for (let address = 0; address + 1 < log.rowsOf.length; address++) {
      const { firstRow, endRow } = spanOf(log, address);
      for (let row = firstRow + 1; row < endRow; row++) {
        const gap = (log.time[row] ?? 0) - (log.time[row - 1] ?? 0);
        if (gap > 0 && gap <= visitGap) gaps[gap] = (gaps[gap] ?? 0) + 1;
      }
    }
  const half = gaps.reduce((sum, count) => sum + count, 0) >> 1;
  let before = 0;
  const middle = gaps.findIndex((count) => {
    before += count;
    return before > half;
  });
  return middle === -1 ? visitGap : middle;
}
