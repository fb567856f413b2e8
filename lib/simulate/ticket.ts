/** What fail2ban knows of one address in one jail, first while it counts failures and then while it is banned. */
export interface Ticket {
  readonly address: number;
  /** Begin of the span that `retry` is counted over; later than the first failure once that is older than findtime. */
  first: number;
  /** Time of the last failure; of a ban, the time from which it runs. */
  time: number;
  /** Failures held against maxretry: an estimate once the span is longer than findtime, more for known addresses. */
  retry: number;
  /** Failures that the mail names. */
  failures: number;
  /** Which ban of the address this is, as bantime.increment counts. */
  banCount: number;
  /** Seconds; null until it differs from the jail's bantime. -1 is for ever. */
  banTime: number | null;
  /** True where the ban stands in the database already. */
  restored: boolean;
  /** Clock when it was last changed. */
  touched: number;
}

/** End of a ban that has none, fail2ban's own number for it. */
export const never = 0x7fffffffffff;

/** When a ban is over. @param banTime the jail's, where the ticket has none of its own */
export function endOf(ticket: Ticket, banTime: number): number {
  const span = ticket.banTime ?? banTime;
  return span === -1 ? never : ticket.time + span;
}
