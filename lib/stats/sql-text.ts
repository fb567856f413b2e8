import { isIPv4 } from 'node:net';
import { literal } from '../engine/frame-view.js';
import { addressOf } from '../parsers/address.js';
import type { Site } from '../site.js';

export { literal } from '../engine/frame-view.js';

/** The site's period as conditions on a column of local times or of dates; none when it is not set. */
export function inPeriod(site: Site, column: string, type: 'timestamp' | 'date'): string[] {
  if (!site.period) return [];
  const at = (date: string): string => (type === 'date' ? `DATE '${date}'` : `TIMESTAMP '${date} 00:00:00'`);
  return [`${column} >= ${at(site.period.from)}`, `${column} < ${at(site.period.to)}`];
}

/**
 * What the site's settings leave of a frame with local_time, host and address: the period, its hosts, and none of its
 * own addresses. A row that names no host or no address stays. @param prefix of the columns in a join, such as `bans.`
 */
export const ofSite = (site: Site, prefix = ''): string[] => [
  ...inPeriod(site, `${prefix}local_time`, 'timestamp'),
  ...(site.hosts
    ? [`(${prefix}host IS NULL OR ${prefix}host IN (${site.hosts.map(literal).join(', ')}))`]
    : []),
  ...site.own.map((own) => `NOT ${isOwn(own, `${prefix}address`)}`),
];

/** Whether an address is an own one or of an own network, by its text; false for none. */
function isOwn(own: string, column: string): string {
  const [address = '', bits] = own.split('/');
  if (bits === undefined) return `coalesce(${column} = ${literal(addressOf(address) ?? address)}, false)`;
  if (!isIPv4(address)) {
    const groups = (address.split('::')[0] ?? '')
      .toLowerCase()
      .split(':')
      .slice(0, Number(bits) / 16);
    return startsWith(column, `${groups.join(':')}:`);
  }
  const bytes = address.split('.');
  const whole = Math.floor(Number(bits) / 8);
  const prefix = bytes.slice(0, whole).join('.');
  if (whole === 4) return `coalesce(${column} = ${literal(prefix)}, false)`;
  const free = 2 ** (8 - (Number(bits) % 8));
  if (free === 256) return startsWith(column, `${prefix}.`);
  const low = Math.floor(Number(bytes[whole]) / free) * free;
  const byte = `CAST(split_part(${column}, '.', ${whole + 1}) AS integer)`;
  return `CASE WHEN ${startsWith(column, `${prefix}.`)} THEN ${byte} BETWEEN ${low} AND ${low + free - 1} ELSE false END`;
}

const startsWith = (column: string, prefix: string): string =>
  `coalesce(substr(${column}, 1, ${prefix.length}) = ${literal(prefix)}, false)`;

/** Conditions one a line, with the indent of the WHERE they belong to. */
export const allOf = (conditions: readonly string[], indent = ''): string =>
  conditions.join(`\n${indent}  AND `);

/** The rows of a frame behind a number, by file and line. */
export const traceOf = (
  frame: 'auth' | 'bans' | 'rejects' | 'tellings' | 'named',
  conditions: readonly string[],
): string =>
  `SELECT source, line, count
FROM ${frame}
WHERE ${allOf(conditions)}
ORDER BY source, line`;
