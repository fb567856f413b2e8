import type { ParsedEvent } from '../parsers/parsed.js';
import type { LoggedName } from './name-tally.js';

type Named = Omit<LoggedName, 'time'>;

/**
 * The host name that a line of postfix gives to its address. postfix writes `name[address]` where the name leads back
 * to the address, and `unknown[address]` where it does not or there is none; in the first case a warning has the
 * name (smtpd_peer.c).
 */
export function nameOf({ frame, row }: ParsedEvent): Named | null {
  if (frame === 'bans' || row.name === null || row.address === null) return null;
  if (frame === 'auth' && row.service !== 'smtp') return null;
  const warned =
    frame === 'rejects' && row.action === 'warning' && /^no_(?:service|address)$/.test(row.reason);
  const status = warned ? 'unconfirmed' : 'confirmed';
  return { address: row.address, name: row.name, status, source: 'mail server log' };
}

/** sshd has a name in place of the address under `UseDNS yes`, and only one that leads back to it (canohost.c). */
export const sshdName = (told: Pick<Named, 'address' | 'name'> | null): Named | null =>
  told && { ...told, status: 'confirmed', source: 'sshd log' };
