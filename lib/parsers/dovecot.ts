import type { AuthEvent } from '../schema.js';
import { addressOf } from './address.js';
import { dovecotAuthTemplates, parseDovecotAuth } from './dovecot-auth.js';
import type { AuthFields, ParsedMessage } from './parsed.js';

/**
 * dovecot: its login processes (client-common.c of login-common); its auth processes are in dovecot-auth.ts, all
 * other processes are noise. Wordings of 1.0 to 2.4, through syslog and in dovecot's own log file.
 *
 * Schema: service by the process, event, account (null for `user=<>`, which is no name), address, method, seconds,
 * count (the attempts that the line counts).
 *
 *     imap-login: Login: user=<admin>, method=PLAIN, rip=192.0.2.1, lip=203.0.113.1, mpid=42, TLS, session=<x>
 *     pop3-login: Info: Aborted login (auth failed, 3 attempts in 12 secs): user=<admin>, method=PLAIN, rip=192.0.2.1
 *     imap-login: Login aborted: Logged out (no auth attempts in 0 secs) (no_auth_attempts): user=<>, rip=192.0.2.1
 *
 * The reason before `: user=<` is dovecot's own. A client chooses the account, and may put ">, rip=198.51.100.9" into
 * it; dovecot writes the address behind it, so the last is taken. (A mechanism is logged in capital letters.)
 */
const programs =
  /^(?:dovecot|dovecot-auth|auth|auth-worker|(?:imap|pop3|sieve|managesieve|submission|imap-urlauth)-login)$/;

/** @param name of a program: dovecot, and the processes that 1.x and some systems log under their own names */
export const isDovecot = (name: string): boolean => programs.test(name);

// ── patterns ────────────────────────────────────────────────────────────────────────────────────────────────

const repeated = /^message repeated (\d{1,9}) times: \[ (.*)\]$/s;
const login =
  /^(?<process>[a-z0-9-]{1,20})-login(?:\(\d+\))?: (?:(?<level>Debug|Info|Warning|Error|Fatal|Panic): )?/;
const fields =
  /^user=<(?<account>.*)>, (?:method=(?<method>.{1,64}?), )?rip=(?<from>[^\s,]+)(?<tail>, .*)?$/s;
/** 1.0 to 1.2 left out an empty user. */
const nameless =
  /^(?<reason>.{1,200}?): (?:method=(?<method>[^,\s]{1,64}), )?rip=(?<from>[^\s,]+)(?<tail>, .*)?$/s;

const services = new Map<string, AuthFields['service']>([
  ['imap', 'imap'],
  ['imap-urlauth', 'imap'],
  ['pop3', 'pop3'],
  ['managesieve', 'sieve'],
  ['sieve', 'sieve'],
  ['submission', 'smtp'],
]);

interface LoginPattern {
  readonly name: string;
  readonly event: AuthEvent;
  /** Of the reason. */
  readonly regex: RegExp;
}
const pattern = (name: string, event: AuthEvent, regex: RegExp): LoginPattern => ({ name, event, regex });

/** How a cause ends: `, 1 attempts in 2 secs)`, `, waited 2 secs)`. */
const end = String.raw`(?:(?:, | in )?\d+ attempts)?(?:(?: in|, waited) \d+ secs)?\)`;
const cause = (words: string): RegExp => new RegExp(String.raw`\((?:${words})${end}`);

/** The first that fits: what came of an attempt goes before how the connection ended. */
const patterns: readonly LoginPattern[] = [
  pattern('login', 'accepted', /^(?:Login|Logged in)$/),
  pattern('login_proxied', 'accepted', /^proxy\(.*\): started proxying to \S+$/s),
  pattern(
    'login_failed',
    'failed',
    cause(
      String.raw`auth failed|\d+ authentication attempts|proxy dest auth(?:entication failure| failed|_failed)`,
    ),
  ),
  pattern(
    'login_disallowed',
    'not_allowed',
    cause(
      'tried to use dis(?:abled|allowed) (?:plain|clear)text auth|user disabled|password expired|authorization failed|login disabled|anonymous logins disabled',
    ),
  ),
  pattern(
    'login_mechanism',
    'negotiation_failed',
    cause('tried to use unsupported auth mechanism|sent invalid base64(?: in response)?'),
  ),
  pattern(
    'login_tls',
    'tls_failed',
    cause(
      "disconnected during TLS handshake|cert required, client didn't start TLS|client didn't send a cert|client sent an (?:invalid|untrusted) cert",
    ),
  ),
  pattern('login_no_attempt', 'no_attempt', cause('no auth attempts')),
  pattern('login_timeout', 'timeout', /^(?:Disconnected|Login aborted|Timeout)\b.*\bInactivity|^Timeout\b/),
  pattern(
    'login_unfinished',
    'aborted',
    cause(
      "client didn't finish SASL auth|disconnected while (?:authenticating|finishing login)|aborted authentication|auth aborted by client",
    ),
  ),
  pattern('login_aborted', 'aborted', /^Aborted login$/),
  pattern(
    'login_closed',
    'closed',
    /^(?:Aborted login|Login aborted|Disconnected|Client has quit the connection|Remote closed connection|Connection (?:closed|queue full)|Maximum number of connections|Internal login failure|Server shutting down|Shutting down|Logged out|Auth process broken|Too many invalid)/,
  ),
];

