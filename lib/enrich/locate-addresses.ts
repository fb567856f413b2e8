import { isIPv6 } from 'node:net';
import type { Row } from '../schema.js';
import { isoUtc } from '../zone.js';
import type { CountryData } from './country.js';

/** Rows of the addresses frame: when each address was seen (UTC milliseconds) and which country it is of. */
export function* locateAddresses(
  seen: readonly (readonly [address: string, first: number, last: number])[],
  data: CountryData,
): Generator<Row<'addresses'>> {
  for (const seenAddress of seen) {
    const address = seenAddress[0];
    yield {
      address,
      version: isIPv6(address) ? 6 : 4,
      country: data.countryOf(address),
      country_source: data.source,
      country_as_of: data.asOf,
      first_seen: isoUtc(seenAddress[1]),
      last_seen: isoUtc(seenAddress[2]),
    };
  }
}
