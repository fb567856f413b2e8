import type { AuthEvent } from '../schema.js';
import { addressOf } from './address.js';
import type { AuthFields, ParsedMessage } from './parsed.js';
import { parseHostWarning, parseReject, rejectTemplates } from './postfix-rejects.js';

/**
 * postfix: logins of smtpd (smtpd_sasl_glue.c), its refusals and those of postscreen and cleanup
 * (postfix-rejects.ts); all else is noise. Wordings of 2.3 to 3.10.
 *
 * Schema: service smtp, event (failed, aborted, negotiation_failed for a mechanism that the server has not,
 * accepted), account (since 3.5, null for `(unavailable)`), address, port where smtpd_client_port_logging is on,
 * method, count.
 *
 *     warning: unknown[192.0.2.1]: SASL LOGIN authentication failed: UGFzc3dvcmQ6
 *     warning: unknown[192.0.2.1]: SASL PLAIN authentication failed: (reason unavailable), sasl_username=admin
 *     3F2A4C0E11: client=host1.example[192.0.2.1], sasl_method=PLAIN, sasl_username=admin
 *
 * postfix logs no line for a login, only for each mail of a client that is logged in: an accepted row is a mail.
 * A client chooses mechanism and account; both stand behind the address, which the patterns take from the front.
 */
const program = /^postfix(?:$|[\w.-]*\/)|\/(?:smtpd|postscreen|cleanup)$/;

/** @param name of a program: `postfix/smtpd`, `postfix/submission/smtpd`, `postfix-out/qmgr`, `mx1/smtpd`, … */
export const isPostfix = (name: string): boolean => program.test(name);

// ── patterns ────────────────────────────────────────────────────────────────────────────────────────────────

const client = String.raw`[^\s[\]]*\[[^\s[\]]*\](?::(?:\d{1,5}|unknown))?`;
const found = String.raw`(?<name>[^\s[\]]*)\[(?<from>[^\s[\]]*)\](?::(?:(?<port>\d{1,5})|unknown))?`;

/** Short queue ids are hexadecimal, long ones (2.9) have no vowel, which tells both from words. */
const queueId = /^(?:NOQUEUE|[\dA-F]{5,20}|[\dB-DF-HJ-NP-TV-Zb-df-hj-np-tv-z]{10,20}): /;
const repeated = /^message repeated (\d{1,9}) times: \[ (.*)\]$/s;

const sasl = new RegExp(
  `^${found}: SASL (?<method>.{0,100}?) authentication (?:(?<aborted>aborted)|failed(?:: ?(?<why>.*?)(?:, sasl_username=(?<account>.*))?)?)$`,
  's',
);
const accepted = new RegExp(
  String.raw`^client=${found}(?:, orig_\w+=[^\s,]+){0,2}, sasl_method=(?<method>[^\s,]*), sasl_username=(?<account>.*?)(?:, sasl_sender=.*)?$`,
  's',
);

const daemons = new Map<string, string>();
const known = (template: string, names: string) => {
  for (const name of names.split(' ')) daemons.set(name, `postfix.${template}`);
};
known(
  'delivery',
  'bounce defer discard error flush lmtp local nqmgr oqmgr pickup pipe qmgr smtp trace virtual',
);
known(
  'housekeeping',
  'anvil dnsblog master postalias postdrop postfix postfix-script postfix-tlspol postlog postlogd postmap postmulti postqueue postsuper proxymap proxywrite qmqpd scache sendmail showq spawn tlsmgr tlsproxy trivial-rewrite verify',
);

interface Noise {
  /** First word of the message. */
  readonly word: string;
  readonly template: string;
  readonly regex: RegExp;
}
const noise = (word: string, name: string, regex: string): Noise => ({
  word,
  template: `postfix.${name}`,
  regex: new RegExp(`^${regex}$`, 's'),
});

