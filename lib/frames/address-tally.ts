import { addressOfNumber, numberOfAddress } from '../parsers/address.js';

/** An address with its first and last time, in UTC milliseconds. */
export type SeenAddress = readonly [address: string, first: number, last: number];

/** Seen addresses in a form that is quickly sent from thread to thread. */
export interface PackedAddresses {
  /** IPv4 addresses as numbers, and first and last time of each, one behind the other. */
  readonly numbers: Int32Array;
  readonly times: Float64Array;
  /** All others. */
  readonly others: readonly SeenAddress[];
}

/**
 * First and last time that addresses were seen. Almost all are IPv4; these are numbers in a table, which finds one
 * in a tenth of the time that a map of texts takes, and nobody has to make the texts.
 */
export class AddressTally {
  /** IPv4 addresses as signed 32-bit numbers, in the order in which they came, and their times. */
  private numbers: Int32Array = new Int32Array(1024);
  private times: Float64Array = new Float64Array(2 * 1024);
  private size = 0;
  /** Open addressing: where in `numbers` the address of a slot is, counted from 1. */
  private slots = new Int32Array(2 * 1024);
  private readonly others = new Map<string, { first: number; last: number }>();

  /** @returns where its times are, for `widen`; -1 for what is not IPv4 */
  add(address: string, first: number, last: number): number {
    const number = numberOfAddress(address);
    if (number !== null) return this.addNumber(number, first, last);
    const span = this.others.get(address);
    if (!span) this.others.set(address, { first, last });
    else {
      if (first < span.first) span.first = first;
      if (last > span.last) span.last = last;
    }
    return -1;
  }

  /** The same for an IPv4 address as a number. */
  addNumber(number: number, first: number, last: number): number {
    const mask = this.slots.length - 1;
    let slot = Math.imul(number, 0x9e3779b1) >>> 8;
    for (;;) {
      slot &= mask;
      const at = (this.slots[slot] ?? 0) - 1;
      if (at < 0) break;
      if (this.numbers[at] === number) {
        this.widen(at, first, last);
        return at;
      }
      slot++;
    }
    if (this.size === this.numbers.length) {
      this.grow();
      return this.addNumber(number, first, last);
    }
    const at = this.size++;
    this.slots[slot] = at + 1;
    this.numbers[at] = number;
    this.times[2 * at] = first;
    this.times[2 * at + 1] = last;
    return at;
  }

  numberAt(at: number): number {
    return this.numbers[at] ?? 0;
  }

  /** @param at as add returned it */
  widen(at: number, first: number, last: number): void {
    const { times } = this;
    if (first < (times[2 * at] ?? 0)) times[2 * at] = first;
    if (last > (times[2 * at + 1] ?? 0)) times[2 * at + 1] = last;
  }

  private grow(): void {
    const { numbers, times } = this;
    // Not twice as much: for a million addresses the last growth would decide how much memory an import takes.
    const size = Math.ceil(1.5 * numbers.length);
    this.numbers = new Int32Array(size);
    this.numbers.set(numbers);
    this.times = new Float64Array(2 * size);
    this.times.set(times);
    this.fillSlots();
  }

  /** Twice as many slots as addresses, or up to four times: a power of two. */
  private fillSlots(): void {
    this.slots = new Int32Array(2 ** Math.ceil(Math.log2(2 * this.numbers.length)));
    const mask = this.slots.length - 1;
    for (let at = 0; at < this.size; at++) {
      let slot = (Math.imul(this.numbers[at] ?? 0, 0x9e3779b1) >>> 8) & mask;
      while (this.slots[slot] !== 0) slot = (slot + 1) & mask;
      this.slots[slot] = at + 1;
    }
  }

  /** @param packed given away where there are many: a log of years has a million, which are not kept twice */
  addPacked({ numbers, times, others }: PackedAddresses): void {
    if (this.size === 0 && numbers.length > this.numbers.length) {
      this.numbers = numbers;
      this.times = times;
      this.size = numbers.length;
      this.fillSlots();
    } else
      for (let i = 0; i < numbers.length; i++)
        this.addNumber(numbers[i] ?? 0, times[2 * i] ?? Number.NaN, times[2 * i + 1] ?? Number.NaN);
    for (const [address, first, last] of others) this.add(address, first, last);
  }

  packed(): PackedAddresses {
    return {
      numbers: this.numbers.slice(0, this.size),
      times: this.times.slice(0, 2 * this.size),
      others: [...this.others].map(([address, { first, last }]) => [address, first, last]),
    };
  }

  /** Addresses in the order of their text. */
  *sorted(): Generator<SeenAddress> {
    const others = [...this.others.keys()].sort();
    let next = 0;
    const other = (address: string): SeenAddress => {
      const { first, last } = this.others.get(address) ?? { first: Number.NaN, last: Number.NaN };
      return [address, first, last];
    };
    for (const number of this.inOrderOfText()) {
      const at = this.addNumber(number, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY);
      const address = addressOfNumber(number);
      for (let text = others[next]; text !== undefined && text < address; text = others[next]) {
        yield other(text);
        next++;
      }
      yield [address, this.times[2 * at] ?? Number.NaN, this.times[2 * at + 1] ?? Number.NaN];
    }
    for (const text of others.slice(next)) yield other(text);
  }

  /**
   * The IPv4 addresses. For the sort each byte is the place of its text among the texts of all bytes: `.` and the end
   * come before every digit, so these numbers are in the order of the texts.
   */
  private inOrderOfText(): Int32Array {
    const keys = new Uint32Array(this.numbers.buffer.slice(0, 4 * this.size));
    exchangeBytes(keys, places);
    keys.sort();
    exchangeBytes(keys, bytesAt);
    return new Int32Array(keys.buffer);
  }
}

const bytesByText = Array.from({ length: 256 }, (_, byte) => String(byte)).sort();
const bytesAt = Uint8Array.from(bytesByText, Number);
const places = Uint8Array.from(bytesAt, (_, byte) => bytesByText.indexOf(String(byte)));

function exchangeBytes(numbers: Uint32Array, by: Uint8Array): void {
  const of = (byte: number): number => by[byte & 255] ?? 0;
  for (let i = 0; i < numbers.length; i++) {
    const number = numbers[i] ?? 0;
    numbers[i] = (of(number >>> 24) << 24) | (of(number >>> 16) << 16) | (of(number >>> 8) << 8) | of(number);
  }
}
