import { readFileSync } from 'node:fs';
import { messageOf, UserError } from './errors.js';

/** What is particular to one site; every field has a default. Read from data/site.json. */
export interface Site {
  /** IANA zone of log stamps without an offset and of all local times. */
  readonly zone: string;
  /** ISO 3166-1 alpha-2 of the server's country. */
  readonly home: string;
  /** First date and the date after the last, or null for all that the input has. */
  readonly period: { readonly from: string; readonly to: string } | null;
  /** Service of each fail2ban jail, by the jail's name in lower case. */
  readonly jails: Readonly<Record<string, 'ssh' | 'smtp' | 'imap' | 'pop3'>>;
  /** Domains of the two block lists that the mail charts show as RBL 1 and RBL 2, or null for the two that refuse most. */
  readonly lists: readonly [string, string] | null;
}

export const defaultSite: Site = {
  zone: 'UTC',
  home: 'JP',
  period: null,
  lists: null,
  jails: {
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
  },
};

const services = ['ssh', 'smtp', 'imap', 'pop3'];
const isDate = (value: unknown): value is string =>
  typeof value === 'string' &&
  /^\d{4}-\d\d-\d\d$/.test(value) &&
  new Date(`${value}T00:00:00Z`).toJSON()?.slice(0, 10) === value;

function isZone(zone: unknown): zone is string {
  try {
    return typeof zone === 'string' && Boolean(new Intl.DateTimeFormat('en', { timeZone: zone }));
  } catch {
    return false;
  }
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
    (v) =>
      typeof v === 'object' &&
      v !== null &&
      !Array.isArray(v) &&
      Object.values(v).every((s) => services.includes(s)),
  ],
};

/** Checks settings and fills in the defaults. @throws UserError that names the field */
export function siteOf(settings: unknown, where: string): Site {
  if (typeof settings !== 'object' || settings === null || Array.isArray(settings))
    throw new UserError(`${where}: expected a JSON object of settings`, 2);
  for (const [key, value] of Object.entries(settings)) {
    const field = Object.hasOwn(fields, key) ? fields[key as keyof Site] : undefined;
    if (!field)
      throw new UserError(`${where}: unknown setting "${key}"; known: ${Object.keys(fields).join(', ')}`, 2);
    if (!field[1](value))
      throw new UserError(`${where}: "${key}" must be ${field[0]}, got ${JSON.stringify(value)}`, 2);
  }
  const given = settings as Partial<Site>;
  const jails = Object.entries(given.jails ?? {}).map(([jail, service]) => [jail.toLowerCase(), service]);
  return { ...defaultSite, ...given, jails: { ...defaultSite.jails, ...Object.fromEntries(jails) } };
}

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
