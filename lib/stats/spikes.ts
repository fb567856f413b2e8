import type { Table } from '../engine/index.js';
import { numberIn, textIn } from './findings-of.js';

/** Months that stand far above the others. */
export interface Spikes {
  /** Such as `2019-06`, in the order of time. */
  readonly months: readonly string[];
  /** Median of the months; null where there are too few. */
  readonly usual: number | null;
  /** What a month has to pass to be a spike. */
  readonly threshold: number | null;
  /** Months that were looked at. */
  readonly n: number;
}

/** Fewer months have no usual one among them. */
const fewest = 6;

function median(sorted: readonly number[]): number {
  const middle = sorted.length / 2;
  const at = (index: number): number => sorted[index] ?? 0;
  return Number.isInteger(middle) ? (at(middle - 1) + at(middle)) / 2 : at(Math.floor(middle));
}

const ascending = (values: readonly number[]): number[] => [...values].sort((a, b) => a - b);

/**
 * Months whose count passes the median by more than 3.5 spreads. The spread is the median absolute deviation × 1.4826
 * (the modified z-score of Iglewicz and Hoaglin, How to Detect and Handle Outliers, 1993), which the spikes themselves
 * hardly move, and at least the square root of the median, as counts of independent events vary that much. A month
 * that is covered in part counts as if its other days were like those covered.
 */
export function spikesAmong(table: Table, column: string): Spikes {
  const months = table.rows.flatMap((row) => {
    const [value, covered] = [numberIn(row, column), numberIn(row, 'days_covered') ?? 0];
    if (value === null || covered === 0) return [];
    const scaled = (value * (numberIn(row, 'days_in_month') ?? covered)) / covered;
    return [{ month: (textIn(row, 'month') ?? '').slice(0, 7), value: scaled }];
  });
  const n = months.length;
  if (n < fewest) return { months: [], usual: null, threshold: null, n };
  const usual = median(ascending(months.map(({ value }) => value)));
  const deviation = median(ascending(months.map(({ value }) => Math.abs(value - usual))));
  const threshold = usual + 3.5 * Math.max(1.4826 * deviation, Math.sqrt(usual), 1);
  return {
    months: months.filter(({ value }) => value > threshold).map(({ month }) => month),
    usual: Math.round(usual),
    threshold: Math.round(threshold),
    n,
  };
}
