import { type CountryAgreement, countryAgreement, type TwoOpinions } from './enrich/country-agreement.js';
import { readFrame } from './frames/csv.js';
import type { Site } from './site.js';

/**
 * The second opinions about the countries of ssh bans, for a notebook: whois is the text in the ban mail, true at the
 * time of the ban; mmdb the user's own MaxMind file.
 */
export async function countryOpinions(
  { folder, site }: { readonly folder: string; readonly site: Site },
  other: 'whois' | 'mmdb',
): Promise<CountryAgreement> {
  const places = await readFrame(folder, 'addresses', { columns: ['address', 'country', 'mmdb_country'] });
  const byAddress = new Map(places.map((place) => [place.address, place]));
  const columns = ['local_time', 'address', 'whois_country', 'count'] as const;
  const where = { service: 'ssh', event: 'ban', via: 'mail' } as const;
  const { period } = site;
  const opinions: TwoOpinions[] = [];
  for (const ban of await readFrame(folder, 'bans', { columns, where })) {
    const { local_time, address, whois_country, count } = ban;
    if (address === null || (period && (local_time < period.from || local_time >= period.to))) continue;
    const place = byAddress.get(address);
    const second = other === 'whois' ? (whois_country?.toUpperCase() ?? null) : (place?.mmdb_country ?? null);
    opinions.push({ first: place?.country ?? null, second, bans: count });
  }
  return countryAgreement(opinions, site.home);
}
