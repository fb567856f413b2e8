import type { Engine } from '../engine/index.js';
import { UserError } from '../errors.js';
import { type Habits, usualGap } from './bounds.js';
import { type FailureLog, failureLog } from './failure-log.js';
import type { JailWatcher } from './jail.js';
import type { Period } from './jail-log.js';
import { type Divider, divider, type JailParts, partsOf } from './jail-parts.js';
import { tolerance } from './match-bans.js';
import { replayWatch, rowsFor } from './replay-watch.js';
import { middle } from './sweep.js';
import { endOf } from './ticket.js';
import { ofWatch, secondsOf, type Watch, watchesOf } from './watches.js';

/** A jail whose log can be played under other settings. */
export interface OpenJail {
  readonly watch: Watch;
  /** Jails of the same service that could have been taken, also those of other servers. */
  readonly others: readonly Watch[];
  readonly log: JailParts;
  readonly habits: Habits;
  /** Attempts in the log. */
  readonly attempts: number;
  /** True where no real ban is known and those of a replay stand for them. */
  readonly replayed: boolean;
}

export interface OpenJailOptions {
  /** Default: the first jail of ssh, else the first of all. */
  readonly jail?: string | null;
  /** Default: the first by name. */
  readonly host?: string | null;
  /** Accounts whose logins count as known; null takes all that logged in. */
  readonly knownGood?: ReadonlySet<string> | null;
}

/**
 * Reads what one jail of one server could see.
 * @throws UserError when there is no such jail or server, or nothing that it could have counted
 */
export async function openJail(
  engine: Engine,
  folder: string,
  options: OpenJailOptions = {},
): Promise<OpenJail> {
  const { jail = null, host = null, knownGood = null } = options;
  const watches = await watchesOf(engine, { jail, host });
  const watch = (watches.find(({ service }) => service === 'ssh') ?? watches[0]) as Watch;
  const others = (await watchesOf(engine, { jail, host: null })).filter(
    ({ service, jails, host: server }) =>
      service === watch.service && !(jails[0] === watch.jails[0] && server === watch.host),
  );
  const failures = failureLog(folder, knownGood);
  const parts = divider(failures.length);
  const { period, attempts } = divideRows(watch, failures, parts);
  if (!period)
    throw new UserError(`${folder}: no row of the auth frame counts for the jail ${watch.jails[0]}`);
  const replayed = (await divideRealBans(engine, watch, failures, parts)) === 0;
  if (replayed) divideReplayedBans(watch, failures, parts);
  const log = parts.done(period);
  const habits = { findtime: watch.settings.findtime, gap: usualGap(partsOf(log)) };
  return { watch, others, log, habits, attempts, replayed };
}

function divideRows(
  watch: Watch,
  { keys, walk }: FailureLog,
  parts: Divider,
): { period: Period | null; attempts: number } {
  const select = rowsFor(watch, keys);
  let [from, latest, attempts] = [Number.NaN, 0, 0];
  walk((rows, at) => {
    if (!select.isOf(rows, at)) return;
    // A late line is read when it comes.
    latest = Math.max(latest, rows.time[at] ?? 0);
    if (Number.isNaN(from)) from = latest;
    attempts += rows.attempts[at] ?? 0;
    parts.row({
      address: rows.address[at] ?? 0,
      time: latest,
      failures: select.failuresAt(rows, at),
      attempts: rows.attempts[at] ?? 0,
      login: rows.login[at] ?? 0,
    });
  });
  return { period: Number.isNaN(from) ? null : { from, to: latest }, attempts };
}

/** Rows of the bans frame that are asked for at once. */
const bansAtOnce = 20_000;

/**
 * Bans that mails or fail2ban's log tell of, each once, as long as the jail's bantime.
 * @returns how many there are
 */
async function divideRealBans(
  engine: Engine,
  { jails, host, settings }: Watch,
  { keys }: FailureLog,
  parts: Divider,
): Promise<number> {
  const condition = `event = 'ban' AND address IS NOT NULL AND ${ofWatch(jails, host)}`;
  const counted = await engine.query(`SELECT count(*) AS bans FROM bans WHERE ${condition}`);
  const pieces = Math.ceil(Number(counted.rows[0]?.bans) / bansAtOnce);
  let bans = 0;
  for (let piece = 0; piece < pieces; piece++) {
    const { rows } = await engine.query(
      `SELECT address, time FROM bans WHERE ${condition} AND hash(address) % ${pieces} = ${piece} ORDER BY address, time, via`,
    );
    let [before, last] = ['', 0];
    for (const { address, time } of rows) {
      const from = secondsOf(time);
      if (address === before && from - last <= tolerance) continue;
      [before, last] = [String(address), from];
      const to = settings.bantime === -1 ? Number.POSITIVE_INFINITY : from + settings.bantime;
      parts.ban({ address: keys.addresses.of(before), from, to });
      bans += 1;
    }
  }
  return bans;
}

function divideReplayedBans(watch: Watch, { keys, walk }: FailureLog, parts: Divider): void {
  const watcher: JailWatcher = {
    ban: (_, ticket, at) =>
      parts.ban({ address: ticket.address, from: at, to: endOf(ticket, watch.settings.bantime) }),
  };
  walk(replayWatch(watch, keys, watcher, middle));
}
