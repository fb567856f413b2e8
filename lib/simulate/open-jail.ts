import type { Engine } from '../engine/index.js';
import { UserError } from '../errors.js';
import { type Habits, usualGap } from './bounds.js';
import type { JailWatcher } from './jail.js';
import { type JailLog, type JailRow, jailLog, type RealBan } from './jail-log.js';
import { tolerance } from './match-bans.js';
import { allFailures } from './ordered-failures.js';
import { type Failures, type Keys, newKeys } from './read-failures.js';
import { replayWatch, rowsFor } from './replay-watch.js';
import { middle } from './sweep.js';
import { endOf } from './ticket.js';
import { ofWatch, secondsOf, type Watch, watchesOf } from './watches.js';

/** A jail whose log can be played under other settings. */
export interface OpenJail {
  readonly watch: Watch;
  readonly log: JailLog;
  readonly habits: Habits;
  /** True where no real ban is known and those of a replay stand for them. */
  readonly replayed: boolean;
  /** The text of an address of the log. */
  addressOf(address: number): string;
}

export interface OpenJailOptions {
  /** Default: the first jail of ssh, else the first of all. */
  readonly jail?: string | null;
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
  const watches = (await watchesOf(engine, jail)).filter((one) => host === null || one.host === host);
  const watch = watches.find(({ service }) => service === 'ssh') ?? watches[0];
  if (!watch)
    throw new UserError(
      `${folder}: no ${host === null ? '' : `server "${host}" with a `}jail that counts ${jail ?? 'anything'}: the auth frame has no row of its service`,
    );
  const keys = newKeys();
  const rows = allFailures(folder, keys, knownGood);
  const selected = { [Symbol.iterator]: () => rowsOf(rows, keys, watch) };
  const period = periodOf(selected);
  if (!period)
    throw new UserError(`${folder}: no row of the auth frame counts for the jail ${watch.jails[0]}`);
  const known = await realBans(engine, watch, keys);
  const bans = known.length > 0 ? known : replayedBans(watch, rows, keys);
  const log = jailLog(keys.addresses.size, selected, bans, period);
  return {
    watch,
    log,
    habits: { findtime: watch.settings.findtime, gap: usualGap(log) },
    replayed: known.length === 0,
    addressOf: (address) => keys.addresses.textOf(address),
  };
}

function periodOf(rows: Iterable<JailRow>): { from: number; to: number } | null {
  let [from, to] = [Number.NaN, 0];
  for (const { time } of rows) {
    if (Number.isNaN(from)) from = time;
    to = time;
  }
  return Number.isNaN(from) ? null : { from, to };
}

function* rowsOf(rows: Failures, keys: Keys, watch: Watch): Generator<JailRow> {
  const select = rowsFor(watch, keys);
  let latest = 0;
  for (let at = 0; at < rows.length; at++) {
    if (!select.isOf(rows, at)) continue;
    // A late line is read when it comes.
    latest = Math.max(latest, rows.time[at] ?? 0);
    yield {
      address: rows.address[at] ?? 0,
      time: latest,
      failures: select.failuresAt(rows, at),
      attempts: rows.attempts[at] ?? 0,
      login: rows.login[at] ?? 0,
    };
  }
}

/** Bans that mails or fail2ban's log tell of, each once, as long as the jail's bantime. */
async function realBans(engine: Engine, { jails, host, settings }: Watch, keys: Keys): Promise<RealBan[]> {
  const { rows } = await engine.query(
    `SELECT address, time FROM bans WHERE event = 'ban' AND address IS NOT NULL AND ${ofWatch(jails, host)} ORDER BY time, via`,
  );
  const last = new Map<number, number>();
  const bans: RealBan[] = [];
  for (const row of rows) {
    const address = keys.addresses.of(String(row.address));
    const from = secondsOf(row.time);
    const before = last.get(address);
    if (before !== undefined && from - before <= tolerance) continue;
    last.set(address, from);
    bans.push({
      address,
      from,
      to: settings.bantime === -1 ? Number.POSITIVE_INFINITY : from + settings.bantime,
    });
  }
  return bans;
}

function replayedBans(watch: Watch, rows: Failures, keys: Keys): RealBan[] {
  const bans: RealBan[] = [];
  const watcher: JailWatcher = {
    ban: (_, ticket, at) =>
      bans.push({ address: ticket.address, from: at, to: endOf(ticket, watch.settings.bantime) }),
  };
  replayWatch(watch, keys, watcher, middle)(rows);
  return bans;
}