/** Of smtpd. */
const smtpdNoise: readonly Noise[] = [
  noise('connect', 'connect', `connect from ${client}`),
  noise('disconnect', 'disconnect', String.raw`disconnect from ${client}(?: [\w/= ]*)?`),
  noise('lost', 'lost_connection', `lost connection after .{1,200}? from ${client}.*`),
  noise('timeout', 'timeout', `timeout after .{1,200}? from ${client}.*`),
  noise('too', 'too_many_errors', `too many errors after .{1,200}? from ${client}.*`),
  noise('improper', 'pipelining', `improper command pipelining after .{1,200}? from ${client}.*`),
  noise('client', 'client', `client=${client}(?:, orig_.*|, sasl_sender=.*)?`),
  noise('Anonymous', 'tls', 'Anonymous TLS connection .*'),
  noise('Trusted', 'tls', 'Trusted TLS connection .*'),
  noise('Untrusted', 'tls', 'Untrusted TLS connection .*'),
  noise('Verified', 'tls', 'Verified TLS connection .*'),
  noise('SSL_accept', 'tls', `SSL_accept error from ${client}:.*`),
  noise('TLS', 'tls', `TLS connection established from ${client}:.*`),
  noise('setting', 'tls', `setting up TLS connection from ${client}.*`),
  noise('initializing', 'tls', 'initializing the server-side TLS engine'),
  noise('certificate', 'tls', 'certificate (?:verification|peer) .*'),
  noise('statistics', 'statistics', 'statistics: .*'),
  noise('table', 'table', 'table .* has changed -- restarting'),
  noise('cannot', 'library', 'cannot (?:load|get) .*'),
  noise('looking', 'library', 'looking for plugins in .*'),
  noise('discarding', 'discarding', 'discarding EHLO keywords: .*'),
  noise(
    'warning',
    'warning',
    // What begins or ends like a warning of a client is one, in words that are not known.
    String.raw`warning: (?!(?:\S+: )?SASL .{0,100}authentication (?:failed|aborted)|${client}: |(?:smtpd_peer_init: )?(?:hostname |\S+ \S+ does not resolve |[\da-fA-F.:]+: )|.{0,80}(?: limit exceeded: |: \d+ from ${client} for service )).*`,
  ),
  noise('error', 'fatal', 'error: .*'),
  noise('fatal', 'fatal', 'fatal: .*'),
  noise('panic', 'fatal', 'panic: .*'),
];
const peerCertificate = new RegExp(
  `^${client}: (?:Untrusted|Trusted|Verified|(?:re-)?(?:TLS|certificate)|subject)\\b.*$`,
  's',
);

/** Of postscreen; POSTSCREEN_README. */
const ip = String.raw`\[[\da-fA-F:.]+\]:\d{1,5}`;
const postscreenNoise: readonly Noise[] = [
  noise('CONNECT', 'postscreen_connect', `CONNECT from ${ip} to ${ip}`),
  noise('DISCONNECT', 'postscreen_disconnect', `DISCONNECT ${ip}`),
  noise('PASS', 'postscreen_pass', `PASS (?:NEW|OLD) ${ip}`),
  noise('PREGREET', 'postscreen_test', String.raw`PREGREET \d+ after [\d.]+ from ${ip}:.*`),
  noise('HANGUP', 'postscreen_test', String.raw`HANGUP after [\d.]+ from ${ip} in tests .*`),
  noise('DNSBL', 'postscreen_test', String.raw`DNSBL rank -?\d+ for ${ip}`),
  noise('BARE', 'postscreen_test', `BARE NEWLINE from ${ip} .*`),
  noise('NON', 'postscreen_test', `NON-SMTP COMMAND from ${ip} .*`),
  noise('COMMAND', 'postscreen_test', `COMMAND (?:PIPELINING|(?:TIME|COUNT|LENGTH) LIMIT) from ${ip} .*`),
  noise('BLACKLISTED', 'postscreen_listed', `BLACKLISTED ${ip}`),
  noise('DENYLISTED', 'postscreen_listed', `DENYLISTED ${ip}`),
  noise('WHITELISTED', 'postscreen_listed', `WHITELISTED ${ip}`),
  noise('ALLOWLISTED', 'postscreen_listed', `ALLOWLISTED ${ip}`),
  noise('WHITELIST', 'postscreen_listed', `WHITELIST VETO ${ip}`),
  noise('ALLOWLIST', 'postscreen_listed', `ALLOWLIST VETO ${ip}`),
  noise('cache', 'postscreen_cache', 'cache .* cleanup: .*'),
  noise('close', 'postscreen_cache', 'close database .*'),
  noise('entering', 'postscreen_stress', 'entering STRESS mode .*'),
  noise('leaving', 'postscreen_stress', 'leaving STRESS mode .*'),
];

const noisePatterns = [...smtpdNoise, ...postscreenNoise];
const noiseByWord = new Map<string, Noise[]>();
for (const p of noisePatterns) noiseByWord.set(p.word, [...(noiseByWord.get(p.word) ?? []), p]);

