import type { AuthEvent } from '../schema.js';
import { addressOf } from './address.js';
import type { AuthFields, ParsedMessage } from './parsed.js';
import { group, Pattern } from './pattern.js';
import { sshdNoise } from './sshd-noise.js';

/**
 * sshd, and since OpenSSH 9.8 sshd-session and since 10.0 sshd-auth: messages of auth.c, packet.c, sshd.c and
 * of the PAM modules that log under sshd's name. Wordings of 4.3 to 10.x.
 *
 * Schema: event, account (the empty string is a name that was tried), account_exists (false where the line says
 * so), address or, where the line has a host name instead, name; port, method, count.
 *
 *     Failed password for invalid user admin from 192.0.2.1 port 4242 ssh2
 *     message repeated 2 times: [ Failed password for root from 192.0.2.1 port 4242 ssh2]
 *     Disconnected from authenticating user root 192.0.2.1 port 4242 [preauth]
 *
 * A client chooses the account name, and may put " from 198.51.100.9 port 1 ssh2" into it. sshd writes the real
 * address behind the name, so each pattern is anchored at both ends and takes the last one.
 */
const programs = /^(?:sshd(?:[-@.](?!keygen)[\w.@:-]{1,64})?|openssh-server)$/;

/** @param name of a program: `sshd`, `sshd-session`, or of a second one, `sshd-2222`, `sshd@1` */
export const isSshd = (name: string): boolean => programs.test(name);

// ── patterns ────────────────────────────────────────────────────────────────────────────────────────────────

interface SshdPattern {
  readonly template: string;
  /** First word of the message, without `error:` and `fatal:`. */
  readonly word: string;
  /** The event, or null for noise: a line that is known and says nothing about an attempt. */
  readonly event: AuthEvent | null;
  readonly match: Pattern<Group>;
  /** Where in a match each group stands. */
  readonly groups: Readonly<Record<Group, number>>;
}

const groupNames = [
  'account',
  'count',
  'from',
  'invalid',
  'method',
  'name',
  'peer',
  'peerPort',
  'port',
  'root',
] as const;
type Group = (typeof groupNames)[number];

const key = String.raw`(?:: [A-Z0-9-]+ \S+(?:, client user "[^"]*", client host "[^"]*")?)?`;
const from = String.raw`from (?<from>\S+)(?: port (?<port>\d{1,5}))?`;
// packet.c writes the account (since 7.5) only together with the port, which tells it from a bare address.
const id = String.raw`(?:(?:authenticating user|(?<invalid>invalid user)|user) (?<account>.*) (?<from>\S+) port (?<port>\d{1,5})|(?<peer>\S+)(?: port (?<peerPort>\d{1,5}))?)`;
const preauth = String.raw`(?: \[preauth\])?`;
const pam = String.raw`logname=\S* uid=\d+ euid=\d+ tty=\S* ruser=(?:\S*) rhost=(?<from>\S*)(?: {1,2}user=(?<account>.*)| *)`;
/** What PAM says (pam_strerror.c), as far as an account with a `for` in it is not to be taken for a part of it. */
const pamSays = [
  '[Aa]uthentication (?:failure|error)',
  'User not known to the underlying authentication module',
  'User account has expired',
  'Permission denied',
  'Have exhausted maximum number of retries for service',
  'Conversation is waiting for event',
  'Cannot make/remove an entry for the specified session',
  '(?:(?! for )[A-Za-z ;-]){6,81}(?= for (?!.* for ))',
].join('|');

function pattern(name: string, word: string, event: AuthEvent | null, regex: string): SshdPattern {
  const match = new Pattern<Group>(regex);
  const groups = Object.fromEntries(groupNames.map((name) => [name, match.at(name)]));
  return { template: `sshd.${name}`, word, event, match, groups: groups as SshdPattern['groups'] };
}

