import { readFileSync } from 'node:fs';
import { BlockList, isIPv4, isIPv6 } from 'node:net';
import { type BanIncrement, type FailureFilter, isIncrement } from './ban-settings.js';
import { messageOf, UserError } from './errors.js';

type Service = 'ssh' | 'smtp' | 'imap' | 'pop3';

/** What fail2ban is told of a jail, as in jail.local: times in seconds; a bantime of -1 is for ever. */
export interface BanSettings {
  readonly bantime: number;
  readonly findtime: number;
  readonly maxretry: number;
  /** What counts as a failure; left out, fail2ban's own filter says it. */
  readonly filter?: FailureFilter;
  /** Left out, `own`. */
  readonly ignoreip?: readonly string[];
  /** bantime.increment with its options; left out, it is off. */
  readonly increment?: Partial<BanIncrement> | null;
}

/** What is particular to one site; every field has a default. Read from data/site.json. */
export interface Site {
  /** IANA zone of log stamps without an offset and of all local times. */
  readonly zone: string;
  /** ISO 3166-1 alpha-2 of the server's country. */
  readonly home: string;
  /** First date and the date after the last, or null for all that the input has. */
  readonly period: { readonly from: string; readonly to: string } | null;
  /** Domains of the two block lists that the mail charts show as RBL 1 and RBL 2, or null for the two that refuse most. */
  readonly lists: readonly [string, string] | null;
  /** Service of each fail2ban jail, by the jail's name in lower case. */
  readonly jails: Readonly<Record<string, Service>>;
  /** Ban settings of each jail, by its name in lower case; each jail of `jails` has some. */
  readonly bans: Readonly<Record<string, BanSettings>>;
  /** Servers to count, by the name that their lines bear; null for all. A line that names no server counts. */
  readonly hosts: readonly string[] | null;
  /** Own addresses and networks, which are left out of all counts. */
  readonly own: readonly string[];
  /** Languages of the article. */
  readonly languages: readonly ('en' | 'ja')[];
}

const defaultJails: Site['jails'] = {
  ssh: 'ssh',
  sshd: 'ssh',
  'sshd-ddos': 'ssh',
  'ssh-iptables': 'ssh',
  'ssh-sasl': 'ssh',
  'postfix-sasl': 'smtp',
  postfix: 'smtp',
  sasl: 'smtp',
  'sasl-iptables': 'smtp',
  dovecot: 'imap',
};

/** Of ssh three failures within half an hour, of mail two within an hour and a half; then a ban of 100 hours. */
const bansOfService = (service: Service): BanSettings =>
  service === 'ssh'
    ? { bantime: 360_000, findtime: 1800, maxretry: 3 }
    : { bantime: 360_000, findtime: 5400, maxretry: 2 };

/** The settings given, and of all other jails those of their service. */
const bansOf = (jails: Site['jails'], given: Partial<Record<string, Partial<BanSettings>>>): Site['bans'] =>
  Object.fromEntries(
    Object.entries(jails).map(([jail, service]) => [jail, { ...bansOfService(service), ...given[jail] }]),
  );

export const defaultSite: Site = {
  zone: 'UTC',
  home: 'JP',
  period: null,
  lists: null,
  jails: defaultJails,
  bans: bansOf(defaultJails, {}),
  hosts: null,
  own: [],
  languages: ['en', 'ja'],
};

const services = ['ssh', 'smtp', 'imap', 'pop3'];
const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isDate = (value: unknown): value is string =>
  typeof value === 'string' &&
  /^\d{4}-\d\d-\d\d$/.test(value) &&
  new Date(`${value}T00:00:00Z`).toJSON()?.slice(0, 10) === value;

function isZone(zone: unknown): zone is string {
  // To ask Intl takes 20 ms.
  if (zone === 'UTC') return true;
  try {
    return typeof zone === 'string' && Boolean(new Intl.DateTimeFormat('en', { timeZone: zone }));
  } catch {
    return false;
  }
}

const isBanSetting = ([name, value]: [string, unknown]): boolean =>
  (name === 'filter' && (value === 'fail2ban' || value === 'passwords')) ||
  (name === 'ignoreip' && isListOf(value, isNetwork)) ||
  (name === 'increment' && isIncrement(value)) ||
  (['bantime', 'findtime', 'maxretry'].includes(name) &&
    Number.isInteger(value) &&
    (Number(value) > 0 || (name === 'bantime' && value === -1)));

/**
 * An address or a network that SQL can tell by its text: of IPv4 from /8 to /32, of IPv6 whole groups that are not
 * zero, because zeros are left out of the text.
 */
function isNetwork(value: unknown): boolean {
  if (typeof value !== 'string') return false;
  const [address = '', bits, ...more] = value.split('/');
  if (more.length > 0) return false;
  if (bits === undefined) return isIPv4(address) || isIPv6(address);
  if (!/^\d{1,3}$/.test(bits)) return false;
  if (isIPv4(address)) return Number(bits) >= 8 && Number(bits) <= 32;
  const groups = (address.split('::')[0] ?? '').split(':').slice(0, Number(bits) / 16);
  return (
    isIPv6(address) &&
    Number(bits) % 16 === 0 &&
    groups.length * 16 === Number(bits) &&
    groups.every((group) => /^[1-9a-f][\da-f]{0,3}$/i.test(group))
  );
}

const isListOf = (value: unknown, isOne: (one: unknown) => boolean): boolean =>
  Array.isArray(value) && value.every(isOne);

/**
 * The period of the article of a year, which begins in the December before.
 * @param where what the error names, such as an option
 * @throws UserError when it is no year
 */
