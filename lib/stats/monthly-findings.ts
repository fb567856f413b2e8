import type { Table } from '../engine/index.js';
import type { Finding } from '../schema.js';
import { findingsOf, numberIn, type Said, textIn, totalOf } from './findings-of.js';
import { changePoint } from './math/change-point.js';

/**
 * Total, the month with most (the first of equals), how far the input covers the months, the rate by covered day, and
 * the one place at which it changed, where it did.
 */
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
    { key: 'per_day', value: rateOf(table, value), unit: `${value} per day`, n: total },
    ...changeOf(table, value),
  ]);
}

/** Of covered days alone: what was counted on others has no days to be divided by. */
function rateOf(table: Table, value: string): number | null {
  const covered = table.rows.filter((row) => Number(row.days_covered) > 0);
  const days = totalOf({ ...table, rows: covered }, 'days_covered');
  return days === null ? null : (totalOf({ ...table, rows: covered }, value) ?? 0) / days;
}

/** Chance below which a change counts as one. */
const clear = 0.05;

/**
 * Where the rate by covered day changed most: `trend` says whether it rises or falls there or does neither, and is null
 * where too few months are covered to tell. The other keys are null without a clear change. `change_month` is the first
 * month at the new rate, `change_from` and `change_to` the first and last that the data allow for it at 95 %.
 */
function changeOf(table: Table, value: string): Said[] {
  const months = table.rows.filter((row) => Number(row.days_covered) > 0);
  const spans = months.map((row) => ({
    count: numberIn(row, value) ?? 0,
    exposure: Number(row.days_covered),
  }));
  const found = changePoint(spans);
  const shown = found && found.p < clear ? found : null;
  const direction = shown && (shown.after > shown.before ? 'rising' : 'falling');
  const n = months.length || null;
  const monthAt = (index: number | undefined): string | null =>
    (index === undefined ? null : months[index]?.month?.toString().slice(0, 7)) ?? null;
  const unit = `${value} per day`;
  return [
    { key: 'trend', value: found && (direction ?? 'none'), n },
    { key: 'change_month', value: monthAt(shown?.index), n },
    { key: 'change_from', value: monthAt(shown?.from), n },
    { key: 'change_to', value: monthAt(shown?.to), n },
    { key: 'change_p', value: found?.p ?? null, unit: 'p', n },
    { key: 'rate_before', value: shown?.before ?? null, unit, n },
    { key: 'rate_after', value: shown?.after ?? null, unit, n },
  ];
}