const patterns: readonly SshdPattern[] = [
  pattern(
    'accepted',
    'Accepted',
    'accepted',
    String.raw`Accepted (?<method>\S+) for (?<account>.*) ${from}(?: ssh\d)?${key}`,
  ),
  // Protocol 1 (up to 7.5) ends with a name that the client sent. One place alone can be the address where no other
  // has a port; else which one is real cannot be told.
  pattern(
    'failed_ruser',
    'Failed',
    'failed',
    String.raw`Failed (?<method>\S+) for (?<invalid>invalid user |illegal user )?(?<account>(?:(?! from \S+ port \d).)*) from (?<from>\S+) port (?<port>\d{1,5}) ssh1: ruser (?!.* port \d).*`,
  ),
  pattern('failed_unclear', 'Failed', 'failed', String.raw`Failed (?<method>\S+) for .* ssh1: ruser .*`),
  pattern(
    'failed',
    'Failed',
    'failed',
    String.raw`Failed (?<method>\S+) for (?<invalid>invalid user |illegal user )?(?<account>.*) ${from}(?: ssh\d)?${key}`,
  ),
  pattern('invalid_user', 'Invalid', 'invalid_user', `(?<invalid>Invalid user) (?<account>.*) ${from}`),
  // Of the reasons these alone come without an address.
  pattern(
    'not_allowed_account',
    'User',
    'not_allowed',
    'User (?<account>.*) not allowed because (?:account is locked|shell .* (?:does not exist|is not executable))',
  ),
  pattern(
    'not_allowed',
    'User',
    'not_allowed',
    String.raw`User (?<account>.*) from (?<from>\S+) not allowed because .*`,
  ),
  pattern(
    'root_refused',
    'ROOT',
    'not_allowed',
    String.raw`(?<root>ROOT) LOGIN REFUSED FROM (?<from>\S+)(?: port (?<port>\d{1,5}))?${preauth}`,
  ),
  pattern(
    'pam_failure',
    'pam',
    'pam_failure',
    String.raw`pam_\w+\(sshd:auth\): authentication failure; ${pam}`,
  ),
  pattern(
    'pam_more_failures',
    'PAM',
    'pam_failure',
    String.raw`PAM (?<count>\d{1,9}) more authentication failures?; ${pam}`,
  ),
  pattern(
    'pam_error',
    'PAM:',
    'pam_failure',
    String.raw`(?<method>PAM): (?:${pamSays}) for (?<invalid>invalid user |illegal user )?(?<account>.*) from (?<from>\S+)(?: via \S+)? ?${preauth}`,
  ),
  pattern(
    'max_attempts',
    'maximum',
    'max_attempts',
    String.raw`maximum authentication attempts exceeded for (?<invalid>invalid user )?(?<account>.*) ${from}(?: ssh\d)?${preauth}`,
  ),
  pattern(
    'too_many_failures',
    'Disconnecting:',
    'max_attempts',
    `Disconnecting: Too many authentication failures(?: for (?<account>.*?))?${preauth}`,
  ),
  pattern(
    'disconnecting',
    'Disconnecting',
    'disconnected',
    String.raw`Disconnecting ${id}: [A-Za-z][\w ,.:-]*${preauth}`,
  ),
  pattern(
    'disconnecting_change',
    'Disconnecting',
    'disconnected',
    String.raw`Disconnecting (?:(?:authenticating user|invalid user|user) (?<account>\S*) )?(?<from>\S+) port (?<port>\d{1,5}): Change of username or service not allowed: (?!.* port \d+: ).*`,
  ),
  // A reason that quotes the client behind a name with blanks: which address is real cannot be told.
  pattern(
    'disconnecting_unclear',
    'Disconnecting',
    'disconnected',
    'Disconnecting (?:(?:authenticating |invalid )?user ).*: Change of username or service not allowed: .*',
  ),
  pattern(
    'received_disconnect',
    'Received',
    'disconnected',
    String.raw`Received disconnect from (?<from>\S+) port (?<port>\d{1,5}):\d+: ?.*`,
  ),
  pattern(
    'received_disconnect_old',
    'Received',
    'disconnected',
    String.raw`Received disconnect from (?<from>\S+): \d+: ?.*`,
  ),
  pattern('disconnected', 'Disconnected', 'disconnected', `Disconnected from ${id}${preauth}`),
  pattern('closed', 'Connection', 'closed', `Connection closed by ${id}${preauth}`),
  pattern('reset', 'Connection', 'closed', `Connection reset by ${id}${preauth}`),
  pattern(
    'no_identification',
    'Did',
    'no_identification',
    `Did not receive identification string ${from}${preauth}`,
  ),
  pattern(
    'bad_protocol',
    'Bad',
    'bad_protocol',
    `Bad protocol version identification '.*' ${from}${preauth}`,
  ),
  pattern('banner_exchange', 'banner', 'bad_protocol', `banner exchange: Connection ${from}: .*`),
  // No account is known this early, and the offer behind the colon is the client's text.
  pattern(
    'unable_to_negotiate',
    'Unable',
    'negotiation_failed',
    String.raw`Unable to negotiate with (?<from>\S+)(?: port (?<port>\d{1,5}))?: .*`,
  ),
  pattern('timeout', 'Timeout', 'timeout', `Timeout before authentication for ${id}${preauth}`),
  pattern(
    'timeout_connection',
    'Timeout',
    'timeout',
    String.raw`Timeout before authentication for connection from (?<from>\S+) to \S+, pid = \d+`,
  ),

  // libwrap names the client as it calls itself and, in parentheses, by its address.
  pattern(
    'refused_connect',
    'refused',
    'not_allowed',
    String.raw`refused connect from .* \((?<from>[^()\s]+)\)`,
  ),
  pattern(
    'refused_connect_old',
    'refused',
    'not_allowed',
    String.raw`refused connect from (?<from>[^()\s]+)`,
  ),
  pattern(
    'access_denied',
    'Access',
    'not_allowed',
    `Access denied for user (?<account>.*) by PAM account configuration${preauth}`,
  ),
  // AIX asks its own rules.
  pattern('login_restricted', 'Login', 'not_allowed', 'Login restricted for (?<account>.*): .*'),
  pattern(
    'not_permitted_host',
    'Authentication',
    'not_allowed',
    String.raw`Authentication tried for (?<account>.*) with correct key but not from a permitted host \(host=.*, ip=(?<from>[^\s()]+)(?:, required=.*)?\)\.?`,
  ),
  pattern(
    'protocol_differs',
    'Protocol',
    'bad_protocol',
    String.raw`Protocol major versions differ for (?<from>\S+)(?: port (?<port>\d{1,5}))?: .*`,
  ),
  pattern('scanned', 'scanned', 'bad_protocol', `scanned ${from} with .*`),
  pattern('probed', 'probed', 'bad_protocol', `probed ${from} with .*`),
  pattern(
    'dispatch_failed',
    'ssh_dispatch_run_fatal:',
    'negotiation_failed',
    String.raw`ssh_dispatch_run_fatal: Connection from ${id}: [A-Za-z][\w ,.:-]*${preauth}`,
  ),
  // These have no address: it is on another line of the connection.
  pattern(
    'key_exchange_failed',
    'Unable',
    'negotiation_failed',
    `Unable to negotiate a (?:key exchange method|cipher|mac|host key type)${preauth}`,
  ),
  pattern('no_matching', 'no', 'negotiation_failed', 'no matching [a-z ]+ found: .*'),
  pattern('read_failed', 'Read', 'closed', 'Read from socket failed: .*'),
  pattern(
    'kex_identification',
    'kex_exchange_identification:',
    'no_identification',
    'kex_exchange_identification: .*',
  ),

  ...sshdNoise.map(([name, word, regex]) => pattern(name, word, null, regex)),
];

