import { addressOfNumber, numberOfAddress } from '../parsers/address.js';

/** An address with its first and last time, in UTC milliseconds. */
export type SeenAddress = readonly [address: string, first: number, last: number];

/** Seen addresses in a form that is quickly sent from thread to thread. */
export interface PackedAddresses {
  /** IPv4 addresses as numbers; and first and last time of each, one behind the other, in UTC seconds. */
  readonly numbers: Int32Array;
  readonly times: Uint32Array;
  /** All others. */
  readonly others: readonly SeenAddress[];
}

/** Addresses of a block. Memory grows by blocks: to copy all into a larger array leaves a third of it to the collector. */
const bits = 12;
const blockSize = 1 << bits;
const within = blockSize - 1;

/**
 * First and last time that addresses were seen, to the second. Almost all are IPv4; these are numbers in a table, which
 * finds one in a tenth of the time that a map of texts takes, and nobody has to make the texts. A log of years has a
 * million of them: each takes 12 bytes, and its slots 7 to 13.
 */
export class AddressTally {
  /** IPv4 addresses as signed 32-bit numbers, in the order in which they came, and their times. */
  private numbers: Int32Array[] = [];
  private times: Uint32Array[] = [];
  private size = 0;
  /** Open addressing: where in `numbers` the address of a slot is, counted from 1. */
  private slots = new Int32Array(2048);
  private others = new Map<string, { first: number; last: number }>();

  /** @param utc milliseconds; @returns where its times are, for `widen`; -1 for what is not IPv4 */
  add(address: string, utc: number): number {
    const number = numberOfAddress(address);
    if (number !== null) return this.addNumber(number, Math.floor(utc / 1000));
    this.addOther(address, utc, utc);
    return -1;
  }

  /** The same for an IPv4 address as a number, of a second or from one to another. */
  addNumber(number: number, first: number, last = first): number {
    const slot = this.slotOf(number);
    const known = (this.slots[slot] ?? 0) - 1;
    if (known >= 0) {
      this.widen(known, first, last);
      return known;
    }
    const at = this.size++;
    if (at >> bits === this.numbers.length) {
      this.numbers.push(new Int32Array(blockSize));
      this.times.push(new Uint32Array(2 * blockSize));
    }
    const times = this.times[at >> bits];
    const numbers = this.numbers[at >> bits];
    if (!times || !numbers) throw new RangeError(`no block for address ${at}`);
    numbers[at & within] = number;
    times[2 * (at & within)] = first;
    times[2 * (at & within) + 1] = last;
    this.slots[slot] = at + 1;
    if (10 * this.size > 6 * this.slots.length) this.fillSlots(2 * this.slots.length);
    return at;
  }

  numberAt(at: number): number {
    return this.numbers[at >> bits]?.[at & within] ?? 0;
  }

  /** @param at as add returned it; @param first, last UTC seconds */
  widen(at: number, first: number, last = first): void {
    const times = this.times[at >> bits];
    if (!times) return;
    const place = 2 * (at & within);
    if (first < (times[place] ?? 0)) times[place] = first;
    if (last > (times[place + 1] ?? 0)) times[place + 1] = last;
  }

  /** Forgets all, and keeps the memory. */
  clear(): void {
    this.size = 0;
    this.slots.fill(0);
    this.others.clear();
  }

  addPacked({ numbers, times, others }: PackedAddresses): void {
    for (let i = 0; i < numbers.length; i++)
      this.addNumber(numbers[i] ?? 0, times[2 * i] ?? 0, times[2 * i + 1] ?? 0);
    for (const [address, first, last] of others) this.addOther(address, first, last);
  }

  /** @param tally is used up: where there is nothing yet, its memory is taken over */
  addAll(tally: AddressTally): void {
    if (this.size === 0 && this.others.size === 0) {
      const { numbers, times, size, slots, others } = tally;
      Object.assign(this, { numbers, times, size, slots, others });
    } else for (const part of tally.parts()) this.addPacked(part);
  }

  packed(): PackedAddresses {
    const numbers = new Int32Array(this.size);
    const times = new Uint32Array(2 * this.size);
    let at = 0;
    for (const part of this.parts()) {
      numbers.set(part.numbers, at);
      times.set(part.times, 2 * at);
      at += part.numbers.length;
    }
    return { numbers, times, others: this.otherAddresses() };
  }

  /** The same in parts of some thousand, without copies. */
  *parts(): Generator<PackedAddresses> {
    for (let at = 0; at < this.size; at += blockSize) {
      const size = Math.min(blockSize, this.size - at);
      const numbers = this.numbers[at >> bits]?.subarray(0, size) ?? new Int32Array();
      const times = this.times[at >> bits]?.subarray(0, 2 * size) ?? new Uint32Array();
      yield { numbers, times, others: [] };
    }
    const others = this.otherAddresses();
    for (let at = 0; at < others.length; at += blockSize)
      yield { numbers: new Int32Array(), times: new Uint32Array(), others: others.slice(at, at + blockSize) };
  }

  /** Addresses in the order of their text. */
  *sorted(): Generator<SeenAddress> {
    const others = this.otherAddresses().sort(([a], [b]) => Number(a > b) - Number(a < b));
    let next = 0;
    for (const number of this.inOrderOfText()) {
      const at = (this.slots[this.slotOf(number)] ?? 0) - 1;
      const address = addressOfNumber(number);
      for (let other = others[next]; other && other[0] < address; other = others[next]) {
        yield other;
        next++;
      }
      const times = this.times[at >> bits];
      const place = 2 * (at & within);
      yield [address, 1000 * (times?.[place] ?? 0), 1000 * (times?.[place + 1] ?? 0)];
    }
    yield* others.slice(next);
  }

  private otherAddresses(): SeenAddress[] {
    return [...this.others].map(([address, { first, last }]) => [address, first, last]);
  }

  private addOther(address: string, first: number, last: number): void {
    const span = this.others.get(address);
    if (!span) this.others.set(address, { first, last });
    else {
      span.first = Math.min(span.first, first);
      span.last = Math.max(span.last, last);
    }
  }

  /** Where the address is, or the free slot where it would be. */
  private slotOf(number: number): number {
    const { slots } = this;
    const mask = slots.length - 1;
    let slot = (Math.imul(number, 0x9e3779b1) >>> 8) & mask;
    for (let at = slots[slot] ?? 0; at !== 0 && this.numberAt(at - 1) !== number; at = slots[slot] ?? 0)
      slot = (slot + 1) & mask;
    return slot;
  }

  /** @param length a power of two */
  private fillSlots(length: number): void {
    this.slots = new Int32Array(length);
    for (let at = 0; at < this.size; at++) this.slots[this.slotOf(this.numberAt(at))] = at + 1;
  }

  /**
   * The IPv4 addresses. For the sort each byte is the place of its text among the texts of all bytes: `.` and the end
   * come before every digit, so these numbers are in the order of the texts.
   */
  private inOrderOfText(): Int32Array {
    const keys = new Uint32Array(this.size);
    for (let at = 0; at < this.size; at++) keys[at] = this.numberAt(at);
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
