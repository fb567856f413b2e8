import { isIPv6 } from 'node:net';
import { addressOf } from '../parsers/address.js';
import { cellText } from '../printable.js';
import type { NameAnswer } from './known-names.js';

/** The questions that are asked of a name server; node:dns's Resolver is one. Errors have node's codes. */
export interface NameServer {
  resolvePtr(name: string): Promise<string[]>;
  resolve4(name: string): Promise<string[]>;
  resolve6(name: string): Promise<string[]>;
}

type Found = Pick<NameAnswer, 'name' | 'status'>;

/** No more names of one address are asked back. */
const most = 5;

/**
 * The host name of an address, by reverse DNS, confirmed by the way back: the name has to lead to the address
 * (RFC 1912, 2.1). Only an answer that there is no name (NXDOMAIN, or no PTR record) is none. Where the way back gets
 * no answer, neither confirmed nor unconfirmed would be true, and the status is that of the failure.
 */
export async function reverseName(address: string, server: NameServer): Promise<Found> {
  let names: string[];
  try {
    names = await server.resolvePtr(reverseZone(address));
  } catch (error) {
    return { name: null, status: statusOf(error) };
  }
  const candidates = [...new Set(names.map((name) => name.toLowerCase().replace(/\.$/, '')))].sort();
  const [first] = candidates;
  if (!first) return { name: null, status: 'none' };
  let failure: Found['status'] | null = null;
  for (const name of candidates.slice(0, most)) {
    const back = await leadsBack(name, address, server);
    if (back === true) return { name: cellText(name), status: 'confirmed' };
    if (back !== false) failure ??= back;
  }
  return failure === null
    ? { name: cellText(first), status: 'unconfirmed' }
    : { name: null, status: failure };
}

async function leadsBack(
  name: string,
  address: string,
  server: NameServer,
): Promise<boolean | Found['status']> {
  try {
    const found = isIPv6(address) ? await server.resolve6(name) : await server.resolve4(name);
    return found.some((text) => addressOf(text) === address);
  } catch (error) {
    const status = statusOf(error);
    return status === 'none' ? false : status;
  }
}

const statuses: Readonly<Record<string, Found['status']>> = {
  ENOTFOUND: 'none',
  ENODATA: 'none',
  ETIMEOUT: 'timeout',
  EREFUSED: 'refused',
  ECONNREFUSED: 'refused',
};

/** What a failure of node:dns stands for; SERVFAIL and all else is error. */
const statusOf = (error: unknown): Found['status'] =>
  statuses[String((Object(error) as { code?: unknown }).code)] ?? 'error';

/** Where the name of an address stands: `1.2.0.192.in-addr.arpa`, or 32 digits below `ip6.arpa`. */
export function reverseZone(address: string): string {
  if (!isIPv6(address)) return `${address.split('.').reverse().join('.')}.in-addr.arpa`;
  const [head = '', tail] = address.split('::').map((half) => half.split(':').filter(Boolean));
  const zeros = tail === undefined ? 0 : 8 - head.length - tail.length;
  const groups = [...head, ...Array<string>(zeros).fill('0'), ...(tail ?? [])];
  const digits = groups.map((group) => group.padStart(4, '0')).join('');
  return `${[...digits].reverse().join('.')}.ip6.arpa`;
}
