/** Small numbers for addresses, in the order in which they came: 0, 1, 2 … */
export interface AddressIds {
  readonly size: number;
  /** @param number the 32 bits of an IPv4 address */
  ofNumber(number: number): number;
  /** @param address IPv4 or IPv6, canonical text */
  of(address: string): number;
  /** The address that has a number. */
  textOf(id: number): string;
}

const v4 = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/;
/** Stands in `numbers` for an address that has no 32 bits. */
const none = 0;

/** An IPv4 address takes 16 bytes at the most, where a string and its place in a Map take 150. */
export function addressIds(): AddressIds {
  let size = 0;
  let numbers = new Uint32Array(1 << 10);
  /** By hash of the number, its id + 1. */
  let slots = new Uint32Array(1 << 11);
  const others = new Map<string, number>();
  const otherTexts = new Map<number, string>();

  const slotOf = (number: number): number => {
    const mask = slots.length - 1;
    const hash = Math.imul(number, 0x9e3779b1);
    let slot = (hash ^ (hash >>> 15)) & mask;
    for (;;) {
      const id = (slots[slot] ?? 0) - 1;
      if (id < 0 || numbers[id] === number) return slot;
      slot = (slot + 1) & mask;
    }
  };
  const grow = (): void => {
    const wider = new Uint32Array(2 * numbers.length);
    wider.set(numbers);
    numbers = wider;
    slots = new Uint32Array(2 * numbers.length);
    for (let id = 0; id < size; id++) if (!otherTexts.has(id)) slots[slotOf(numbers[id] ?? 0)] = id + 1;
  };
  const add = (number: number): number => {
    if (size === numbers.length) grow();
    numbers[size] = number;
    return size++;
  };
  const ofNumber = (number: number): number => {
    const id = (slots[slotOf(number)] ?? 0) - 1;
    if (id >= 0) return id;
    const added = add(number);
    slots[slotOf(number)] = added + 1;
    return added;
  };

  return {
    get size() {
      return size;
    },
    ofNumber,
    of: (address) => {
      const bytes = v4.exec(address);
      if (bytes) return ofNumber(bytes.slice(1).reduce((sum, byte) => sum * 256 + Number(byte), 0));
      const known = others.get(address);
      if (known !== undefined) return known;
      const id = add(none);
      others.set(address, id);
      otherTexts.set(id, address);
      return id;
    },
    textOf: (id) => {
      const number = numbers[id] ?? 0;
      return otherTexts.get(id) ?? [24, 16, 8, 0].map((shift) => (number >>> shift) & 255).join('.');
    },
  };
}
