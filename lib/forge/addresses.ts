import { UserError } from '../errors.js';
import { addressAt, type Blocks, countryBlocks } from './country-blocks.js';
import { permutation } from './permutation.js';

export interface Addresses {
  /** A public IPv4 address of the country that was not drawn before. @throws UserError when the country has none */
  draw(country: string): string;
}

/** Draws addresses of countries, each once; what was drawn need not be remembered, as the order is a permutation. */
export function addresses(seed: number, countries: readonly string[]): Addresses {
  const blocks = countryBlocks(new Set(countries));
  const orders = new Map<string, { blocks: Blocks; at: (index: number) => number; next: number }>();
  const orderOf = (country: string) => {
    let order = orders.get(country);
    if (!order) {
      const found = blocks.get(country);
      if (!found)
        throw new UserError(
          `home: the country data has no IPv4 addresses of "${country}"; try another country`,
          2,
        );
      const salt = country.charCodeAt(0) * 256 + country.charCodeAt(1);
      order = { blocks: found, at: permutation(found.size, (seed ^ (salt * 65_537)) >>> 0), next: 0 };
      orders.set(country, order);
    }
    return order;
  };
  return {
    draw(country) {
      const order = orderOf(country);
      return addressAt(order.blocks, order.at(order.next++ % order.blocks.size));
    },
  };
}
