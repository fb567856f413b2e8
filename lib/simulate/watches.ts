import { BlockList, isIPv6 } from 'node:net';
import {
  type BanSettings,
  type FailureFilter,
  fail2banDefaults,
  incrementDefaults,
} from '../ban-settings.js';
import type { Engine } from '../engine/index.js';
import { UserError } from '../errors.js';
import { escapeControls } from '../printable.js';
import { defaultSite, type Site } from '../site.js';
import type { Restart } from './server.js';

export type WatchedService = Site['jails'][string];

/** One jail of one server: what it counts, its settings, and what really became of it. */
export interface Watch {
  /** Names under which the jail is known, as they are spelled, those of fail2ban's log first: mails may call it differently. */
  readonly jails: readonly string[];
  readonly service: WatchedService;
  /** Empty where the lines name no server. */
  readonly host: string;
  readonly filter: FailureFilter;
  readonly settings: BanSettings;
  readonly restarts: readonly Restart[];
}

/** Settings of a jail, with fail2ban's defaults for what the site leaves out. */
export function settingsOf(site: Site, jail: string): { filter: FailureFilter; settings: BanSettings } {
  const given = site.bans[jail];
  if (!given)
    throw new UserError(`no jail "${jail}"; site.json names ${Object.keys(site.jails).join(', ')}`, 2);
  const { filter = 'fail2ban', ignoreip = site.own, increment = null, bantime, findtime, maxretry } = given;
  return {
    filter,
    settings: {
      ...fail2banDefaults,
      ...{ bantime, findtime, maxretry, ignoreip },
      increment: increment && { ...incrementDefaults, ...increment },
    },
  };
}

/** A test for the addresses that a jail never counts. */
export function ignored(ignoreip: readonly string[]): (address: string) => boolean {
  if (ignoreip.length === 0) return () => false;
  const list = new BlockList();
  const family = (address: string) => (isIPv6(address) ? 'ipv6' : 'ipv4');
  for (const entry of ignoreip) {
    const [address = '', bits] = entry.split('/');
    if (bits === undefined) list.addAddress(address, family(address));
    else list.addSubnet(address, Number(bits), family(address));
  }
  return (address) => list.check(address, family(address));
}

/** Services of the auth frame whose rows a jail of a service reads. */
export const servicesOf = (service: WatchedService): readonly string[] =>
  service === 'ssh' || service === 'smtp' ? [service] : ['imap', 'pop3', 'sieve', 'mail'];

/** A stop or start that mail and log both tell of is one; mails are sent a while later. */
const sameEvent = 300;

/** Which jails of which servers; null takes all. */
export interface Which {
  /** Any of its names, in any spelling. */
  readonly jail: string | null;
  /** Empty for lines that name no server. */
  readonly host: string | null;
}

/** How a server is called, where it has a name. */
export const hostName = (host: string): string => (host === '' ? 'without a name' : escapeControls(host));

/**
 * The jails that the frames tell of: those that banned, told apart by server, service and settings. Where no jail has
 * banned anything, sshd and postfix-sasl as the site has them.
 * @throws UserError when there is no such jail or server, or the frames have nothing that it could have counted
 */
export async function watchesOf(engine: Engine, which: Which): Promise<Watch[]> {
  const watches = await watchesOfJail(engine, which.jail);
  const found = watches.filter(({ host }) => which.host === null || host === which.host);
  if (found.length > 0) return found;
  const what = `no row that ${which.jail === null ? 'a jail' : `the jail ${which.jail}`} counts`;
  if (watches.length === 0) throw new UserError(`the auth frame has ${what}`);
  const hosts = [...new Set(watches.map(({ host }) => hostName(host)))];
  throw new UserError(
    `the auth frame has ${what} of a server "${which.host}"; its servers: ${hosts.join(', ')}`,
    2,
  );
}

