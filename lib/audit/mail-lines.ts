import { cellText } from '../printable.js';
import { plainAddress } from './observation.js';

/** What a line of a mail server says, read by its words and not by the patterns of the import. */
export interface MailLine {
  readonly kind: 'auth' | 'login' | 'reject';
  /** Of a failed login, the account; of a refusal by a block list `rbl LIST`, of a warning `no_service` or `no_address`. */
  readonly name: string;
  readonly address: string | null;
  readonly count: number;
}

/** @param program such as postfix/smtpd; @returns null for a line that no statistic of mail counts */
export function mailLine(program: string, message: string): MailLine | null {
  const again = /^message repeated (\d+) times: \[ (.*)\]$/s.exec(message);
  const text = again?.[2] ?? message;
  const said = /\/(?:smtpd|postscreen)$/.test(program) ? postfix(text) : dovecot(program, text);
  return said && { ...said, count: (said.count ?? 1) * Number(again?.[1] ?? 1) };
}

type Said = Omit<MailLine, 'count'> & { readonly count?: number };

function dovecot(program: string, message: string): Said | null {
  const process = program.replace(/^dovecot-/, '');
  const text = process === 'dovecot' ? message : `${process}: ${message}`;
  if (/^(?:imap|pop3|submission|imap-urlauth)-login(?:\(\d+\))?: /.test(text)) return login(text);
  return /^auth(?:-worker)?[(:]/.test(text) ? auth(text) : null;
}

/** `imap-login: REASON (auth failed, 3 attempts in 12 secs): user=<ACCOUNT>, method=PLAIN, rip=ADDRESS, …` */
function login(text: string): Said | null {
  const [before = '', ...rest] = text.split(': user=<');
  if (/: ID sent: /.test(before)) return null;
  const [, cause] =
    /\((auth failed|\d+ authentication attempts|proxy dest auth\S*(?: \w+)*)[^()]*\)/.exec(before) ?? [];
  const fields = rest.join(': user=<');
  const at = fields.lastIndexOf(', rip=');
  const name = fields
    .slice(0, at)
    .replace(/>, method=[^>]*$/, '')
    .replace(/>$/, '');
  if (cause === undefined || at < 0 || name === '') return null;
  const count = Number(/(\d+) (?:authentication )?attempts/.exec(before)?.[1] ?? 1) || 1;
  const address = plainAddress(fields.slice(at + 6).split(/[ ,]/)[0] ?? '');
  return { kind: 'login', name: cellText(name), address, count };
}

/** `auth: DATABASE(ACCOUNT,ADDRESS,<session>): what it answered`; the account may hold anything but an address there. */
function auth(text: string): Said | null {
  if (/: Debug: /.test(text.slice(0, 40))) return null;
  const said = text
    .replace(/^auth(?:-worker)?(?:\((?:default|\d+)\))?: (?:[A-Z][a-z]+: )?/, '')
    .replace(/^conn .*?: auth-worker<\d+>: /, '');
  const ends = said.split(/\)(?:<[^<>\s]*>){0,2}: /);
  const places = ends.slice(0, -1).filter((end) => addressAtEnd(end) !== null);
  const [place] = places;
  if (place === undefined || places.length > 1) return null;
  const answer = said.slice(said.indexOf(place) + place.length);
  const refused =
    /mismatch|unknown user|not found|not known|\) failed: |invalid cred|disallow|given password|authentication fail|login failed|illegal char|empty username|credentials? rejected|oauth2 failed/i;
  if (!refused.test(answer) || /pam_acct_mgmt|scheme, but/.test(answer)) return null;
  const name = place.slice(place.indexOf('(') + 1).split(',');
  const extra = /^(?:<.*|[a-z]+:.*|)$/.test(name.at(-1) ?? '') && !plainAddress(name.at(-1) ?? '') ? 2 : 1;
  const account = name.slice(0, -extra).join(',');
  if (account === '?' || account.includes('given password: ')) return null;
  return { kind: 'auth', name: cellText(account), address: addressAtEnd(place) };
}

const addressAtEnd = (text: string): string | null =>
  text
    .split(',')
    .slice(-2)
    .map((part) => (text.includes(',') ? plainAddress(part) : null))
    .find((address) => address !== null) ?? null;

function postfix(text: string): Said | null {
  const named = / SASL (\S+) authentication failed: (.*?), sasl_username=(.*)$/s.exec(text);
  const account = named?.[3] ?? '(unavailable)';
  if (named && account !== '(unavailable)' && !/^(?:Connection lost|Invalid auth)/.test(named[2] ?? '')) {
    const client = text.slice(0, named.index);
    const address = client.slice(client.lastIndexOf('[') + 1, client.lastIndexOf(']'));
    return { kind: 'login', name: cellText(account), address: plainAddress(address) };
  }
  const warning = text.split('warning: ')[1];
  if (warning !== undefined && /^(?:[\dA-Za-z]+: )?warning: /.test(text))
    return hostName(warning.replace('smtpd_peer_init: ', ''));
  const at = text.indexOf(': reject: ');
  if (at < 0 || text.slice(0, at).includes(' ')) return null;
  const [head = '', ...rest] = text.slice(at + 10).split(']');
  const reply = rest.join(']').split(/; (?:[a-z]+=<|proto=)/)[0] ?? '';
  // What is refused is in front of why, in `<…>: `; the client chose it.
  const chosen = / <.*?>: /.exec(reply);
  const why =
    chosen && /^(?:\]?:[\d:]*)?(?: [\d.]+)*$/.test(reply.slice(0, chosen.index))
      ? reply.slice(chosen.index + chosen[0].length - 1)
      : reply;
  const said =
    / blocked using (\S+?)[;,]?(?: |$)/i.exec(why)?.[1] ?? /; .* using (\S+?)[;,]?(?: |$)/.exec(why)?.[1];
  // Behind `=` stands what the list answered.
  const list = said?.split('=')[0];
  if (list === undefined || !head.includes(' from ')) return null;
  return {
    kind: 'reject',
    name: `rbl ${list}`,
    address: plainAddress(head.slice(head.lastIndexOf('[') + 1)),
  };
}

/** `hostname NAME does not resolve to address ADDRESS: WHY`, and the wordings before 2.7 that begin with the address. */
function hostName(words: string): Said | null {
  const [before = '', after] = words.split(' does not resolve to address ');
  if (after !== undefined && before.startsWith('hostname ')) {
    const [address = '', why] = after.split(': ');
    return {
      kind: 'reject',
      name: why === undefined ? 'no_address' : 'no_service',
      address: plainAddress(address),
    };
  }
  const address = plainAddress(words.split(': ')[0] ?? '');
  if (words.includes(': address not listed for hostname '))
    return { kind: 'reject', name: 'no_address', address };
  if (!/: hostname \S+ verification failed/.test(words)) return null;
  return { kind: 'reject', name: /failed: ./.test(words) ? 'no_service' : 'no_address', address };
}
