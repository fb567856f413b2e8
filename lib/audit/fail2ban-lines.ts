import { plainAddress } from './observation.js';

/** A ban, its end or its return in fail2ban's own messages, read by its words and not by the patterns of the import. */
export interface BanLine {
  readonly kind: 'ban' | 'unban' | 'restore';
  /** The jail. */
  readonly name: string;
  readonly address: string | null;
  readonly count: 1;
}

const kinds: Readonly<Record<string, BanLine['kind']>> = {
  Ban: 'ban',
  Unban: 'unban',
  'Restore Ban': 'restore',
};

/** @returns null for what neither begins nor ends a ban; one that is made longer among them */
export function banLine(message: string): BanLine | null {
  const words = message.trimEnd().split(/ +/);
  const banned = words.pop() ?? '';
  const end = words.findLastIndex((word) => word.endsWith(']'));
  const kind = kinds[words.slice(end + 1).join(' ')];
  const jail = words[end] ?? '';
  if (kind === undefined || !jail.startsWith('[')) return null;
  return { kind, name: jail.slice(1, -1), address: plainAddress(alone(banned)), count: 1 };
}

/** Whether a message tells of a jail or of an address, so that the log covers its date. */
export const isAboutJail = (message: string): boolean =>
  /\] (?:Found \S+(?: - [\d: -]+)?|(?:Restore )?Ban \S+|Unban \S+|\S+ already banned|Increase Ban .*)$/.test(
    message,
  ) || /Jail u?['"].*['"] (?:started|stopped)$/.test(message);

/** A network of one address is that address. */
const alone = (banned: string): string => banned.replace(banned.includes(':') ? /\/128$/ : /\/32$/, '');
