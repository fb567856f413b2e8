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
  for (const [address, first, last] of seen) {
    const country = data.countryOf(address);
    const name = names.get(address);
    // Not spread into the row, which would take longer than to look the country up.
    const { mmdb_country, mmdb_source, mmdb_as_of, as_number, as_organization } = opinionOf(address);
    yield {
      address,
      version: address.includes(':') ? 6 : 4,
      country,
      country_reason: country === null ? countryReason(address) : null,
      country_source: data.source,
      country_as_of: data.asOf,
      mmdb_country,
      mmdb_source,
      mmdb_as_of,
      as_number,
      as_organization,
      name: name?.name ?? null,
      name_status: name?.status ?? null,
      name_source: name?.source ?? null,
      name_asked_at: name?.asked_at ?? null,
      first_seen: isoUtc(first),
      last_seen: isoUtc(last),
    };
  }
}
