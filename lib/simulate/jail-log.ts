import { type Block, carver } from './blocks.js';

/** What one jail of one server could see of some addresses, one after the other: rows of an address in order of time. */
export interface JailLog extends Block {
  /** First and last second that the log covers. */
  readonly from: number;
  readonly to: number;
  /** Rows of address n are those from `rowsOf[n]` up to `rowsOf[n + 1]`; its bans likewise. */
  readonly rowsOf: Uint32Array;
  readonly time: Uint32Array;
  /** Failures that the jail's filter counts: 0 or 1. */
  readonly failures: Uint8Array;
  /** Attempts to log in. */
  readonly attempts: Uint32Array;
  /** 1 where a known account logged in. */
  readonly login: Uint8Array;
  /** Bans that were really in force while the log was written; they end before the next of the address begins. */
  readonly bansOf: Uint32Array;
  readonly banFrom: Float64Array;
  readonly banTo: Float64Array;
}

/** A row before it is sorted to its address. */
export interface JailRow {
  readonly address: number;
  readonly time: number;
  readonly failures: number;
  readonly attempts: number;
  readonly login: number;
}

export interface RealBan {
  readonly address: number;
  readonly from: number;
  /** Infinity for a ban without an end. */
  readonly to: number;
}

/** How much of each there is. */
export interface JailLogSize {
  readonly addresses: number;
  readonly rows: number;
  readonly bans: number;
}

/** The first and the last second of a log. */
export interface Period {
  readonly from: number;
  readonly to: number;
}

/** A log of so many addresses, rows and bans, to be filled. */
export function emptyJailLog({ addresses, rows, bans }: JailLogSize, { from, to }: Period): JailLog {
  const bytes = new Uint8Array(16 * bans + 8 * (addresses + 1) + 10 * rows);
  const carve = carver(bytes.buffer);
  const [banFrom, banTo] = [carve(Float64Array, bans), carve(Float64Array, bans)];
  const [rowsOf, bansOf] = [carve(Uint32Array, addresses + 1), carve(Uint32Array, addresses + 1)];
  const [time, attempts] = [carve(Uint32Array, rows), carve(Uint32Array, rows)];
  const [failures, login] = [carve(Uint8Array, rows), carve(Uint8Array, rows)];
  return { from, to, bytes, rowsOf, time, failures, attempts, login, bansOf, banFrom, banTo };
}

/** Items in order of time, each of an address; can be walked again. */
export type Walk<T extends { readonly address: number }> = (visit: (item: T) => void) => void;

/** Numbers of items by address, put into where the items of each begin. @returns gives the next place of one */
function places(starts: Uint32Array): (address: number) => number {
  for (let at = 1; at < starts.length; at++) starts[at] = (starts[at] ?? 0) + (starts[at - 1] ?? 0);
  const used = starts.slice();
  return (address) => {
    const place = used[address] ?? 0;
    used[address] = place + 1;
    return place;
  };
}

const countAfter = (counts: Uint32Array, address: number): void => {
  counts[address + 1] = (counts[address + 1] ?? 0) + 1;
};

/**
 * Sorts what a jail saw by address.
 * @param size every address is below `addresses`; @param bans in order of time; of two that overlap the second goes on where the first ends
 */
export function jailLog(
  size: JailLogSize,
  rows: Walk<JailRow>,
  bans: Walk<RealBan>,
  period: Period,
): JailLog {
  const log = emptyJailLog(size, period);
  rows(({ address }) => countAfter(log.rowsOf, address));
  bans(({ address }) => countAfter(log.bansOf, address));
  const [placeOfRow, placeOfBan] = [places(log.rowsOf), places(log.bansOf)];
  rows((row) => {
    const place = placeOfRow(row.address);
    log.time[place] = row.time;
    log.failures[place] = row.failures;
    log.attempts[place] = row.attempts;
    log.login[place] = row.login;
  });
  bans(({ address, from, to }) => {
    const place = placeOfBan(address);
    const before = place > (log.bansOf[address] ?? 0) ? (log.banTo[place - 1] ?? 0) : 0;
    log.banFrom[place] = Math.max(from, before);
    log.banTo[place] = Math.max(to, before);
  });
  return log;
}
