import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { BlockList, isIP } from 'node:net';
import { messageOf, UserError } from '../errors.js';
import type { RiskProvider } from './risk-provider.js';

/** What no header has: a digit in front, one behind a dot or a colon, a `::`. */
const addressLike = /^\d|[.:]\d|:[\da-f]*:/i;

const families = { 4: 'ipv4', 6: 'ipv6' } as const;

/**
 * A list of addresses and networks as a source of risk: what is on it has 100, the rest no score. The file is text or
 * CSV, an address or a network (`192.0.2.0/24`, `2001:db8::/32`) at the start of each line; `#` and `;` begin a remark,
 * and a first line that looks like no address is a header. Nothing is asked of anybody.
 * @throws UserError that names the line
 */
export function blocklist(path: string): RiskProvider {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new UserError(`${path}: the block list cannot be read (${messageOf(error)})`, 2);
  }
  const list = new BlockList();
  for (const [i, line] of text.split(/\r\n?|\n/).entries()) {
    const cell = /^\s*"?([^\s",;#]*)/.exec(line)?.[1] ?? '';
    if (cell === '' || enter(list, cell)) continue;
    if (i > 0 || addressLike.test(cell))
      throw new UserError(
        `${path} line ${i + 1}: expected an address or a network, got ${JSON.stringify(cell.slice(0, 80))}`,
        2,
      );
  }
  const api = `blocklist ${createHash('sha256').update(text).digest('hex').slice(0, 12)}`;
  return {
    api,
    // Another list gives other answers.
    accepts: (other) => other === api,
    proven: true,
    keys: 'address',
    batchSize: 1000,
    concurrency: 1,
    perSecond: Number.POSITIVE_INFINITY,
    perDay: Number.POSITIVE_INFINITY,
    leftToday: () => Number.POSITIVE_INFINITY,
    ask: async (addresses) =>
      addresses.map((address) => {
        const family = families[isIP(address) as 4 | 6];
        if (family === undefined) return new Error('no address');
        const blocked = list.check(address, family);
        return { risk_score: blocked ? 100 : null, blocked };
      }),
    close: async () => {},
  };
}

/** @returns false when the text is neither an address nor a network */
function enter(list: BlockList, text: string): boolean {
  const [address = '', bits, more] = text.split('/');
  const version = isIP(address);
  if (version === 0 || more !== undefined) return false;
  const family = families[version as 4 | 6];
  if (bits === undefined) list.addAddress(address, family);
  else if (!/^\d{1,3}$/.test(bits) || Number(bits) > (version === 4 ? 32 : 128)) return false;
  else list.addSubnet(address, Number(bits), family);
  return true;
}
