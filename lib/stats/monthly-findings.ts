import type { Table } from '../engine/index.js';
import type { Finding } from '../schema.js';
import { findingsOf, numberIn, textIn, totalOf } from './findings-of.js';

/** Total, the month with most (the first of equals) and how far the input covers the months. */
export function monthlyFindings(statistic: string, table: Table, value: string): Finding[] {
  const total = totalOf(table, value);
  const counted = table.rows.filter((row) => numberIn(row, value) !== null);
  const peak = counted.reduce<(typeof counted)[number] | null>(
    (best, row) => (best && (numberIn(best, value) ?? 0) >= (numberIn(row, value) ?? 0) ? best : row),
    null,
  );
  const full = table.rows.filter((row) => row.days_covered === row.days_in_month);
  // Twelve months of nothing have no peak.
  const shown = total ? peak : null;
  const months = table.rows.length;
  return findingsOf(statistic, [
    { key: 'total', value: total, unit: value, n: total },
    { key: 'peak_month', value: shown && (textIn(shown, 'month')?.slice(0, 7) ?? null), n: total },
    { key: `peak_${value}`, value: shown && numberIn(shown, value), unit: value, n: total },
    { key: 'months_covered_in_full', value: months ? full.length : null, unit: 'months', n: months },
    { key: 'days_covered', value: totalOf(table, 'days_covered'), unit: 'days', n: months },
  ]);
}