export function articleYear(text: string, where: string): { from: string; to: string } {
  if (!/^[12]\d{3}$/.test(text))
    throw new UserError(`${where} must be a year such as 2020, got "${text}"`, 2);
  return { from: `${Number(text) - 1}-12-01`, to: `${text}-12-01` };
}

/** What a field must be, as the error says it, and the test for it. */
const fields: Record<keyof Site, readonly [string, (value: unknown) => boolean]> = {
  zone: ['an IANA zone such as "Asia/Tokyo"', isZone],
  home: ['two capital letters such as "JP"', (v) => typeof v === 'string' && /^[A-Z]{2}$/.test(v)],
  period: [
    'null or {"from": "2018-12-01", "to": "2019-12-01"}',
    (v) => {
      if (v === null) return true;
      const { from, to } = Object(v) as { from?: unknown; to?: unknown };
      return isDate(from) && isDate(to) && from < to;
    },
  ],
  lists: [
    'null or two domains such as ["zen.spamhaus.org", "bl.spamcop.net"]',
    (v) =>
      v === null ||
      (Array.isArray(v) && v.length === 2 && v[0] !== v[1] && v.every((list) => /^[a-z\d.-]+$/.test(list))),
  ],
  jails: [
    `an object of jail name to ${services.join(', ')}`,
    (v) => isObject(v) && Object.values(v).every((s) => services.includes(String(s))),
  ],
  bans: [
    'an object of jail name to {"bantime": seconds or -1, "findtime": seconds, "maxretry": failures}, where need be with "filter": "fail2ban" or "passwords", "ignoreip": a list as in own, "increment": {"factor": "1", "formula": null, "multipliers": [1, 2, 4], "maxtime": seconds, "rndtime": seconds, "overalljails": false}',
    (v) =>
      isObject(v) &&
      Object.values(v).every((jail) => isObject(jail) && Object.entries(jail).every(isBanSetting)),
  ],
  hosts: [
    'null or a list of server names such as ["host1"]',
    (v) =>
      v === null || (isListOf(v, (name) => typeof name === 'string' && name !== '') && Object(v).length > 0),
  ],
  own: [
    'a list of addresses and networks such as ["192.0.2.1", "198.51.100.0/24", "2001:db8::/32"]; networks of IPv4 from /8, of IPv6 by whole groups other than zero',
    (v) => isListOf(v, isNetwork),
  ],
  languages: [
    'a list of "en" and "ja"',
    (v) => isListOf(v, (one) => one === 'en' || one === 'ja') && Object(v).length > 0,
  ],
};

/** Checks settings and fills in the defaults. @throws UserError that names the field */
export function siteOf(settings: unknown, where: string): Site {
  if (!isObject(settings)) throw new UserError(`${where}: expected a JSON object of settings`, 2);
  for (const [key, value] of Object.entries(settings)) {
    const field = Object.hasOwn(fields, key) ? fields[key as keyof Site] : undefined;
    if (!field)
      throw new UserError(`${where}: unknown setting "${key}"; known: ${Object.keys(fields).join(', ')}`, 2);
    if (!field[1](value))
      throw new UserError(`${where}: "${key}" must be ${field[0]}, got ${JSON.stringify(value)}`, 2);
  }
  const given = settings as Partial<Site>;
  const jails = { ...defaultSite.jails, ...inLowerCase(given.jails) };
  const bans = inLowerCase(given.bans);
  const unknown = Object.keys(bans).find((jail) => !Object.hasOwn(jails, jail));
  if (unknown !== undefined)
    throw new UserError(`${where}: "bans" has the jail "${unknown}", to which "jails" gives no service`, 2);
  return { ...defaultSite, ...given, jails, bans: bansOf(jails, bans) };
}

const inLowerCase = <T>(byJail: Readonly<Record<string, T>> = {}): Record<string, T> =>
  Object.fromEntries(Object.entries(byJail).map(([jail, value]) => [jail.toLowerCase(), value]));

/** Reads a settings file. @throws UserError when it is missing, not JSON, or a field is wrong */
export function readSite(path: string): Site {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new UserError(`${path}: cannot read the site settings (${messageOf(error)})`, 2);
  }
  try {
    return siteOf(JSON.parse(text), path);
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw new UserError(`${path}: not valid JSON (${messageOf(error)})`, 2);
  }
}

/** The dates that count: those of the input within the site's period, whose `to` is the day after its last. */
export function countedDates(
  input: { readonly first: string; readonly last: string },
  { period }: Site,
): { readonly first: string; readonly last: string } {
  if (period === null) return input;
  const end = new Date(Date.parse(`${period.to}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
  return {
    first: input.first > period.from ? input.first : period.from,
    last: input.last < end ? input.last : end,
  };
}

/** Tells own addresses by node:net, where the statistics tell them by SQL. @returns whether an address is one */
export function ownAddresses({ own }: Site): (address: string) => boolean {
  const list = new BlockList();
  const familyOf = (address: string): 'ipv4' | 'ipv6' => (isIPv4(address) ? 'ipv4' : 'ipv6');
  for (const text of own) {
    const [address = '', bits] = text.split('/');
    const family = familyOf(address);
    list.addSubnet(address, Number(bits ?? (family === 'ipv4' ? 32 : 128)), family);
  }
  if (own.length === 0) return () => false;
  // The list takes some microseconds, and a frame names each address many times.
  const known = new Map<string, boolean>();
  return (address) => {
    let isOwn = known.get(address);
    if (isOwn === undefined) {
      isOwn = list.check(address, familyOf(address));
      known.set(address, isOwn);
    }
    return isOwn;
  };
}
