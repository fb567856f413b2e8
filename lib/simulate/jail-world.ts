import type { BanSettings } from '../ban-settings.js';
import { banDatabase } from './ban-database.js';
import { jail } from './jail.js';
import { noOutcome, type World } from './outcome.js';

const purgeInterval = 3600;

/** The world of any settings: a whole jail with its database. */
export function jailWorld(settings: BanSettings, from: number, to: number, random: () => number): World {
  let outcome = noOutcome();
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
      outcome = noOutcome();
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
    counted: () => Number.NaN,
    end: () => {
      one.stop(now);
      return outcome;
    },
  };
}
