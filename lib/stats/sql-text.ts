import type { Site } from '../site.js';

export { literal } from '../engine/frame-view.js';

/** The site's period as conditions on a column of local times or of dates; none when it is not set. */
export function inPeriod(site: Site, column: string, type: 'timestamp' | 'date'): string[] {
  if (!site.period) return [];
  const at = (date: string): string => (type === 'date' ? `DATE '${date}'` : `TIMESTAMP '${date} 00:00:00'`);
  return [`${column} >= ${at(site.period.from)}`, `${column} < ${at(site.period.to)}`];
}

/** Conditions one a line, with the indent of the WHERE they belong to. */
export const allOf = (conditions: readonly string[], indent = ''): string =>
  conditions.join(`\n${indent}  AND `);

/** The rows of a frame behind a number, by file and line. */
export const traceOf = (
  frame: 'auth' | 'bans' | 'rejects' | 'tellings',
  conditions: readonly string[],
): string =>
  `SELECT source, line, count
FROM ${frame}
WHERE ${allOf(conditions)}
ORDER BY source, line`;