const repeated = /^message repeated (\d{1,9}) times: \[ (.*)\]$/s;

// ── match ───────────────────────────────────────────────────────────────────────────────────────────────────

const byWord = new Map<string, SshdPattern[]>();
for (const p of patterns) byWord.set(p.word, [...(byWord.get(p.word) ?? []), p]);

/** Names of all patterns, for the check that each has a fixture. */
export const sshdTemplates: readonly string[] = patterns.map((p) => p.template);

/** @param message what follows `sshd[pid]: `; @returns null for a wording that no pattern knows */
export function parseSshd(message: string): ParsedMessage {
  const repeat = message.startsWith('message repeated ') ? repeated.exec(message) : null;
  if (!repeat) return parseOne(message, 1);
  return parseOne(repeat[2] ?? '', Number(repeat[1]));
}

/** What stands before a message: its level, an id (Solaris), the time since the boot (a journal with a kernel's stamps). */
const before = /^(?:(?:error|fatal): |\[ID \d{1,9} \w+\.\w+\] |kernel: ?\[ *\d{1,9}\.\d{1,9}\]:? ){1,3}/;

function parseOne(message: string, times: number): ParsedMessage {
  const text = message.replace(before, '');
  const blank = text.indexOf(' ');
  const first = blank < 0 ? text : text.slice(0, blank);
  for (const { template, event, match, groups } of byWord.get(first.startsWith('pam_') ? 'pam' : first) ??
    []) {
    const found = match.exec(text);
    if (!found) continue;
    if (event !== null)
      return { class: 'event', template, frame: 'auth', row: shape(event, found, groups, times) };
    const from = group(found, groups.from);
    const account = group(found, groups.account) ?? null;
    if (from === undefined && account === null) return { class: 'noise', template };
    const unconfirmed = group(found, groups.name);
    const peer = { address: from === undefined ? null : addressOf(from), account };
    return { class: 'noise', template, peer: unconfirmed === undefined ? peer : { ...peer, unconfirmed } };
  }
  return null;
}

// ── shape ───────────────────────────────────────────────────────────────────────────────────────────────────

function shape(
  event: AuthEvent,
  found: RegExpExecArray,
  at: SshdPattern['groups'],
  times: number,
): AuthFields {
  const source = group(found, at.from) || group(found, at.peer) || null;
  const port = group(found, at.port) ?? group(found, at.peerPort);
  const address = source === null ? null : addressOf(source);
  const account = group(found, at.account) ?? (group(found, at.root) ? 'root' : null);
  return {
    service: 'ssh',
    event,
    account,
    account_exists: group(found, at.invalid) ? false : event === 'accepted' ? true : null,
    address,
    name: address === null ? source : null,
    port: port === undefined ? null : Number(port),
    method: group(found, at.method) ?? null,
    seconds: null,
    count: times * Number(group(found, at.count) ?? 1),
  };
}
