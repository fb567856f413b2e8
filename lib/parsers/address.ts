import { isIP } from 'node:net';

/**
 * The address that a text is, one spelling for each host: IPv6 as RFC 5952 has it, without a zone; an IPv4 address
 * mapped into IPv6 (`::ffff:192.0.2.1`) as IPv4.
 * @returns null when the text is no address
 */
export function addressOf(text: string): string | null {
  const version = isIP(text);
  if (version !== 6) return version === 4 ? text : null;
  const address = new URL(`http://[${text.replace(/%.*$/, '')}]/`).hostname.slice(1, -1);
  const [, high, low] = /^::ffff:([\da-f]{1,4}):([\da-f]{1,4})$/.exec(address) ?? [];
  if (high === undefined || low === undefined) return address;
  const bytes = [high, low].flatMap((hex) => [Number.parseInt(hex, 16) >> 8, Number.parseInt(hex, 16) & 255]);
  return bytes.join('.');
}
