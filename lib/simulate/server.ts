import type { BanSettings } from '../ban-settings.js';
import { banDatabase } from './ban-database.js';
import { type Jail, type JailWatcher, jail } from './jail.js';

/** fail2ban was stopped and started again. Times are in seconds; lines of the time between are read at the start. */
export interface Restart {
  readonly stop: number;
  readonly start: number;
}

export interface ServerOptions {
  readonly watcher: JailWatcher;
  /** In order of time. */
  readonly restarts?: readonly Restart[];
  /** A number from 0 up to 1, for bantime.rndtime. */
  readonly random?: () => number;
}

/** One server's fail2ban, which reads one line after the other. */
export interface Fail2banServer {
  readonly jails: readonly Jail[];
  /**
   * Reads a line with a failure.
   * @param of the jails that take it for one, by their place in `jails`
   * @param time seconds of its stamp; @param count failures that it counts for
   */
  failure(of: readonly number[], address: number, time: number, count: number): void;
  /** Moves the clock, where no line does. */
  tick(time: number): void;
}

/** A stamp that is further from the clock is taken for wrong, and the line for one of this moment. */
const mostAway = 60;
const purgeInterval = 3600;

/**
 * The clock is the latest stamp that was read, as a live log has it. A line that is late by a minute or less keeps its
 * time, one that is later counts as if it were of now; after a restart, lines older than a findtime are passed over.
 * @param settings of the jails, by name
 * @throws UserError when a formula cannot be read
 */
export function fail2banServer(
  settings: Readonly<Record<string, BanSettings>>,
  { watcher, restarts = [], random = noRandom }: ServerOptions,
): Fail2banServer {
  const database = banDatabase();
  const jails = Object.entries(settings).map(([name, each]) =>
    jail(name, each, { database, watcher, random }),
  );
  let now = Number.NEGATIVE_INFINITY;
  let purge = Number.POSITIVE_INFINITY;
  let nextRestart = 0;
  let down = Number.NEGATIVE_INFINITY;

  /** Bans that end and hourly purges, up to this moment. */
  const pass = (time: number): void => {
    if (now === Number.NEGATIVE_INFINITY) purge = time + purgeInterval;
    if (purge <= time) {
      const last = time - ((time - purge) % purgeInterval);
      database.purge(last);
      purge = last + purgeInterval;
    }
    now = time;
    for (const each of jails) each.tick(now);
  };
  const tick = (time: number): void => {
    for (let next = restarts[nextRestart]; next && next.stop <= time; next = restarts[nextRestart]) {
      nextRestart += 1;
      if (next.stop > now) pass(next.stop);
      for (const each of jails) each.stop(now);
      now = Math.max(now, next.start);
      down = now;
      purge = now + purgeInterval;
      for (const each of jails) each.start(now);
    }
    if (time > now) pass(time);
  };

  return {
    jails,
    tick,
    failure: (of, address, time, count) => {
      tick(time);
      const isDown = time < down && now === down;
      const isAway = !isDown && now - time > mostAway;
      for (const index of of) {
        const each = jails[index];
        if (!each || (isDown && time < now - each.settings.findtime)) continue;
        each.failure(address, isAway ? now : time, now, count);
      }
    },
  };
}

function noRandom(): number {
  throw new Error('bantime.rndtime needs a source of random numbers');
}
