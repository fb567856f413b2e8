import { BlockList, isIPv6 } from 'node:net';
import type { Row } from '../schema.js';

/** Addresses of closed networks, by IANA's registries of special-purpose addresses (RFC 6890). */
const closed = networks(
  '10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.168.0.0/16 ::1/128 fc00::/7 fe80::/10',
);

/** Addresses that no host on the Internet has: for documentation, measurements, multicast, future use. */
const special = networks(
  '0.0.0.0/8 192.0.0.0/24 192.0.2.0/24 192.88.99.0/24 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/3 ' +
    '::/128 64:ff9b:1::/48 100::/64 2001::/23 2001:db8::/32 3fff::/20 5f00::/16 ff00::/8',
);

function networks(text: string): BlockList {
  const list = new BlockList();
  for (const network of text.split(' ')) {
    const [address = '', bits] = network.split('/');
    list.addSubnet(address, Number(bits), isIPv6(address) ? 'ipv6' : 'ipv4');
  }
  return list;
}

/** True for an address that a host on the Internet may have. */
export const isPublic = (address: string): boolean => countryReason(address) === 'unknown';

/** Why an address has no country. */
export function countryReason(address: string): NonNullable<Row<'addresses'>['country_reason']> {
  const family = isIPv6(address) ? 'ipv6' : 'ipv4';
  if (closed.check(address, family)) return 'private';
  return special.check(address, family) ? 'reserved' : 'unknown';
}
