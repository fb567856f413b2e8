import { isIP } from 'node:net';

const v4 = /^(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)){3}$/;

/**
 * The address that a text is, one spelling for each host: IPv6 as RFC 5952 has it, without a zone; an IPv4 address
 * mapped into IPv6 (`::ffff:192.0.2.1`) as IPv4.
 * @returns null when the text is no address
 */
export function addressOf(text: string): string | null {
  // Most are IPv4, and an expression tells them quicker than a call out of JavaScript.
  if (v4.test(text)) return text;
  if (isIP(text) !== 6) return null;
  const address = new URL(`http://[${text.replace(/%.*$/, '')}]/`).hostname.slice(1, -1);
  const [, high, low] = /^::ffff:([\da-f]{1,4}):([\da-f]{1,4})$/.exec(address) ?? [];
  if (high === undefined || low === undefined) return address;
  const bytes = [high, low].flatMap((hex) => [Number.parseInt(hex, 16) >> 8, Number.parseInt(hex, 16) & 255]);
  return bytes.join('.');
}

/** An IPv4 address as a signed number of 32 bits, its first byte the highest; null for what is none. */
export function numberOfAddress(address: string): number | null {
  let number = 0;
  let dots = 0;
  let byte = -1;
  for (let at = 0; at < address.length; at++) {
    const digit = address.charCodeAt(at) - 48;
    if (digit === dot && byte >= 0 && dots < 3) {
      number = (number << 8) | byte;
      dots++;
      byte = -1;
    } else if (digit < 0 || digit > 9 || byte === 0) return null;
    else byte = byte < 0 ? digit : 10 * byte + digit;
    if (byte > 255) return null;
  }
  return dots === 3 && byte >= 0 ? (number << 8) | byte : null;
}

const dot = '.'.charCodeAt(0) - 48;

export const addressOfNumber = (number: number): string =>
  `${number >>> 24}.${(number >>> 16) & 255}.${(number >>> 8) & 255}.${number & 255}`;
