import { countryWeights } from './countries.js';
import type { Random } from './random.js';

/** Share of networks that whois places in another country than the address data does. */
const elsewhere = 0.05;
const { codes } = countryWeights('JP');

/** An invented whois answer in the style of RIPE and APNIC. @param country of the address by the country data */
export function whois(random: Random, address: string, country: string): string[] {
  const network = address.slice(0, address.lastIndexOf('.'));
  const range = `${network}.0 - ${network}.255`;
  const stated = random.chance(elsewhere) ? random.pick(codes.filter((code) => code !== country)) : country;
  const lines = [
    `% synthetic: invented by banbook forge, not the answer of a registry`,
    '',
    `inetnum:        ${range}`,
    `netname:        EXAMPLE-${stated}-${random.int(1, 999)}`,
    `country:        ${stated}`,
  ];
  // Free text is where a mailbox has to quote a line that looks like its separator.
  if (random.chance(0.01)) lines.push('remarks:', 'From 2016 on this range is an example.');
  return lines;
}
