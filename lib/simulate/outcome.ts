/** What settings would have done to one address. */
export interface Outcome {
  bans: number;
  /** Attempts that reached the server. */
  through: number;
  /** Attempts that met a ban. */
  stopped: number;
  /** Logins of known accounts that met a ban. */
  lockedOut: number;
  /** Seconds within the log during which it was banned. */
  banned: number;
  /** Spans of its bans within the log, seconds, in order and apart: from, to, from, to … */
  readonly spans: number[];
  /** Spans that were not played, in which it was banned again and again; in order and apart. */
  readonly skipped: number[];
}

/** One jail under the settings in question, which meets one address after the other; what it bans does not get in. */
export interface World {
  begin(address: number): void;
  /** A row arrives, no earlier than the last. @returns false when it met a ban */
  meet(time: number, failures: number, attempts: number, login: number): boolean;
  /** The last second at which the address is banned, or null. */
  bannedUntil(time: number): number | null;
  /** What is counted of the address, as one number: the same number after the same tries will come again. NaN when that is not known. */
  counted(): number;
  /** Of the address that began last; what is added to it counts too. */
  readonly outcome: Outcome;
  /** The outcome of the address, with the ban that stands. */
  end(): Outcome;
}

export const noOutcome = (): Outcome => ({
  bans: 0,
  through: 0,
  stopped: 0,
  lockedOut: 0,
  banned: 0,
  spans: [],
  skipped: [],
});
