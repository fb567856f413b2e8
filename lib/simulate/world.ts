import type { BanSettings } from '../ban-settings.js';
import { banDatabase } from './ban-database.js';
import { jail } from './jail.js';

/** What settings would have done to one address. */
export interface Outcome {
  bans: number;
  /** Attempts that reached the server. */
  through: number;
  /** Attempts that met a ban. */
  stopped: number;
  /** Logins of known accounts that met a ban. */
  lockedOut: number;
  /** Seconds within the log during which it was banned. */
  banned: number;
  /** Spans of its bans within the log, seconds, in order: from, to, from, to … */
  readonly spans: number[];
  /** Spans that were not played, in which it was banned again and again. */
  readonly skipped: number[];
}

/** One jail under the settings in question, which meets one address after the other; what it bans does not get in. */
export interface World {
  begin(address: number): void;
  /** A row arrives, no earlier than the last. @returns false when it met a ban */
  meet(time: number, failures: number, attempts: number, login: number): boolean;
  /** The last second at which the address is banned, or null. */
  bannedUntil(time: number): number | null;
  /** Of the address that began last; what is added to it counts too. */
  readonly outcome: Outcome;
  /** The outcome of the address, with the ban that stands. */
  end(): Outcome;
}

const purgeInterval = 3600;

/**
 * @param from first second of the log, from which fail2ban's hours count; @param to its last: bans are cut there
 * @param random for bantime.rndtime
 */
export function world(settings: BanSettings, from: number, to: number, random: () => number): World {
  const none = (): Outcome => ({
    bans: 0,
    through: 0,
    stopped: 0,
    lockedOut: 0,
    banned: 0,
    spans: [],
    skipped: [],
  });
  let outcome = none();
  let current = 0;
  let now = from;
  const database = banDatabase();
  const one = jail('', settings, {
    database,
    random,
    watcher: {
      ban: () => {
        outcome.bans += 1;
      },
      unban: (_, ticket) => {
        const end = Math.min(one.endOf(ticket), to);
        outcome.banned += end - ticket.time;
        outcome.spans.push(ticket.time, end);
      },
    },
  });
  const tick = (time: number): void => {
    now = time;
    if (settings.increment) database.purge(now - ((now - from) % purgeInterval));
    one.tick(now);
  };
  return {
    get outcome() {
      return outcome;
    },
    begin: (address) => {
      current = address;
      outcome = none();
    },
    meet: (time, failures, attempts, login) => {
      tick(time);
      const isBanned = one.banOf(current) !== undefined;
      if (isBanned) {
        outcome.stopped += attempts;
        outcome.lockedOut += login;
      } else {
        outcome.through += attempts;
        if (failures > 0) one.failure(current, time, time, failures);
      }
      return !isBanned;
    },
    bannedUntil: (time) => {
      tick(time);
      const ban = one.banOf(current);
      return ban ? one.endOf(ban) : null;
    },
    end: () => {
      one.stop(now);
      return outcome;
    },
  };
}
