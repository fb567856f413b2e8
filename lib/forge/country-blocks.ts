import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const require = createRequire(import.meta.url);

/** Ranges of IPv4 numbers, in rising order: where each begins, and how many addresses stand before it. */
export interface Blocks {
  readonly starts: Uint32Array;
  readonly before: Uint32Array;
  readonly size: number;
}

/** What is never a source on the public Internet (RFC 6890, RFC 5737), as first and last number. */
const reserved = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
].map(([base, bits]) => {
  const first = String(base)
    .split('.')
    .reduce((number, part) => number * 256 + Number(part), 0);
  return [first, first + 2 ** (32 - Number(bits)) - 1] as const;
});

const recordSize = 10;
const network = 256;

/**
 * The public networks of 256 addresses that the country data gives as a whole to one of the countries. Read from
 * geoip-lite's file: records of first and last address (32 bits, big-endian) and the country's two letters.
 */
export function countryBlocks(countries: ReadonlySet<string>): Map<string, Blocks> {
  const file = readFileSync(join(require.resolve('geoip-lite/package.json'), '../data/geoip-country.dat'));
  const ranges = new Map<string, number[]>();
  for (let at = 0; at + recordSize <= file.length; at += recordSize) {
    const country = file.toString('latin1', at + 8, at + 10);
    if (!countries.has(country)) continue;
    const first = Math.ceil(file.readUInt32BE(at) / network) * network;
    const last = Math.floor((file.readUInt32BE(at + 4) + 1) / network) * network - 1;
    if (first >= last || reserved.some(([from, to]) => first <= to && from <= last)) continue;
    const known = ranges.get(country);
    if (known) known.push(first, last);
    else ranges.set(country, [first, last]);
  }
  return new Map([...ranges].map(([country, flat]) => [country, blocksOf(flat)]));
}

/** Of each network the addresses 1 to 254 count. */
function blocksOf(flat: readonly number[]): Blocks {
  const starts = new Uint32Array(flat.length / 2);
  const before = new Uint32Array(flat.length / 2);
  let size = 0;
  for (let i = 0; i < starts.length; i++) {
    const [first = 0, last = 0] = [flat[2 * i], flat[2 * i + 1]];
    starts[i] = first;
    before[i] = size;
    size += ((last - first + 1) / network) * (network - 2);
  }
  return { starts, before, size };
}

/** The address with this number among all of the blocks, from 0. */
export function addressAt({ starts, before }: Blocks, index: number): string {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((before[middle] ?? 0) <= index) low = middle;
    else high = middle - 1;
  }
  const within = index - (before[low] ?? 0);
  const number =
    (starts[low] ?? 0) + Math.floor(within / (network - 2)) * network + 1 + (within % (network - 2));
  return `${number >>> 24}.${(number >>> 16) & 255}.${(number >>> 8) & 255}.${number & 255}`;
}
