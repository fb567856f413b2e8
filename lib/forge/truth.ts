import { isoLocal, type ZoneClock } from '../zone.js';
import type { TimelineItem } from './log-line.js';

/** What is in the files, counted while they are made. Months are local: `2018-12`; hours are local, from 0 to 23. */
export interface Truth {
  /** Failed passwords; a line that was repeated counts as often as it says. */
  readonly failedByMonth: Record<string, number>;
  readonly failedRootByMonth: Record<string, number>;
  readonly bansByMonth: Record<string, number>;
  readonly bansByHour: number[];
  /** Most bans first. */
  readonly bansByCountry: Record<string, number>;
  readonly bans: number;
  /** Addresses in the log, those of logins included. */
  readonly distinctAddresses: number;
  /** The accounts with the most failed passwords, root included. */
  readonly accounts: { account: string; failed: number }[];
  readonly logins: number;
}

export interface TruthCounter {
  add(item: TimelineItem): void;
  result(): Truth;
}

type Counts = Map<string, number>;
const raise = (counts: Counts, key: string, by = 1) => counts.set(key, (counts.get(key) ?? 0) + by);

/** Most first; equals by their code units, which no locale changes. */
const falling = (counts: Counts): [string, number][] =>
  [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));

/** Counts what is written, item by item. @param top accounts that are listed */
export function truthCounter(clock: ZoneClock, top = 20): TruthCounter {
  const failed: Counts = new Map();
  const failedRoot: Counts = new Map();
  const bansOfMonth: Counts = new Map();
  const bansOfCountry: Counts = new Map();
  const accounts: Counts = new Map();
  const bansByHour = Array.from({ length: 24 }, () => 0);
  const seen = new Set<string>();
  let bans = 0;
  let logins = 0;
  return {
    add(item) {
      const local = isoLocal(clock.toLocal(item.at));
      const month = local.slice(0, 7);
      if (item.kind === 'ban') {
        const hour = Number(local.slice(11, 13));
        bans++;
        bansByHour[hour] = (bansByHour[hour] ?? 0) + 1;
        raise(bansOfMonth, month);
        raise(bansOfCountry, item.country);
      } else if (item.kind === 'line') {
        if (item.address !== undefined) seen.add(item.address);
        if (item.accepted) logins++;
        if (!item.failed) return;
        raise(failed, month, item.failed.count);
        raise(accounts, item.failed.account, item.failed.count);
        if (item.failed.account === 'root') raise(failedRoot, month, item.failed.count);
      }
    },
    result: () => ({
      failedByMonth: Object.fromEntries(failed),
      failedRootByMonth: Object.fromEntries(failedRoot),
      bansByMonth: Object.fromEntries(bansOfMonth),
      bansByHour,
      bansByCountry: Object.fromEntries(falling(bansOfCountry)),
      bans,
      distinctAddresses: seen.size,
      accounts: falling(accounts)
        .slice(0, top)
        .map(([account, count]) => ({ account, failed: count })),
      logins,
    }),
  };
}
