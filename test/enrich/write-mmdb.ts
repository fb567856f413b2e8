import { isIPv6 } from 'node:net';
import { reverseZone } from '../../lib/enrich/reverse-name.js';

type Value = string | number | { readonly [key: string]: Value };

/** Bits of an address in a tree of IPv6 addresses; IPv4 stands below `::/96`. */
function bitsOf(address: string): string {
  if (!isIPv6(address))
    return (
      '0'.repeat(96) +
      address
        .split('.')
        .map((byte) => Number(byte).toString(2).padStart(8, '0'))
        .join('')
    );
  const digits = reverseZone(address).replace('.ip6.arpa', '').split('.').reverse();
  return digits.map((digit) => Number.parseInt(digit, 16).toString(2).padStart(4, '0')).join('');
}

const control = (type: number, size: number): Buffer => {
  const bytes = type > 7 ? [0, type - 7] : [type << 5];
  bytes[0] = (bytes[0] ?? 0) | size;
  return Buffer.from(bytes);
};

/** A value as the format's data section holds it: text, unsigned integers of 32 or 64 bits, maps. */
function encode(value: Value): Buffer {
  if (typeof value === 'string') {
    const bytes = Buffer.from(value);
    // From 29 on the length stands in a byte of its own.
    const size = bytes.length < 29 ? [] : [Buffer.from([bytes.length - 29])];
    return Buffer.concat([control(2, Math.min(29, bytes.length)), ...size, bytes]);
  }
  if (typeof value === 'number') {
    const bytes = Buffer.alloc(8);
    bytes.writeBigUInt64BE(BigInt(value));
    return value < 2 ** 32
      ? Buffer.concat([control(6, 4), bytes.subarray(4)])
      : Buffer.concat([control(9, 8), bytes]);
  }
  const entries = Object.entries(value);
  return Buffer.concat([control(7, entries.length), ...entries.flatMap(([k, v]) => [encode(k), encode(v)])]);
}

/**
 * A file in MaxMind's DB format, version 2.0, with records of 32 bits (https://maxmind.github.io/MaxMind-DB/).
 * @param networks what is said of each network, such as `192.0.2.0/24`
 * @param ipVersion 4 for a tree that has no way to IPv6 addresses
 */
export function writeMmdb(
  type: string,
  builtAt: string,
  networks: Readonly<Record<string, Value>>,
  ipVersion: 4 | 6 = 6,
): Buffer {
  // A record is the number of a node, or what lies at an offset of the data section, or nothing.
  const nodes: [number | Buffer | null, number | Buffer | null][] = [[null, null]];
  for (const [network, value] of Object.entries(networks)) {
    const [address = '', length = ''] = network.split('/');
    const bits = bitsOf(address)
      .slice(0, Number(length) + (isIPv6(address) ? 0 : 96))
      .slice(ipVersion === 4 ? 96 : 0);
    let at = 0;
    for (const bit of bits.slice(0, -1)) {
      const node = nodes[at];
      if (!node) throw new Error('no node');
      const next = node[Number(bit) as 0 | 1];
      at = typeof next === 'number' ? next : nodes.push([null, null]) - 1;
      node[Number(bit) as 0 | 1] = at;
    }
    const last = nodes[at];
    if (last) last[Number(bits.at(-1)) as 0 | 1] = encode(value);
  }
  const tree = Buffer.alloc(nodes.length * 8);
  const data: Buffer[] = [];
  let size = 0;
  for (const [i, node] of nodes.entries())
    for (const [side, record] of node.entries()) {
      let number = nodes.length;
      if (typeof record === 'number') number = record;
      else if (record) {
        number = nodes.length + 16 + size;
        data.push(record);
        size += record.length;
      }
      tree.writeUInt32BE(number, i * 8 + side * 4);
    }
  const metadata = encode({
    node_count: nodes.length,
    record_size: 32,
    ip_version: ipVersion,
    database_type: type,
    languages: {},
    binary_format_major_version: 2,
    binary_format_minor_version: 0,
    build_epoch: Date.parse(builtAt) / 1000,
    description: {},
  });
  const marker = Buffer.concat([Buffer.from([0xab, 0xcd, 0xef]), Buffer.from('MaxMind.com')]);
  return Buffer.concat([tree, Buffer.alloc(16), ...data, marker, metadata]);
}
