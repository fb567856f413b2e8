import { cellText } from '../printable.js';
import { plainAddress } from './observation.js';

/** What a message of sshd says of an attempt, read by its words and not by the patterns of the import. */
export interface SshdLine {
  /** failure: a wrong password; refused: another that fail2ban counts; pam: PAM's own line. */
  readonly kind: 'failure' | 'refused' | 'pam';
  /** The account; null where the line has none. */
  readonly name: string | null;
  readonly address: string | null;
  readonly count: number;
  /** Of a failure, address and port as they are written. */
  readonly peer?: string;
}

/** @returns null for a line that no statistic counts */
export function sshdLine(message: string): SshdLine | null {
  let text = withoutLevel(message);
  let count = 1;
  if (text.startsWith('message repeated ') && text.endsWith(']')) {
    count = Number(text.split(' ')[2]);
    text = withoutLevel(text.slice(text.indexOf('[') + 2, -1));
  }
  const said = text.startsWith('Failed ') ? failure(text) : (pam(text) ?? refusal(text));
  return said && { ...said, count: said.count * count };
}

/** The account of a line that tells one, whatever it says of it; null for none. */
export const accountIn = (message: string): string | null =>
  /^(?:Failed|Accepted) \S+ for (?:invalid user |illegal user )?(.*) from \S+(?: port|$)/.exec(
    withoutLevel(message),
  )?.[1] ??
  /^Invalid user (.*) from \S+/.exec(message)?.[1] ??
  null;

/** Its words are taken from the end: the client chooses those before. */
function failure(text: string): SshdLine | null {
  const method = text.split(' ')[1];
  if (method === 'publickey' || !text.startsWith(`Failed ${method} for `)) return null;
  // Behind this stands a name that the client sent: where it looks like an address too, nobody can tell.
  const sent = text.indexOf(' ssh1: ruser ');
  if (sent >= 0 && / port \d+ ssh\d$/.test(text)) return null;
  const words = (sent < 0 ? text : text.slice(0, sent)).split(' ').slice(3);
  if (/^ssh\d$/.test(words.at(-1) ?? '')) words.pop();
  const port = words.at(-2) === 'port' ? words.splice(-2)[1] : undefined;
  const [from, address = ''] = words.splice(-2);
  // A line that is cut off where it is longer than any may end within these.
  if (from !== 'from' || address === '' || port === '') return null;
  if (/^(?:invalid|illegal)$/.test(words[0] ?? '') && words[1] === 'user' && words.length > 2)
    words.splice(0, 2);
  const said = { address: plainAddress(address), name: cellText(words.join(' ')), count: 1 };
  return method === 'password'
    ? { kind: 'failure', ...said, peer: `${plainAddress(address) ?? address} ${port}` }
    : { kind: 'refused', ...said };
}

/** PAM's own line, without its module. It tells the account behind the last `user=`, and leaves out one that does not exist. */
export function pamLine(text: string): SshdLine | null {
  const [, more = '1'] = /^(\d+) more authentication failures?; /.exec(text) ?? [];
  if (!/^(?:authentication failure|\d+ more authentication failures?); /.test(text)) return null;
  const user = / rhost=\S*\s+user=(.*)$/.exec(text)?.[1] ?? null;
  return { kind: 'pam', name: user, address: null, count: Number(more) };
}

function pam(text: string): SshdLine | null {
  const line = /^(?:pam_\w+\(sshd:auth\):|PAM) (.*)$/s.exec(text)?.[1];
  if (line !== undefined) return pamLine(line);
  const [, account] =
    /^PAM: (?:Have exhausted .*? for service|.*?) for (?:illegal user |invalid user )?(.*) from \S+/.exec(
      text,
    ) ?? [];
  return account === undefined ? null : { kind: 'pam', name: account, address: null, count: 1 };
}

/** What sshd refuses by a rule, and where it ends a connection after too many tries. */
function refusal(text: string): SshdLine | null {
  const of = (name: string | null): SshdLine => ({ kind: 'refused', name, address: null, count: 1 });
  const end = text.replace(/ \[preauth\]$/, '');
  if (/^ROOT LOGIN REFUSED FROM /.test(end)) return of('root');
  if (/^Disconnecting: Too many authentication failures/.test(end))
    return of(/ for (.*)$/.exec(end)?.[1] ?? null);
  const most = /^maximum authentication attempts exceeded for (?:invalid user )?(.*) from \S+ port /.exec(
    end,
  );
  if (most) return of(most[1] ?? null);
  // A name may hold anything, these words too: the last of them are sshd's.
  const user =
    /^User (.*) not allowed because (?:account is locked|shell .*)$/.exec(end) ??
    /^User (.*) from \S+ not allowed because /.exec(end);
  return user ? of(user[1] ?? null) : null;
}

const withoutLevel = (text: string): string =>
  text.replace(/^(?:(?:error|fatal): |\[ID [^\]]*\] |kernel: ?\[ *[\d.]+\]:? )+/, '');
