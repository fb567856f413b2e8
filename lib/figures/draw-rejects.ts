import type { Table } from '../engine/index.js';
import { numberIn, textIn } from '../stats/findings-of.js';
import { rejectKinds, spikesAmong } from '../stats/index.js';
import type { Draw } from './figure.js';
import { stackedByMonth } from './stacked-by-month.js';
import { colors } from './theme.js';
import { wordsIn } from './words.js';

const listOf = (table: Table, column: string): string =>
  table.rows[0] ? (textIn(table.rows[0], column) ?? '') : '';

/** Refusals by list and warnings by kind, the first list at the axis, with the line above which it is a spike. */
export const drawRejects: Draw = (table, options) => {
  const words = wordsIn(options.locale);
  const [first, second] = [`RBL 1 ${listOf(table, 'list_1')}`, `RBL 2 ${listOf(table, 'list_2')}`];
  const series = [
    { name: first, color: colors.main },
    { name: second, color: colors.light },
    { name: words.otherLists, color: colors.grey },
    { name: words.noService, color: colors.second },
    { name: words.noAddress, color: colors.third },
  ];
  const { threshold } = spikesAmong(table, 'rbl_1');
  return stackedByMonth(
    table.rows.map((row) => ({
      month: (textIn(row, 'month') ?? '').slice(0, 7),
      values: rejectKinds.map((kind) => numberIn(row, kind)),
      daysCovered: numberIn(row, 'days_covered') ?? 0,
      daysInMonth: numberIn(row, 'days_in_month') ?? 0,
    })),
    series,
    {
      ...options,
      unit: words.rejects,
      ...(threshold === null ? {} : { line: { name: words.spike('RBL 1'), value: threshold } }),
    },
  );
};
