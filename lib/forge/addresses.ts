import { countryData } from '../enrich/country.js';
import { UserError } from '../errors.js';
import type { Random } from './random.js';

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

/** Draws after which a country is taken to have no addresses; the rarest one of the list needs some thousand. */
const patience = 1_000_000;

const textOf = (number: number): string =>
  [number >>> 24, (number >>> 16) & 255, (number >>> 8) & 255, number & 255].join('.');

const isPublic = (number: number): boolean =>
  !reserved.some(([first, last]) => first <= number && number <= last);

export interface Addresses {
  /** A public IPv4 address of the country that was not drawn before. @throws UserError when the country has none */
  draw(country: string): string;
}

/** Draws addresses by rejection: any address at all, until one lies in the country that is asked for. */
export function addresses(random: Random): Addresses {
  const { countryOf } = countryData();
  const drawn = new Set<number>();
  return {
    draw(country) {
      for (let tries = 0; tries < patience; tries++) {
        const number = random.int(0, 2 ** 32 - 1);
        const host = number & 255;
        if (host === 0 || host === 255 || drawn.has(number) || !isPublic(number)) continue;
        const address = textOf(number);
        if (countryOf(address) !== country) continue;
        drawn.add(number);
        return address;
      }
      throw new UserError(
        `home: the country data has no IPv4 addresses of "${country}"; try another country`,
        2,
      );
    },
  };
}
