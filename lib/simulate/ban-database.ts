import { purgeAge } from './settings.js';

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

/** The table bips: the last ban of each address and jail. A ban is kept until three times its length and a day have passed. */
export function banDatabase(): BanDatabase {
  const jails = new Map<string, Map<number, BanRecord>>();
  const isLongAgo = ({ time, banTime }: BanRecord, now: number) =>
    time < now - purgeAge && banTime !== -1 && time + 3 * banTime < now - purgeAge;
  return {
    put: (jail, record) => {
      const bans = jails.get(jail) ?? new Map<number, BanRecord>();
      jails.set(jail, bans.set(record.address, record));
    },
    last: (address, jail) => {
      if (jail !== null) return jails.get(jail)?.get(address) ?? null;
      let sum: { banCount: number; time: number } | null = null;
      for (const bans of jails.values()) {
        const record = bans.get(address);
        if (!record) continue;
        sum ??= { banCount: 0, time: record.time };
        sum = { banCount: sum.banCount + record.banCount, time: Math.max(sum.time, record.time) };
      }
      return sum;
    },
    of: (jail) => jails.get(jail)?.values() ?? [],
    purge: (now) => {
      for (const bans of jails.values())
        for (const record of bans.values()) if (isLongAgo(record, now)) bans.delete(record.address);
    },
  };
}
