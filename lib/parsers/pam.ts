import { addressOf } from './address.js';
import type { AuthFields, ParsedMessage } from './parsed.js';

/**
 * Modules of PAM in the log of any program but sshd itself (sshd.ts): pam_unix and those that use its words
 * (pam_sss, pam_ldap, pam_krb5). Linux-PAM 0.77 to 1.6, support.c of pam_unix.
 *
 * Schema: service by the PAM service, with method `pam:SERVICE` where it is `other`; event pam_failure, account
 * (null where the line has no user=, as for an account that does not exist), address or name, count.
 *
 *     pam_unix(dovecot:auth): authentication failure; logname= uid=0 euid=0 tty=dovecot ruser=admin rhost=192.0.2.1
 *     pam_unix(vsftpd:auth): authentication failure; logname= uid=0 euid=0 tty=ftp ruser=root rhost=192.0.2.1  user=root
 *     (pam_unix) authentication failure; logname= uid=0 euid=0 tty= ruser= rhost=host1.example  user=root
 *
 * Up to 0.99 the module stood in the program: `login(pam_unix)[4242]: authentication failure; …`.
 *
 * A client chooses ruser (vsftpd, dovecot) and user (pam_sss), which stand on both sides of rhost, and may put
 * " rhost=198.51.100.9  user=x" into either. Where more than one place can be rhost, address, name and account are
 * null: which is real cannot be told.
 */

// ── patterns ────────────────────────────────────────────────────────────────────────────────────────────────

const inProgram = /^(?<program>[^()\s]+)\((?<module>pam_\w+)\)$/;
const inMessage = /^(?:\((?<old>pam_\w+)\) |(?<module>pam_\w+)(?:\((?<service>[^()\s]*)\))?(?:\[\d+\])?: )/;
const repeated = /^message repeated (\d{1,9}) times: \[ (.*)\]$/s;

const failure =
  /^(?:authentication failure|(?<more>\d{1,9}) more authentication failures?); logname=\S* uid=\d+ euid=\d+ tty=\S* ruser=(?<rest>.*)$/s;
/** Where rhost may be: its value is one word, then comes user= or the end. */
const rhost = / rhost=(\S*)(?: {1,2}user=| *$)/g;

const noise: readonly (readonly [string, RegExp])[] = [
  ['check_pass', /^check pass; user (?:\(.*\) )?unknown$/s],
  ['session', /^session (?:opened|closed) for user .*$/s],
  // With the fields of a failure it is one, in words that are not known.
  ['other', /^(?!.*(?:authentication failures?; |logname=| rhost=)).*$/s],
];

const services = new Map<string, AuthFields['service']>([
  ['sshd', 'ssh'],
  ['dovecot', 'mail'],
  ['imap', 'imap'],
  ['imaps', 'imap'],
  ['pop', 'pop3'],
  ['pop3', 'pop3'],
  ['pop3s', 'pop3'],
  ['sieve', 'sieve'],
  ['smtp', 'smtp'],
  ['smtpd', 'smtp'],
]);

/** Names of all patterns, for the check that each has a fixture. */
export const pamTemplates: readonly string[] = [
  'failure',
  'more_failures',
  'failure_unclear',
  ...noise.map(([name]) => name),
].map((name) => `pam.${name}`);

// ── match ───────────────────────────────────────────────────────────────────────────────────────────────────

/** @returns whether a module of PAM wrote the message, under the program's name */
export function isPam(program: string, message: string): boolean {
  return inProgram.test(program) || inMessage.test(repeated.exec(message)?.[2] ?? message);
}

/** @returns null for a wording that no pattern knows, and for what no module of PAM wrote */
export function parsePam(program: string, message: string): ParsedMessage {
  const repeat = message.startsWith('message repeated ') ? repeated.exec(message) : null;
  const text = repeat?.[2] ?? message;
  const times = repeat ? Number(repeat[1]) : 1;
  const old = inProgram.exec(program)?.groups;
  if (old) return parseText(old.program ?? '', text, times);
  const head = inMessage.exec(text);
  if (!head) return null;
  // `pam_unix(SERVICE:auth)`; without a service, `pam_unix(auth)` and `(pam_unix)`, it is the program's.
  const service = /^(.*):\w+$/.exec(head.groups?.service ?? '')?.[1];
  return parseText(service || program, text.slice(head[0].length), times);
}

function parseText(service: string, text: string, times: number): ParsedMessage {
  const found = failure.exec(text)?.groups;
  if (found) {
    const rest = found.rest ?? '';
    const places = [...rest.matchAll(rhost)];
    // A name begins with no blank, so that `ruser= rhost=` is an empty ruser.
    const place = places.length === 1 || places[0]?.index === 0 ? places[0] : undefined;
    const name = place ? (found.more ? 'more_failures' : 'failure') : 'failure_unclear';
    const count = times * Number(found.more ?? 1);
    return {
      class: 'event',
      template: `pam.${name}`,
      frame: 'auth',
      row: shape(service, rest, place, count),
    };
  }
  const known = noise.find(([, regex]) => regex.test(text));
  return known ? { class: 'noise', template: `pam.${known[0]}` } : null;
}

// ── shape ───────────────────────────────────────────────────────────────────────────────────────────────────

function shape(
  pamService: string,
  rest: string,
  place: RegExpExecArray | undefined,
  count: number,
): AuthFields {
  const service = services.get(pamService) ?? 'other';
  const source = place?.[1] || null;
  const address = source === null ? null : addressOf(source);
  const user = place?.[0].endsWith('user=') ? rest.slice(place.index + place[0].length) : null;
  return {
    service,
    event: 'pam_failure',
    account: user,
    account_exists: null,
    address,
    name: address === null ? source : null,
    port: null,
    method: service === 'other' ? `pam:${pamService}` : null,
    seconds: null,
    count,
  };
}
