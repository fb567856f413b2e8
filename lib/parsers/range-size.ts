import { addressOf, numberOfAddress } from './address.js';

/** Two IPv6 addresses are shorter; to look for them in a long text of nothing but colons would take long. */
const longestRange = 100;

/**
 * How many addresses a range has, to tell the smaller of two: `192.0.2.0 - 192.0.2.255`, `192.0.2.0/24`, NIC.br's
 * `192.0.2/24`, `2001:db8::/32`. Beyond 2^53 it is rounded.
 * @returns infinity when the text is no range
 */
export function sizeOfRange(range: string): number {
  const text = range.slice(0, longestRange);
  const prefix = /^([\d.]+|[\da-f:.]*:[\da-f:.]*)\/(\d{1,3})/i.exec(text);
  if (prefix) {
    const bits = (prefix[1]?.includes(':') ? 128 : 32) - Number(prefix[2]);
    return bits < 0 ? Number.POSITIVE_INFINITY : 2 ** bits;
  }
  const [, first = '', last = ''] = /^(\S+) ?- ?(\S+)$/.exec(text) ?? [];
  const from = numberOf(first);
  const to = numberOf(last);
  return from === null || to === null || to < from ? Number.POSITIVE_INFINITY : Number(to - from) + 1;
}

/** The number that an address is. */
function numberOf(text: string): bigint | null {
  const address = addressOf(text);
  if (address === null) return null;
  const number = numberOfAddress(address);
  if (number !== null) return BigInt(number >>> 0);
  const [head = '', tail] = address.split('::');
  const before = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = new Array<string>(Math.max(0, 8 - before.length - after.length)).fill('0');
  return [...before, ...zeros, ...after].reduce((sum, word) => sum * 65536n + BigInt(`0x${word}`), 0n);
}
