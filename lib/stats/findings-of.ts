import type { Table } from '../engine/index.js';
import type { Finding } from '../schema.js';
import { wilsonInterval } from './math/wilson-interval.js';

/** A finding without its statistic; a value of null is one that cannot be said. */
export interface Said {
  readonly key: string;
  readonly value: string | number | null;
  readonly unit?: string;
  readonly n: number | null;
}

/**
 * Findings of one statistic. Integers and names are printed as they are, shares with six decimals, other numbers with
 * four digits that count.
 */
export const findingsOf = (statistic: string, said: readonly Said[]): Finding[] =>
  said.map(({ key, value, unit, n }) => ({
    statistic,
    key,
    value: value === null ? null : printed(value, unit),
    unit: unit ?? null,
    n,
  }));

function printed(value: string | number, unit: string | undefined): string {
  if (typeof value === 'string' || (Number.isInteger(value) && unit !== 'share')) return String(value);
  return unit === 'share' ? value.toFixed(6) : String(Number(value.toPrecision(4)));
}

/** Ends of the 95 % interval of a share, `NAME_share_low` and `NAME_share_high`; null without the share. */
export function shareInterval(name: string, part: number | null | undefined, n: number | null): Said[] {
  const interval = part == null || n === null ? null : wilsonInterval(part, n);
  return [
    { key: `${name}_share_low`, value: interval?.[0] ?? null, unit: 'share', n },
    { key: `${name}_share_high`, value: interval?.[1] ?? null, unit: 'share', n },
  ];
}

/** A cell that has to be a number or null. */
export function numberIn(row: Table['rows'][number], column: string): number | null {
  const cell = row[column] ?? null;
  if (cell === null || typeof cell === 'number') return cell;
  throw new TypeError(`column "${column}": expected a number, got ${JSON.stringify(cell)}`);
}

/** A cell that has to be text or null. */
export function textIn(row: Table['rows'][number], column: string): string | null {
  const cell = row[column] ?? null;
  if (cell === null || typeof cell === 'string') return cell;
  throw new TypeError(`column "${column}": expected text, got ${JSON.stringify(cell)}`);
}

/** Sum of the cells that have a number; null when none has. */
export const totalOf = (table: Table, column: string): number | null =>
  table.rows.reduce<number | null>((sum, row) => {
    const value = numberIn(row, column);
    return value === null ? sum : (sum ?? 0) + value;
  }, null);

/** What a table shows a part of: the whole of which the first row with a share has that share; null without one. */
export function wholeOf(table: Table, column: string): number | null {
  const row = table.rows.find((candidate) => (numberIn(candidate, 'share') ?? 0) > 0);
  if (!row) return null;
  return Math.round((numberIn(row, column) ?? 0) / (numberIn(row, 'share') ?? 1));
}