/** What cleanup says of a mail that it has judged, of which the actions are parseReject's. */
const ofMail = new RegExp(`^[\\w-]+: .*(?: from (?:local|${client})[;:] |; from=<)`, 's');

/** What the Cyrus library says before the line that has the client, and failures that are the server's. */
const saslServer = /^(?:SASL (?:authentication (?:failure|problem|error)|per-\w+): .*|SASL: .*)$/s;

const saslTemplates = ['sasl_failed', 'sasl_aborted', 'sasl_mechanism', 'sasl_server', 'accepted'];

/** Names of all patterns, for the check that each has a fixture. */
export const postfixTemplates: readonly string[] = [
  ...new Set([
    ...[...saslTemplates, ...rejectTemplates, 'peer_certificate', 'cleanup'].map((name) => `postfix.${name}`),
    ...daemons.values(),
    ...noisePatterns.map(({ template }) => template),
  ]),
];

// ── match ───────────────────────────────────────────────────────────────────────────────────────────────────

/**
 * @param program as syslog has it: `postfix/smtpd`, `postfix/submission/smtpd`, …
 * @param message what follows `postfix/smtpd[pid]: `
 * @returns null for a wording that no pattern knows
 */
export function parsePostfix(program: string, message: string): ParsedMessage {
  const repeat = message.startsWith('message repeated ') ? repeated.exec(message) : null;
  const parsed = parseOne(program.slice(program.lastIndexOf('/') + 1), repeat?.[2] ?? message);
  if (!repeat || parsed?.class !== 'event') return parsed;
  const count = Number(repeat[1]);
  if (parsed.frame === 'auth') return { ...parsed, row: { ...parsed.row, count } };
  return parsed.frame === 'rejects' ? { ...parsed, row: { ...parsed.row, count } } : parsed;
}

function parseOne(daemon: string, message: string): ParsedMessage {
  const quiet = daemons.get(daemon);
  if (quiet) return { class: 'noise', template: quiet };
  const text = message.replace(queueId, '');
  if (daemon === 'cleanup')
    return parseReject(text) ?? (ofMail.test(text) ? null : { class: 'noise', template: 'postfix.cleanup' });
  if (daemon !== 'smtpd' && daemon !== 'postscreen') return null;
  const warning = text.startsWith('warning: ') ? text.slice(9) : null;
  const parsed =
    parseSasl(warning ?? text) ?? (warning === null ? parseReject(text) : parseHostWarning(warning));
  if (parsed) return parsed;
  const word = /^\w+/.exec(text)?.[0] ?? '';
  const known = noiseByWord.get(word)?.find(({ regex }) => regex.test(text));
  if (known) return { class: 'noise', template: known.template };
  return peerCertificate.test(text) ? { class: 'noise', template: 'postfix.peer_certificate' } : null;
}

function parseSasl(text: string): ParsedMessage {
  if (text.startsWith('client=')) {
    const groups = accepted.exec(text)?.groups;
    return groups ? event('accepted', 'accepted', groups) : null;
  }
  if (saslServer.test(text)) return { class: 'noise', template: 'postfix.sasl_server' };
  const groups = sasl.exec(text)?.groups;
  if (!groups) return null;
  if (groups.aborted) return event('sasl_aborted', 'aborted', groups);
  if (groups.why?.startsWith('Connection lost to authentication server'))
    return { class: 'noise', template: 'postfix.sasl_server' };
  if (groups.why?.startsWith('Invalid authentication mechanism'))
    return event('sasl_mechanism', 'negotiation_failed', groups);
  return event('sasl_failed', 'failed', groups);
}

const event = (
  template: string,
  event: AuthEvent,
  groups: Record<string, string | undefined>,
): ParsedMessage => ({
  class: 'event',
  template: `postfix.${template}`,
  frame: 'auth',
  row: shape(event, groups),
});

// ── shape ───────────────────────────────────────────────────────────────────────────────────────────────────

function shape(event: AuthEvent, groups: Record<string, string | undefined>): AuthFields {
  const { account, from = '', method, name, port } = groups;
  const address = addressOf(from);
  return {
    service: 'smtp',
    event,
    account: account === undefined || account === '(unavailable)' ? null : account,
    account_exists: event === 'accepted' ? true : null,
    address,
    name: !name || name === 'unknown' ? null : name,
    port: port === undefined ? null : Number(port),
    method: method || null,
    seconds: null,
    count: 1,
  };
}
