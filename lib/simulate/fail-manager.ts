import type { Ticket } from './ticket.js';

/** The failures of one jail that are not yet a ban. */
export interface FailManager {
  /**
   * Counts failures of an address.
   * @param time of the failure; @param now the clock, which may be ahead of a late line
   * @returns the address's ticket
   */
  add(address: number, time: number, now: number, count: number): Ticket;
  /** Counts more for an address that is counted already, as fail2ban's observer does for one with earlier bans. */
  addMore(ticket: Ticket, more: number): void;
  /** Takes an address out once it has enough failures. @returns null when it has not */
  take(ticket: Ticket): Ticket | null;
  clear(): void;
  /** Addresses that are counted. */
  readonly size: number;
}

/** Python's round: halves go to the even number. */
export function roundHalfEven(value: number): number {
  const floor = Math.floor(value);
  const rest = value - floor;
  if (rest !== 0.5) return Math.round(value);
  return floor % 2 === 0 ? floor : floor + 1;
}

/** What failures over a span come to in one findtime, at the same rate. */
export const scaledCount = (retry: number, span: number, findTime: number): number =>
  roundHalfEven((retry / span) * findTime);

/**
 * fail2ban's FailManager. A count does not run over a window that slides: when the failures of an address span more
 * than findtime, its count is scaled down to what that rate would give in one findtime. An address is forgotten when
 * its last failure is a findtime old; fail2ban looks for such every ten seconds, this as soon as the clock has moved.
 */
export function failManager(maxRetry: number, findTime: number): FailManager {
  const tickets = new Map<number, Ticket>();
  const isOld = (ticket: Ticket, now: number) => ticket.touched < now && ticket.time <= now - findTime;
  let limit = 1024;

  /** Keeps no more than twice the addresses that are active. */
  const forget = (now: number): void => {
    for (const ticket of tickets.values()) if (isOld(ticket, now)) tickets.delete(ticket.address);
    limit = Math.max(1024, 2 * tickets.size);
  };

  const adjust = (ticket: Ticket, time: number): void => {
    if (time <= ticket.time) return;
    if (ticket.first < time - findTime) {
      ticket.retry = scaledCount(ticket.retry, time - ticket.first, findTime);
      ticket.first = time - findTime;
    }
    ticket.time = time;
  };

  return {
    add: (address, time, now, count) => {
      const known = tickets.get(address);
      if (known !== undefined && !isOld(known, now)) {
        adjust(known, time);
        known.retry += count;
        known.failures += 1;
        known.touched = now;
        return known;
      }
      if (tickets.size >= limit) forget(now);
      const ticket: Ticket = {
        address,
        first: time,
        time,
        retry: count,
        failures: 1,
        banCount: 0,
        banTime: null,
        restored: false,
        touched: now,
      };
      tickets.set(address, ticket);
      return ticket;
    },
    addMore: (ticket, more) => {
      ticket.retry += more;
      ticket.failures += 1;
    },
    take: (ticket) => {
      if (ticket.retry < maxRetry) return null;
      tickets.delete(ticket.address);
      return ticket;
    },
    clear: () => tickets.clear(),
    get size() {
      return tickets.size;
    },
  };
}
