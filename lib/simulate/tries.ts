import { spanOf } from './bounds.js';
import type { JailLog } from './jail-log.js';

/** How addresses go about it, by what the log has: all in seconds, in order. */
export interface Tries {
  /** Between two tries of the same address with no real ban between them. */
  readonly gaps: readonly number[];
  /** Of each address that failed `maxretry` times: the shortest span that holds so many failures. A findtime from there on bans it. */
  readonly spans: readonly number[];
  /** From the end of a real ban to the next try of the address, for those that came back while the log lasts. */
  readonly returns: readonly number[];
  /** Real bans that ended while the log lasts; those without a return are the rest. */
  readonly ended: number;
}

const ascending = (values: number[]): number[] => values.sort((a, b) => a - b);

/** @param maxretry failures that ban */
export function triesOf(parts: Iterable<JailLog>, maxretry: number): Tries {
  const found = { gaps: [], spans: [], returns: [], ended: 0 };
  for (const log of parts) addTries(log, maxretry, found);
  const { gaps, spans, returns, ended } = found;
  return { gaps: ascending(gaps), spans: ascending(spans), returns: ascending(returns), ended };
}

interface Found extends Record<'gaps' | 'spans' | 'returns', number[]> {
  ended: number;
}

function addTries(log: JailLog, maxretry: number, found: Found): void {
  const { gaps, spans, returns } = found;
  for (let address = 0; address + 1 < log.rowsOf.length; address++) {
    const { firstRow, endRow, firstBan, endBan } = spanOf(log, address);
    const times: number[] = [];
    const failures: number[] = [];
    for (let row = firstRow; row < endRow; row++) {
      if ((log.attempts[row] ?? 0) > 0) times.push(log.time[row] ?? 0);
      if ((log.failures[row] ?? 0) > 0) failures.push(log.time[row] ?? 0);
    }
    let ban = firstBan;
    for (const [index, time] of times.slice(1).entries()) {
      const before = times[index] ?? 0;
      while (ban < endBan && (log.banTo[ban] ?? 0) <= before) ban += 1;
      if (time > before && !(ban < endBan && (log.banFrom[ban] ?? 0) < time)) gaps.push(time - before);
    }
    const shortest = failures.slice(maxretry - 1).map((time, index) => time - (failures[index] ?? 0));
    if (shortest.length > 0) spans.push(Math.min(...shortest));
    for (let each = firstBan; each < endBan; each++) {
      const to = log.banTo[each] ?? 0;
      if (to > log.to) continue;
      found.ended += 1;
      const until = each + 1 < endBan ? (log.banFrom[each + 1] ?? 0) : Number.POSITIVE_INFINITY;
      const next = times.find((time) => time >= to);
      if (next !== undefined && next <= until) returns.push(next - to);
    }
  }
}

/** The value below which a part of the values lies; null of none. @param values in order */
export const quantile = (values: readonly number[], part: number): number | null =>
  values[Math.min(values.length - 1, Math.floor(part * values.length))] ?? null;
