import { plainAddress } from './observation.js';

/** What a line of a mail server says, read by its words and not by the patterns of the import. */
export interface MailLine {
  readonly kind: 'reject';
  /** Of a refusal by a block list `rbl LIST`, of a warning `no_service` or `no_address`. */
  readonly name: string;
  readonly address: string | null;
  readonly count: number;
}

/** @param program such as postfix/smtpd; @returns null for a line that no statistic of mail counts */
export function mailLine(program: string, message: string): MailLine | null {
  if (!/^postfix.*\/(?:smtpd|postscreen)$/.test(program)) return null;
  const again = /^message repeated (\d+) times: \[ (.*)\]$/s.exec(message);
  const said = postfix(again?.[2] ?? message);
  return said && { ...said, count: Number(again?.[1] ?? 1) };
}

function postfix(text: string): Omit<MailLine, 'count'> | null {
  const warning = text.split('warning: ')[1];
  if (warning !== undefined && /^(?:[\dA-Za-z]+: )?warning: /.test(text))
    return hostName(warning.replace('smtpd_peer_init: ', ''));
  const at = text.indexOf(': reject: ');
  if (at < 0 || text.slice(0, at).includes(' ')) return null;
  const [head = '', ...rest] = text.slice(at + 10).split(']');
  const reply = rest.join(']').split(/; (?:[a-z]+=<|proto=)/)[0] ?? '';
  const list =
    / blocked using (\S+?)[;,]?(?: |$)/i.exec(reply)?.[1] ?? /; .* using (\S+?)[;,]?(?: |$)/.exec(reply)?.[1];
  if (list === undefined || !head.includes(' from ')) return null;
  return {
    kind: 'reject',
    name: `rbl ${list}`,
    address: plainAddress(head.slice(head.lastIndexOf('[') + 1)),
  };
}

/** `hostname NAME does not resolve to address ADDRESS: WHY`, and the wordings before 2.7 that begin with the address. */
function hostName(words: string): Omit<MailLine, 'count'> | null {
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
