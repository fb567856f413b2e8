import type { AuthEvent } from '../schema.js';
import { addressOf } from './address.js';
import type { ParsedMessage } from './parsed.js';

/**
 * dovecot's auth and auth-worker: what a passdb said of a name (auth-request.c and the passdbs). 1.0 to 2.4.
 *
 * Schema: service mail, event passdb_failure, invalid_user, not_allowed, negotiation_failed or timeout, account (null for `?`, which stands for a
 * name with characters that are not allowed), account_exists, address.
 *
 *     auth: sql(admin@example.org,192.0.2.1,<session>): unknown user
 *     auth-worker(42): conn unix:auth-worker (pid=41,uid=97): auth-worker<3>: pam(admin,192.0.2.1): pam_authenticate() failed: Authentication failure (Password mismatch?)
 *     auth(admin,192.0.2.1,sasl:plain)<session>: passwd-file: Password mismatch
 *
 * With auth_verbose_passwords such a line has the password or its hash behind the wording. Names and passwords are a
 * client's text on both sides of the address. Where more than one place can be it, the row has neither address nor
 * account, so that nothing of a password is taken for a name.
 */

// ── patterns ────────────────────────────────────────────────────────────────────────────────────────────────

const head =
  /^auth(?:-worker)?(?:\((?:default|\d+)\))?: (?:(?<level>Debug|Info|Warning|Error|Fatal|Panic): )?/;
const connection = /^conn [^\s:]+:\S+ \([^()]*\): auth-worker<\d+>: /;
/** Where name and address end: `,IP): `, `,IP,<session>): `, and in 2.4 `,IP,sasl:plain)<session>: `. */
const place = /,([\da-fA-F:.]{2,45})(?:,(?:<[^<>\s]*>|[a-z]{1,10}:[\w-]*)?)?\)(?:<[^<>\s]*>){0,2}: /g;
const account = /^(?:auth(?:-worker)?|[\w-]+)\((?<account>.*)$/s;
const password = 'given password: ';

/** Behind the place; 2.4 names the database there. */
const database = /^[a-z][\w-]{0,30}: /;

interface AuthPattern {
  readonly name: string;
  readonly event: AuthEvent | null;
  readonly regex: RegExp;
}

/** All begin where the daemon's own words do. */
const patterns: readonly AuthPattern[] = [
  {
    name: 'auth_unknown_user',
    event: 'invalid_user',
    regex: /^(?:[Uu]nknown user\b|pam_authenticate\(\) failed: User not known|user not found)/,
  },
  {
    name: 'auth_account',
    event: 'not_allowed',
    regex:
      /^(?:pam_acct_mgmt\(\) failed|allow_nets check failed|User (?:is )?disabled|(?:Password|Account) expired|Allowed login time)/i,
  },
  {
    name: 'auth_failure',
    event: 'passdb_failure',
    regex:
      /^(?:password mismatch|pam_authenticate\(\) failed|invalid credentials|crypt\(\)|(?:CRYPT|PLAIN) .*mismatch|Username character disallowed|Empty username|Attempted login with|authentication failure|Login failed|oauth2 failed|Credentials? (?:mismatch|rejected))/i,
  },
  // The client did not keep to the mechanism.
  { name: 'auth_input', event: 'negotiation_failed', regex: /^invalid input/i },
  {
    name: 'auth_timeout',
    event: 'timeout',
    regex: /^Request timed out waiting for client/,
  },
  {
    name: 'auth_scheme',
    event: null,
    regex:
      /^(?:Requested \S+ scheme, but we have only|No (?:password|passdb)|Ignoring changed|Username translat|policy |Invalid password in passdb)/i,
  },
];

export const dovecotAuthTemplates: readonly string[] = [
  ...patterns.map(({ name }) => `dovecot.${name}`),
  'dovecot.auth_password',
  'dovecot.auth_unclear',
  'dovecot.auth_debug',
  'dovecot.auth_other',
];

// ── match ───────────────────────────────────────────────────────────────────────────────────────────────────

/** @param message that begins with auth or auth-worker; @returns null for a wording that no pattern knows */
export function parseDovecotAuth(message: string): ParsedMessage {
  const start = head.exec(message);
  const level = start?.groups?.level;
  // Debug lines may have all that a client sent, and say nothing that the others do not.
  if (level === 'Debug') return { class: 'noise', template: 'dovecot.auth_debug' };
  const text = message.slice(start?.[0].length ?? 0).replace(connection, '');
  const places = [...text.matchAll(place)];
  const [found] = places;
  // With the fields of PAM it is a failure, in words that are not known.
  if (!found)
    return / (?:logname|rhost)=/.test(text) ? null : { class: 'noise', template: 'dovecot.auth_other' };
  if (places.length > 1) return event('auth_unclear', 'passdb_failure', null, null);
  const name = account.exec(text.slice(0, found.index))?.groups?.account ?? null;
  const said = text.slice(found.index + found[0].length);
  if (name?.includes(password)) return event('auth_unclear', 'passdb_failure', null, null);
  if (name === null && !text.includes(password)) return null;
  const words = said.replace(database, '');
  const pattern = patterns.find(({ regex }) => regex.test(words));
  if (pattern?.event) return event(pattern.name, pattern.event, name, found[1] ?? null);
  if (pattern) return { class: 'noise', template: `dovecot.${pattern.name}` };
  // Only a failure is logged with its password; as an unknown line it would be shown.
  if (said.includes(password)) return event('auth_password', 'passdb_failure', name, found[1] ?? null);
  return level === undefined || level === 'Info' ? null : { class: 'noise', template: 'dovecot.auth_other' };
}

// ── shape ───────────────────────────────────────────────────────────────────────────────────────────────────

function event(
  template: string,
  event: AuthEvent,
  account: string | null,
  from: string | null,
): ParsedMessage {
  return {
    class: 'event',
    template: `dovecot.${template}`,
    frame: 'auth',
    row: {
      service: 'mail',
      event,
      account: account === '?' ? null : account,
      account_exists: event === 'invalid_user' ? false : null,
      address: from === null ? null : addressOf(from),
      name: null,
      port: null,
      method: null,
      seconds: null,
      count: 1,
    },
  };
}
