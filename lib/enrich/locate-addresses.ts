import { isIPv6 } from 'node:net';
import type { Row } from '../schema.js';
import { isoUtc } from '../zone.js';
import type { CountryData } from './country.js';
import { countryReason } from './country-reason.js';
import type { NameAnswer } from './known-names.js';
import type { Opinion } from './second-opinion.js';

/**
 * Rows of the addresses frame: when each address was seen (UTC milliseconds), which country it is of and which name
 * it has.
 * @param opinionOf what other data says
 */
export function* locateAddresses(
  seen: Iterable<readonly [address: string, first: number, last: number]>,
  data: CountryData,
  names: ReadonlyMap<string, NameAnswer>,
  opinionOf: (address: string) => Opinion,
): Generator<Row<'addresses'>> {
  for (const seenAddress of seen) {
    const address = seenAddress[0];
    const country = data.countryOf(address);
    const name = names.get(address);
    yield {
      address,
      version: isIPv6(address) ? 6 : 4,
      country,
      country_reason: country === null ? countryReason(address) : null,
      country_source: data.source,
      country_as_of: data.asOf,
      ...opinionOf(address),
      name: name?.name ?? null,
      name_status: name?.status ?? null,
      name_source: name?.source ?? null,
      name_asked_at: name?.asked_at ?? null,
      first_seen: isoUtc(seenAddress[1]),
      last_seen: isoUtc(seenAddress[2]),
    };
  }
}