async function watchesOfJail(engine: Engine, jail: string | null): Promise<Watch[]> {
  const { site } = engine;
  const wanted = jail?.toLowerCase() ?? null;
  if (wanted !== null) settingsOf(site, wanted);
  const seen = await engine.query(
    `SELECT arg_min(jail, via || ' ' || jail) AS jail FROM bans WHERE event IN ('ban', 'found', 'start') GROUP BY lower(jail) ORDER BY min(via), lower(jail)`,
  );
  const jails = seen.rows
    .map((row) => String(row.jail))
    .filter((name) => Object.hasOwn(site.jails, name.toLowerCase()));
  if (jails.length === 0) jails.push('sshd', 'postfix-sasl');
  const isWanted = (name: string) => wanted === null || name.toLowerCase() === wanted;
  // Of the usual names the spelling is known; of others, that of the caller is the best there is.
  if (jail !== null && !jails.some(isWanted))
    jails.push(Object.hasOwn(defaultSite.jails, jail.toLowerCase()) ? jail.toLowerCase() : jail);
  const watches: Watch[] = [];
  const groups = new Map<string, string[]>();
  for (const name of jails) {
    const lower = name.toLowerCase();
    const key = JSON.stringify([site.jails[lower], settingsOf(site, lower)]);
    groups.set(key, [...(groups.get(key) ?? []), name]);
  }
  for (const names of groups.values()) {
    const first = (names[0] ?? '').toLowerCase();
    const service = site.jails[first];
    if (!service || !names.some(isWanted)) continue;
    for (const host of await hostsOf(engine, service)) {
      const restarts = await restartsOf(engine, names, host);
      watches.push({ jails: names, service, host, ...settingsOf(site, first), restarts });
    }
  }
  return watches;
}

/** A jail's name as it is spelled. @param jail any of its names in any spelling; null takes the first */
export const spelled = ({ jails }: Watch, jail: string | null): string =>
  jails.find((name) => name.toLowerCase() === jail?.toLowerCase()) ?? jails[0] ?? '';

/** The server of a jail, where others could be meant; else null. */
export const serverOf = ({ host }: Watch, others: readonly Watch[]): string | null =>
  others.some((other) => other.host !== host) ? host : null;

const listOf = (texts: readonly string[]): string =>
  texts.map((text) => `'${text.replaceAll("'", "''")}'`).join(', ');

async function hostsOf(engine: Engine, service: WatchedService): Promise<string[]> {
  const { rows } = await engine.query(
    `SELECT DISTINCT coalesce(host, '') AS host FROM auth WHERE service IN (${listOf(servicesOf(service))}) ORDER BY 1`,
  );
  const { hosts } = engine.site;
  return rows.map((row) => String(row.host)).filter((host) => host === '' || !hosts || hosts.includes(host));
}

/** Condition on the bans frame. fail2ban's log does not name its server: such a row is of any. */
export const ofWatch = (jails: readonly string[], host: string): string =>
  `lower(jail) IN (${listOf(jails.map((jail) => jail.toLowerCase()))}) AND (host IS NULL OR host = ${listOf([host])})`;

/** Seconds of a time that the engine gives. */
export const secondsOf = (time: unknown): number => Date.parse(`${String(time).slice(0, 19)}Z`) / 1000;

/** When the jails were stopped and started again. A start that no stop goes before is the first. */
async function restartsOf(engine: Engine, jails: readonly string[], host: string): Promise<Restart[]> {
  const { rows } = await engine.query(
    `SELECT time, event FROM bans WHERE event IN ('start', 'stop') AND ${ofWatch(jails, host)} ORDER BY time, event DESC`,
  );
  const restarts: { stop: number; start: number }[] = [];
  let stop: number | null = null;
  for (const { time, event } of rows) {
    const at = secondsOf(time);
    const last = restarts.at(-1);
    if (event === 'stop' && stop === null && !(last && at - last.stop < sameEvent)) stop = at;
    if (event === 'start' && stop !== null) {
      restarts.push({ stop, start: at });
      stop = null;
    }
  }
  return restarts;
}
