import { plainAddress } from './observation.js';

/** A ban in fail2ban's own messages, read by its words and not by the patterns of the import. */
export interface BanLine {
  readonly kind: 'ban';
  /** The jail. */
  readonly name: string;
  readonly address: string | null;
  readonly count: 1;
}

/** @returns null for what is no new ban: a ban that is restored or made longer among them */
export function banLine(message: string): BanLine | null {
  const [jail = '', word, banned = ''] = message.trimEnd().split(/ +/).slice(-3);
  if (word !== 'Ban' || !jail.startsWith('[') || !jail.endsWith(']')) return null;
  return { kind: 'ban', name: jail.slice(1, -1), address: plainAddress(banned), count: 1 };
}

/** Whether a message tells of a jail or of an address, so that the log covers its date. */
export const isAboutJail = (message: string): boolean =>
  /\] (?:Found \S+(?: - [\d: -]+)?|(?:Restore )?Ban \S+|Unban \S+|\S+ already banned|Increase Ban .*)$/.test(
    message,
  ) || /Jail u?['"].*['"] (?:started|stopped)$/.test(message);
