import { isIP } from 'node:net';
import { type Caller, ipPart, type Page, part } from './caller.js';
import { asObject } from './json.js';

export const recordTypes = ['A', 'NS', 'MX', 'TXT', 'CNAME'] as const;

export interface PassiveDnsOptions extends Page {
  readonly sortorder?: 'asc' | 'desc';
  readonly sortby?: string;
  readonly recordType?: string;
}

/** What the API tells of DNS records, addresses and networks. */
export function recordMethods({ ask, object, list, only }: Caller) {
  return {
    /** Records of a domain or an address over time (legacy API). */
    rrHistory: (domainOrAddress: string, type: (typeof recordTypes)[number] = 'A') => {
      only('legacy', 'rrHistory', 'use pdnsName or pdnsIp');
      const kind = isIP(domainOrAddress) ? 'ip' : 'name';
      return ask(`dnsdb/${kind}/${type}/${part(domainOrAddress)}.json`);
    },
    /** Names of malicious domains that an address was last seen with (legacy API). */
    latestDomains: async (address: string): Promise<readonly string[] | null> => {
      only('legacy', 'latestDomains', 'use pdnsIp');
      const found = await list(`ips/${ipPart(address)}/latest_domains`);
      return found?.map((item) => String(asObject(item).name)) ?? null;
    },
    /** Autonomous systems that announce an address. */
    asForIp: (address: string) => list(`bgp_routes/ip/${ipPart(address)}/as_for_ip.json`),
    prefixesForAsn: (asn: number) => list(`bgp_routes/asn/${asn}/prefixes_for_asn.json`),
    pdnsDomain: (domain: string, options: PassiveDnsOptions = {}) =>
      object(`pdns/domain/${part(domain)}`, options),
    pdnsName: (name: string, options: PassiveDnsOptions = {}) => object(`pdns/name/${part(name)}`, options),
    pdnsIp: (address: string, options: PassiveDnsOptions = {}) =>
      object(`pdns/ip/${ipPart(address)}`, options),
    pdnsTimeline: (name: string, options: Pick<PassiveDnsOptions, 'recordType'> = {}) => {
      only('legacy', 'pdnsTimeline', 'use timeline');
      return object(`pdns/timeline/${part(name)}`, options);
    },
    /** Passive DNS of text records; the API wants the text in quotes. */
    pdnsRaw: (text: string, options: PassiveDnsOptions = {}) =>
      object(`pdns/raw/${part(`"${text}"`)}`, options),
  };
}
