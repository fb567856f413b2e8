import { TimeQueue } from '../time-queue.js';
import { endOf, never, type Ticket } from './ticket.js';

/** What became of a ticket that was to be banned: `known` is the ban that the address has already. */
export type Added = { readonly as: 'ban' | 'expired' } | { readonly as: 'already'; readonly known: Ticket };

/** The addresses that one jail bans at the moment. */
export interface BanList {
  add(ticket: Ticket, now: number): Added;
  /** A ban of the list was given an earlier end. */
  shortened(ticket: Ticket): void;
  /** Takes out the bans that are over, earliest first. */
  takeOver(now: number, unban: (ticket: Ticket) => void): void;
  get(address: number): Ticket | undefined;
  /** Takes out all of them. */
  flush(unban: (ticket: Ticket) => void): void;
  readonly size: number;
}

const ban: Added = { as: 'ban' };
const expired: Added = { as: 'expired' };

/**
 * fail2ban's BanManager. A ban is over when the clock is past its end, so in the second of the end it still stands.
 * A ban that has been made shorter ends when fail2ban looks next, which may be later than its new end.
 */
export function banList(banTime: number): BanList {
  const tickets = new Map<number, Ticket>();
  // Holds for each ban an entry that is not later than its end; one that is earlier is put right when it comes up.
  let ends = new TimeQueue<{ at: number; ticket: Ticket }>();
  let nextLook = never;

  const push = (ticket: Ticket): void => {
    const at = endOf(ticket, banTime);
    if (at < never) ends.push({ at, ticket });
  };
  const isBanned = (ticket: Ticket) => tickets.get(ticket.address) === ticket;

  return {
    add: (ticket, now) => {
      const end = endOf(ticket, banTime);
      if (end < now) return expired;
      const known = tickets.get(ticket.address);
      if (known !== undefined) {
        if (end > endOf(known, banTime)) {
          const span = ticket.banTime ?? banTime;
          known.banTime = span === -1 ? -1 : span + Math.max(0, ticket.time - known.time);
        }
        return { as: 'already', known };
      }
      tickets.set(ticket.address, ticket);
      ticket.banCount += 1;
      push(ticket);
      nextLook = Math.min(nextLook, end);
      return ban;
    },
    shortened: push,
    takeOver: (now, unban) => {
      if (nextLook > now) return;
      for (;;) {
        const { next } = ends;
        if (next === Number.POSITIVE_INFINITY) break;
        const entry = ends.pop();
        if (!entry) break;
        if (!isBanned(entry.ticket)) continue;
        const end = endOf(entry.ticket, banTime);
        if (end < now) {
          tickets.delete(entry.ticket.address);
          unban(entry.ticket);
        } else if (end === entry.at) {
          ends.push(entry);
          break;
        } else if (end > entry.at) push(entry.ticket);
      }
      nextLook = Math.min(ends.next, never);
    },
    get: (address) => tickets.get(address),
    flush: (unban) => {
      for (const ticket of tickets.values()) unban(ticket);
      tickets.clear();
      ends = new TimeQueue();
      nextLook = never;
    },
    get size() {
      return tickets.size;
    },
  };
}
