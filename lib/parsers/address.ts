import { isIP } from 'node:net';

/**
 * The address that a text is: lower case, an IPv4 address mapped into IPv6 (`::ffff:192.0.2.1`) as IPv4, so that
 * one host has one spelling. @returns null when the text is no address
 */
export function addressOf(text: string): string | null {
  const address = /^::ffff:[\d.]+$/i.test(text) ? text.slice(7) : text;
  return isIP(address) === 0 ? null : address.toLowerCase();
}
