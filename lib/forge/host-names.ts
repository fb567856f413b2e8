import type { HostName } from './log-line.js';
import type { Random } from './random.js';

/** Invented providers; the top-level names are those that RFC 2606 keeps free. */
// biome-ignore format: a word list
const providers = [
  'alpha-net', 'blue-host', 'citycable', 'dsl-one', 'eastline', 'fibernet', 'gridcloud', 'hostyard', 'ispring',
  'jetlink', 'kite-vps', 'lowlands', 'metro-com', 'northwave', 'openrack', 'pacnet', 'quickvm', 'rivernet',
];

const forms: readonly ((dashed: string, reversed: string, number: number, country: string) => string)[] = [
  (dashed, _, __, country) => `host-${dashed}.${country}`,
  (dashed) => `ip-${dashed}.compute`,
  (_, reversed) => `${reversed}.dynamic`,
  (_, __, number) => `vps${number}.cloud`,
  (_, __, number) => `static-${number}.customers`,
  (dashed, _, __, country) => `${dashed}.broadband.${country}`,
];

/** Share of names that do not lead back to their address. */
const unconfirmedShare = 0.06;

/** An invented host name as a provider of the country may give it to an address. */
export function inventName(random: Random, address: string, country: string): string {
  const bytes = address.split('.');
  const form = random.pick(forms);
  const label = form(
    bytes.join('-'),
    bytes.toReversed().join('.'),
    random.int(1000, 99_999),
    country.toLowerCase(),
  );
  return `${label}.${random.pick(providers)}.${random.chance(0.8) ? 'example' : 'test'}`;
}

/** What reverse DNS says of an address that has a name. */
export function namedHost(random: Random, address: string, country: string): HostName {
  const name = inventName(random, address, country);
  return { name, status: random.chance(unconfirmedShare) ? 'unconfirmed' : 'confirmed' };
}

/** What reverse DNS says of an address without a name: mostly that there is none. */
export function namelessHost(random: Random): HostName {
  const status = (['none', 'timeout', 'refused'] as const)[random.weighted([94, 5, 1])];
  return { name: null, status: status ?? 'none' };
}
