import { countryWeights } from './countries.js';
import type { Random } from './random.js';

/** Share of networks that whois places in another country than the address data does. */
const elsewhere = 0.05;
const { codes } = countryWeights('JP');

export interface Whois {
  /** The answer as it stands in the mail. */
  readonly lines: readonly string[];
  /** The country that it names. */
  readonly country: string;
}

interface Network {
  /** `192.0.2.0 - 192.0.2.255`. */
  readonly range: string;
  /** `192.0.2.0/24`. */
  readonly cidr: string;
  readonly name: string;
  readonly country: string;
}

/** The shape of each registry's answers; RIPE's is that of APNIC and AFRINIC too. */
const shapes = {
  arin: ({ range, cidr, name, country }: Network) => [
    `NetRange:       ${range}`,
    `CIDR:           ${cidr}`,
    `NetName:        ${name}`,
    `NetType:        Direct Allocation`,
    `OrgName:        Example Organization`,
    `Country:        ${country}`,
  ],
  ripe: ({ range, name, country }: Network) => [
    `inetnum:        ${range}`,
    `netname:        ${name}`,
    `descr:          Example Network`,
    `country:        ${country}`,
    `status:         ASSIGNED PA`,
  ],
  lacnic: ({ cidr, name, country }: Network) => [
    `inetnum:     ${cidr}`,
    `status:      allocated`,
    `owner:       ${name}`,
    `country:     ${country}`,
  ],
  jpnic: ({ cidr, name }: Network) => [
    `a. [Network Number]             ${cidr}`,
    `b. [Network Name]               ${name}`,
    `g. [Organization]               Example Organization`,
  ],
  krnic: ({ range, name }: Network) => [
    `IPv4 Address       : ${range} (/24)`,
    `Organization Name  : Example Organization`,
    `Service Name       : ${name}`,
  ],
} as const;

/** Registries of one country answer in their own shape; those of the Americas too. */
const shapeOf: Readonly<Record<string, keyof typeof shapes>> = {
  US: 'arin',
  CA: 'arin',
  BR: 'lacnic',
  MX: 'lacnic',
  AR: 'lacnic',
  CO: 'lacnic',
  CL: 'lacnic',
  PE: 'lacnic',
  JP: 'jpnic',
  KR: 'krnic',
};

/** An invented whois answer. @param country of the address by the country data */
export function whois(random: Random, address: string, country: string): Whois {
  const network = address.slice(0, address.lastIndexOf('.'));
  const stated = random.chance(elsewhere) ? random.pick(codes.filter((code) => code !== country)) : country;
  const lines = [
    `% synthetic: invented by banbook forge, not the answer of a registry`,
    '',
    ...shapes[shapeOf[stated] ?? 'ripe']({
      range: `${network}.0 - ${network}.255`,
      cidr: `${network}.0/24`,
      name: `EXAMPLE-${stated}-${random.int(1, 999)}`,
      country: stated,
    }),
  ];
  // Free text is where a mailbox has to quote a line that looks like its separator.
  if (random.chance(0.01)) lines.push('remarks:', 'From 2016 on this range is an example.');
  return { lines, country: stated };
}
