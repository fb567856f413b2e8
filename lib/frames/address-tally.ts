/** An address with its first and last time, in UTC milliseconds. */
export type SeenAddress = readonly [address: string, first: number, last: number];

/** First and last time that an address was seen. */
export interface AddressSpan {
  first: number;
  last: number;
}

export function widen(span: AddressSpan, first: number, last: number): void {
  if (first < span.first) span.first = first;
  if (last > span.last) span.last = last;
}

/** Seen addresses in a form that is quickly sent from thread to thread. */
export interface PackedAddresses {
  /** One a line. */
  readonly texts: string;
  /** First and last time of each, one behind the other. */
  readonly times: Float64Array;
}

/** First and last time that addresses were seen. */
export class AddressTally {
  private seen = new Map<string, AddressSpan>();

  /** @returns its span, which may be kept to enter the same address again without looking it up */
  add(address: string, first: number, last: number): AddressSpan {
    const span = this.seen.get(address);
    if (!span) {
      const begun = { first, last };
      this.seen.set(address, begun);
      return begun;
    }
    widen(span, first, last);
    return span;
  }

  addPacked({ texts, times }: PackedAddresses): void {
    if (texts === '') return;
    const addresses = texts.split('\n');
    for (const [i, address] of addresses.entries())
      this.add(address, times[2 * i] ?? Number.NaN, times[2 * i + 1] ?? Number.NaN);
  }

  packed(): PackedAddresses {
    const times = new Float64Array(2 * this.seen.size);
    let at = 0;
    for (const { first, last } of this.seen.values()) {
      times[at++] = first;
      times[at++] = last;
    }
    return { texts: [...this.seen.keys()].join('\n'), times };
  }

  /** Adds all that another has, which must not be used after that: of the first its map is taken over. */
  addAll(other: AddressTally): void {
    if (this.seen.size === 0) {
      this.seen = other.seen;
      return;
    }
    for (const [address, { first, last }] of other.seen) this.add(address, first, last);
  }

  *entries(): Generator<SeenAddress> {
    for (const [address, { first, last }] of this.seen) yield [address, first, last];
  }

  /** Addresses in the order of their text. */
  sorted(): SeenAddress[] {
    // Sorted without a comparison of ours, which is called millions of times.
    return [...this.seen.keys()].sort().map((address) => {
      const span = this.seen.get(address);
      return [address, span?.first ?? Number.NaN, span?.last ?? Number.NaN];
    });
  }
}
