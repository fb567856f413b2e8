/** First and last time an address was seen, in UTC milliseconds. */
export class AddressTally {
  private readonly seen = new Map<string, { first: number; last: number }>();

  enter(address: string | null, utc: number): void {
    if (address === null) return;
    const span = this.seen.get(address);
    // A text cut from a line keeps the whole piece of the file in memory that the line was cut from: keep a copy.
    if (!span) this.seen.set(Buffer.from(address).toString(), { first: utc, last: utc });
    else if (utc < span.first) span.first = utc;
    else if (utc > span.last) span.last = utc;
  }

  /** Addresses in the order of their text. */
  entries(): [string, { first: number; last: number }][] {
    return [...this.seen].sort(([a], [b]) => (a < b ? -1 : 1));
  }
}
