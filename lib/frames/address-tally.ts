/** An address with its first and last time, in UTC milliseconds. */
export type SeenAddress = readonly [address: string, first: number, last: number];

/** First and last time that addresses were seen. */
export class AddressTally {
  private readonly seen = new Map<string, { first: number; last: number }>();
  private lastAddress = '';
  private lastSpan = { first: 0, last: 0 };

  enter(address: string | null, utc: number): void {
    if (address !== null) this.add(address, utc, utc);
  }

  add(address: string, first: number, last: number): void {
    // Neighbouring lines are mostly of one address, and it is quicker to compare than to look up.
    if (address !== this.lastAddress) {
      let span = this.seen.get(address);
      if (!span) {
        span = { first, last };
        this.seen.set(address, span);
      }
      this.lastAddress = address;
      this.lastSpan = span;
    }
    const span = this.lastSpan;
    if (first < span.first) span.first = first;
    if (last > span.last) span.last = last;
  }

  *entries(): Generator<SeenAddress> {
    for (const [address, { first, last }] of this.seen) yield [address, first, last];
  }
}
