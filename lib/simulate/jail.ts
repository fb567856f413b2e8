import type { BanSettings } from '../ban-settings.js';
import type { BanDatabase } from './ban-database.js';
import { banList } from './ban-list.js';
import { banTimeOf } from './ban-time.js';
import { failManager } from './fail-manager.js';
import { endOf, type Ticket } from './ticket.js';

/** What a jail does, as it does it. Tickets change afterwards: take from them what you need. */
export interface JailWatcher {
  /** @param jail its name; @param at the clock */
  ban?(jail: string, ticket: Ticket, at: number): void;
  /** A ban that stood when fail2ban was stopped. */
  restore?(jail: string, ticket: Ticket, at: number): void;
  unban?(jail: string, ticket: Ticket, at: number): void;
  /** Failures of an address that is banned, enough for another ban: `known` now lasts longer. */
  already?(jail: string, known: Ticket, at: number): void;
}

export interface Jail {
  readonly name: string;
  readonly settings: BanSettings;
  /** Moves the clock: bans end. */
  tick(now: number): void;
  /** A line with a failure is read. @param time of its stamp; @param count failures that it counts for */
  failure(address: number, time: number, now: number, count: number): void;
  /** The ban that an address has at the moment. */
  banOf(address: number): Ticket | undefined;
  /** When that ban will be over. */
  endOf(ticket: Ticket): number;
  stop(now: number): void;
  start(now: number): void;
}

export interface JailOptions {
  readonly database: BanDatabase;
  readonly watcher: JailWatcher;
  /** A number from 0 up to 1, for bantime.rndtime. */
  readonly random: () => number;
}

/**
 * One jail of fail2ban 1.0.2: filter, failure manager, observer, ban manager, and what they do for each other. All that
 * its threads do within seconds of each other happens here at once, in the order in which they usually come.
 */
export function jail(name: string, settings: BanSettings, { database, watcher, random }: JailOptions): Jail {
  const { bantime, findtime, maxretry, increment } = settings;
  const failures = failManager(maxretry, findtime);
  const bans = banList(bantime);
  const grow = increment && banTimeOf(increment, random);
  let now = 0;
  const unban = (ticket: Ticket): void => watcher.unban?.(name, ticket, now);

  /**
   * An address with earlier bans counts more for each failure: 2, 3, 5, 9 … in place of 1.
   * @param isFirst whether the failure began the ticket; @param isTaken whether the ticket has become a ban already
   */
  const observeFailure = (ticket: Ticket, time: number, isFirst: boolean, isTaken: boolean): void => {
    const last = database.last(ticket.address, name);
    if (!last || time <= last.time) return;
    const weight = Math.min(2 ** Math.min(last.banCount, 20) / 2 + 1, maxretry);
    if (weight <= 1) return;
    if (!isTaken) failures.addMore(ticket, weight - 1);
    if (isFirst) ticket.banCount = Math.max(ticket.banCount, last.banCount);
  };

  /** Makes the ban longer where the address was banned before. */
  const lengthen = (ticket: Ticket): void => {
    const last = database.last(ticket.address, increment?.overalljails ? null : name);
    if (!grow || bantime <= 0 || !last) return;
    if (last.banCount >= ticket.banCount) ticket.banCount = last.banCount + 1;
    const grown = last.banCount > 0 ? grow(bantime, last.banCount) : bantime;
    if (grown === null) return;
    ticket.banTime = grown;
    if (ticket.banTime < bantime) bans.shortened(ticket);
    // A line that was read before a restart, and is read again.
    if (ticket.time <= last.time) ticket.restored = true;
  };

  const enter = (ticket: Ticket): void => {
    lengthen(ticket);
    if (endOf(ticket, bantime) < now || ticket.restored) return;
    const { address, time, banCount } = ticket;
    database.put(name, { address, time, banTime: ticket.banTime ?? bantime, banCount });
  };

  const ban = (ticket: Ticket): void => {
    const added = bans.add(ticket, now);
    if (added.as === 'already') watcher.already?.(name, added.known, now);
    if (added.as !== 'ban') return;
    if (ticket.restored) {
      watcher.restore?.(name, ticket, now);
      return;
    }
    enter(ticket);
    watcher.ban?.(name, ticket, now);
  };

  /** Bans again what stands in the database, at the most for as long as the settings allow now. */
  const restore = (): void => {
    const longest = increment ? (increment.maxtime ?? -1) : bantime;
    for (const record of database.of(name)) {
      const { address, time, banCount } = record;
      const isLonger = longest > 0 && (record.banTime === -1 || record.banTime > longest);
      const banTime = isLonger ? longest : record.banTime;
      if (banTime !== -1 && time + banTime <= now) continue;
      if (!increment && bantime !== -1 && time <= now - bantime) continue;
      const counts = { first: time, retry: 0, failures: 0, touched: now };
      ban({ address, time, banTime, banCount, restored: true, ...counts });
    }
  };

  return {
    name,
    settings,
    tick: (at) => {
      now = at;
      bans.takeOver(now, unban);
    },
    failure: (address, time, at, count) => {
      now = at;
      const ticket = failures.add(address, time, now, count);
      const isFirst = ticket.failures === 1;
      let taken = failures.take(ticket);
      if (increment) {
        observeFailure(ticket, time, isFirst, taken !== null);
        taken ??= failures.take(ticket);
      }
      if (taken) ban(taken);
    },
    banOf: (address) => bans.get(address),
    endOf: (ticket) => endOf(ticket, bantime),
    stop: (at) => {
      now = at;
      bans.flush(unban);
      failures.clear();
    },
    start: (at) => {
      now = at;
      restore();
    },
  };
}
