import { purgeAge } from '../ban-settings.js';

/** The last ban of an address in a jail, as the database has it. */
export interface BanRecord {
  readonly address: number;
  /** Time from which the ban runs. */
  readonly time: number;
  /** Seconds, -1 for ever. */
  readonly banTime: number;
  readonly banCount: number;
}

/** fail2ban's database of bans, shared by all jails of a server; it outlives a restart. */
export interface BanDatabase {
  put(jail: string, record: BanRecord): void;
  /** The last ban in a jail, or over all jails: the sum of the counts, and the latest time. */
  last(address: number, jail: string | null): { readonly banCount: number; readonly time: number } | null;
  /** All that is known of a jail, in no certain order. */
  of(jail: string): Iterable<BanRecord>;
  /** Lets go of addresses whose ban was long ago. */
  purge(now: number): void;
}

/**
 * The table bips: the last ban of each address and jail. A ban is forgotten by the first purge at which three times its
 * length and a day have passed. What a purge forgets is looked for when it is asked for: most is never asked for.
 */
export function banDatabase(): BanDatabase {
  const jails = new Map<string, Map<number, BanRecord>>();
  let purged = Number.NEGATIVE_INFINITY;
  let limit = 4096;
  const isForgotten = ({ time, banTime }: BanRecord) =>
    banTime !== -1 && time < purged - purgeAge && time + 3 * banTime < purged - purgeAge;
  const recordOf = (bans: ReadonlyMap<number, BanRecord> | undefined, address: number) => {
    const record = bans?.get(address);
    return record && !isForgotten(record) ? record : null;
  };
  const forget = (bans: Map<number, BanRecord>): void => {
    for (const record of bans.values()) if (isForgotten(record)) bans.delete(record.address);
    limit = Math.max(limit, 2 * bans.size);
  };
  return {
    put: (jail, record) => {
      const bans = jails.get(jail) ?? new Map<number, BanRecord>();
      if (bans.size >= limit) forget(bans);
      jails.set(jail, bans.set(record.address, record));
    },
    last: (address, jail) => {
      if (jail !== null) return recordOf(jails.get(jail), address);
      const records = [...jails.values()].flatMap((bans) => recordOf(bans, address) ?? []);
      if (records.length === 0) return null;
      return {
        banCount: records.reduce((sum, { banCount }) => sum + banCount, 0),
        time: Math.max(...records.map(({ time }) => time)),
      };
    },
    of: (jail) => jails.get(jail)?.values() ?? [],
    purge: (now) => {
      purged = now;
    },
  };
}