/** Patterns that go by how the connection ended say nothing where a cause stands that is not known. */
const byEnding: readonly string[] = ['login_timeout', 'login_closed'];
const unknownCause = new RegExp(
  ` \\((?!pid=|mail_max_userip_connections=|internal failure,|[a-z]+(?:_[a-z]+)+\\)|(?:${[
    'disconnected before (?:auth was ready|greeting)',
    'disconnected while (?:authenticating|finishing login)',
    "client didn't finish SASL auth",
    'auth service reported temporary failure',
    'auth process communication failure|auth referral',
    'proxy dest (?:(?:connection|temporary authentication|internal|remote|protocol) fail(?:ed|ure)|redirected)',
    'internal failure|process full|shutting down|connection limit(?: reached)?',
  ].join('|')})${end})`,
);

const attempts = /(?:, |\()(\d{1,9}) (?:authentication )?attempts/;
const seconds = /(?: in |waited )(\d{1,9}) secs/;

interface Noise {
  readonly name: string;
  readonly regex: RegExp;
}
const noise: readonly Noise[] = [
  {
    name: 'session',
    regex:
      /^(?:imap|pop3|managesieve|submission|lmtp|lda|deliver|doveadm|indexer-worker|quota-status|imap-hibernate|imap-urlauth(?:-worker)?|script|sieve|dsync(?:-\w+)?)(?:\(|: |<)/i,
  },
  {
    name: 'process',
    regex:
      /^(?:master|config|log|ssl-params|anvil|stats|old-stats|dict|dict-async|dns-client|director|indexer|ipc|replicator|aggregator|tcpwrap|health-check|ssl-build-param|cmd-\w+|welcome|file-lock|notify-status|fs-\w+)(?:\(|: |<)/,
  },
  {
    name: 'server',
    regex:
      /^(?:Dovecot v|Killed with signal|SIGHUP|Generating Diffie-Hellman|SSL parameters|Shutting down|Restarting|Warning: |Error: |Fatal: |Panic: |child \d+|Login process died|Auth process died|Created |listen|If you have trouble|Time (?:just )?moved)/i,
  },
];

/** Names of all patterns, for the check that each has a fixture. */
export const dovecotTemplates: readonly string[] = [
  ...patterns.map(({ name }) => `dovecot.${name}`),
  'dovecot.login_id',
  'dovecot.login_other',
  ...noise.map(({ name }) => `dovecot.${name}`),
  ...dovecotAuthTemplates,
];

// ── match ───────────────────────────────────────────────────────────────────────────────────────────────────

/**
 * @param program as syslog has it, or `dovecot` for dovecot's own log file
 * @param message what follows `dovecot: ` or, of a process under its own name, `imap-login: `
 * @returns null for a wording that no pattern knows
 */
export function parseDovecot(program: string, message: string): ParsedMessage {
  const repeat = message.startsWith('message repeated ') ? repeated.exec(message) : null;
  const text = (repeat?.[2] ?? message).replace(/^dovecot: /, '');
  const parsed = parseOne(program === 'dovecot' ? text : `${program.replace(/^dovecot-/, '')}: ${text}`);
  if (!repeat || parsed?.class !== 'event' || parsed.frame !== 'auth') return parsed;
  return { ...parsed, row: { ...parsed.row, count: parsed.row.count * Number(repeat[1]) } };
}

function parseOne(text: string): ParsedMessage {
  if (/^auth(?:-worker)?[(:]/.test(text)) return parseDovecotAuth(text);
  const start = login.exec(text);
  if (start) return parseLogin(start.groups?.process ?? '', text.slice(start[0].length), start.groups?.level);
  const known = noise.find(({ regex }) => regex.test(text));
  return known ? { class: 'noise', template: `dovecot.${known.name}` } : null;
}

function parseLogin(process: string, text: string, level: string | undefined): ParsedMessage {
  // What a client says of its program may look like anything.
  if (/^(?:Pre-login )?ID sent: /.test(text)) return { class: 'noise', template: 'dovecot.login_id' };
  const end = text.indexOf(': user=<');
  const found = end < 0 ? nameless.exec(text)?.groups : fields.exec(text.slice(end + 2))?.groups;
  const reason = end < 0 ? (found?.reason ?? '') : text.slice(0, end);
  const service = services.get(process);
  const pattern = patterns.find(({ regex }) => regex.test(reason));
  if (pattern && byEnding.includes(pattern.name) && unknownCause.test(reason)) return null;
  if (found && service && pattern) {
    const tls = pattern.event === 'no_attempt' && found.tail?.includes(', TLS handshaking');
    const { name, event } = tls ? { name: 'login_tls', event: 'tls_failed' as const } : pattern;
    const row = shape(service, event, reason, found);
    return { class: 'event', template: `dovecot.${name}`, frame: 'auth', row };
  }
  // What a login process says without a client's fields is of its own matters.
  const other =
    (level !== undefined && level !== 'Info') || /^(?:proxy\(|SSL|TLS|Disconnected|Internal)/.test(text);
  return other && !found && !/[ (][rl]ip=|user=</.test(text)
    ? { class: 'noise', template: 'dovecot.login_other' }
    : null;
}

// ── shape ───────────────────────────────────────────────────────────────────────────────────────────────────

function shape(
  service: AuthFields['service'],
  event: AuthEvent,
  reason: string,
  found: Record<string, string | undefined>,
): AuthFields {
  const source = found.from ?? '';
  const address = addressOf(source);
  const tried = event === 'failed' ? attempts.exec(reason)?.[1] : undefined;
  const time = seconds.exec(reason)?.[1];
  return {
    service,
    event,
    account: found.account || null,
    account_exists: event === 'accepted' ? true : null,
    address,
    name: address === null ? source || null : null,
    port: null,
    method: found.method ?? null,
    seconds: time === undefined ? null : Number(time),
    count: Number(tried ?? 0) || 1,
  };
}
