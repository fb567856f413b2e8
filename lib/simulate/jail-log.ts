/** Everything that one jail of one server could see, address by address: rows of an address in order of time. */
export interface JailLog {
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

/** Arrays that threads can read at the same time. */
const shared = (bytes: number): SharedArrayBuffer => new SharedArrayBuffer(bytes);

/** Where the items of each of `size` addresses begin, and a function that gives the next place of one. */
function places(
  size: number,
  addresses: Iterable<number>,
): { starts: Uint32Array; next: (address: number) => number } {
  const starts = new Uint32Array(shared(4 * (size + 1)));
  for (const address of addresses) starts[address + 1] = (starts[address + 1] ?? 0) + 1;
  for (let at = 1; at <= size; at++) starts[at] = (starts[at] ?? 0) + (starts[at - 1] ?? 0);
  const used = starts.slice();
  return {
    starts,
    next: (address) => {
      const place = used[address] ?? 0;
      used[address] = place + 1;
      return place;
    },
  };
}

/**
 * Sorts what a jail saw by address.
 * @param size one more than the greatest address; @param rows in order of time; can be walked twice
 * @param bans in order of time; of two that overlap the second goes on where the first ends
 */
export function jailLog(
  size: number,
  rows: Iterable<JailRow>,
  bans: readonly RealBan[],
  period: { readonly from: number; readonly to: number },
): JailLog {
  const addressesOf = function* (items: Iterable<{ readonly address: number }>) {
    for (const { address } of items) yield address;
  };
  const byRow = places(size, addressesOf(rows));
  const count = byRow.starts[size] ?? 0;
  const time = new Uint32Array(shared(4 * count));
  const failures = new Uint8Array(shared(count));
  const attempts = new Uint32Array(shared(4 * count));
  const login = new Uint8Array(shared(count));
  for (const row of rows) {
    const place = byRow.next(row.address);
    time[place] = row.time;
    failures[place] = row.failures;
    attempts[place] = row.attempts;
    login[place] = row.login;
  }
  const byBan = places(size, addressesOf(bans));
  const banFrom = new Float64Array(shared(8 * bans.length));
  const banTo = new Float64Array(shared(8 * bans.length));
  for (const ban of bans) {
    const place = byBan.next(ban.address);
    const before = place > (byBan.starts[ban.address] ?? 0) ? (banTo[place - 1] ?? 0) : 0;
    banFrom[place] = Math.max(ban.from, before);
    banTo[place] = Math.max(ban.to, before);
  }
  return {
    ...period,
    ...{ rowsOf: byRow.starts, time, failures, attempts, login },
    ...{ bansOf: byBan.starts, banFrom, banTo },
  };
}
