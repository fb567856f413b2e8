import type { Data } from 'plotly.js-dist';
import type { Figure, FigureOptions } from './figure.js';
import { escapeLabel } from './label.js';
import { axis, colors, countTicks, layoutOf, monthAxis, noData } from './theme.js';
import { thousands, wordsIn } from './words.js';

export interface MonthBar {
  /** Such as `2019-05`. */
  readonly month: string;
  /** Null where the month is not covered. */
  readonly value: number | null;
  readonly daysCovered: number;
  readonly daysInMonth: number;
}

export type Words = ReturnType<typeof wordsIn>;

/**
 * Bars by month from zero. Months covered in part are hatched and say so, months that are not covered have no
 * bar but a cross: an empty place must not read as zero.
 * @param unit what is counted, in the words of the axis
 */
export function barsByMonth(rows: readonly MonthBar[], unit: string, options: FigureOptions): Figure {
  if (rows.every((row) => row.value === null)) return noData(options);
  const words = wordsIn(options.locale);
  const full = rows.filter((row) => row.value !== null && row.daysCovered >= row.daysInMonth);
  const part = rows.filter((row) => row.value !== null && row.daysCovered < row.daysInMonth);
  const gaps = rows.filter((row) => row.value === null);
  const data = [
    ...(full.length ? [bars(full, words.full, unit, { color: colors.main }, words)] : []),
    ...(part.length ? [bars(part, words.part, unit, hatched, words)] : []),
    ...(gaps.length ? [crosses(gaps, words)] : []),
  ];
  const layout = layoutOf(
    options,
    { plot: 260, left: 76, below: 98 },
    {
      // Two traces of bars never share a month, so they may lie over one another at full width.
      barmode: 'overlay',
      bargap: 0.2,
      showlegend: part.length > 0 || gaps.length > 0,
      xaxis: monthAxis(
        words.month,
        rows.map((row) => row.month),
      ),
      yaxis: axis(unit, countTicks(rows.map(({ value }) => value ?? 0))),
    },
  );
  return { data, layout, name: options.name, alt: altOf(rows, unit, options) };
}

const hatched = {
  color: colors.light,
  pattern: { shape: '/', fgcolor: colors.main, bgcolor: '#FFFFFF', size: 8, solidity: 0.3 },
  line: { color: colors.main, width: 1 },
} as const;

const bars = (rows: readonly MonthBar[], name: string, unit: string, marker: object, words: Words): Data => ({
  type: 'bar',
  name,
  x: rows.map((row) => row.month),
  y: rows.map((row) => row.value ?? 0),
  marker,
  hovertext: rows.map((row) =>
    [
      escapeLabel(row.month),
      `${thousands(row.value ?? 0)} ${escapeLabel(unit)}`,
      words.days(row.daysCovered, row.daysInMonth),
    ].join('<br>'),
  ),
  hoverinfo: 'text',
});

/** Marks on the axis where a month is not covered. */
export const crosses = (rows: readonly Pick<MonthBar, 'month'>[], words: Words): Data => ({
  type: 'scatter',
  mode: 'markers',
  name: words.gap,
  x: rows.map((row) => row.month),
  y: rows.map(() => 0),
  cliponaxis: false,
  marker: { symbol: 'x', size: 9, color: colors.grey },
  hovertext: rows.map((row) => `${escapeLabel(row.month)}<br>${words.gap}`),
  hoverinfo: 'text',
});

function altOf(rows: readonly MonthBar[], unit: string, { title, locale }: FigureOptions): string {
  const counted = rows.filter((row): row is MonthBar & { value: number } => row.value !== null);
  const total = counted.reduce((sum, row) => sum + row.value, 0);
  const ranked = [...counted].sort((a, b) => b.value - a.value);
  const [most, least] = [ranked[0], ranked.at(-1)];
  const part = counted.filter((row) => row.daysCovered < row.daysInMonth).length;
  const gaps = rows.length - counted.length;
  const [from, to] = [rows[0]?.month, rows.at(-1)?.month];
  const at = (row: MonthBar | undefined): string => `${row?.month} (${thousands(row?.value ?? 0)})`;
  const isJa = locale === 'ja';
  // Of one month there is no most and no fewest.
  if (counted.length === 1 && gaps === 0)
    return isJa
      ? `${title}: ${from}は${thousands(total)}(${unit})、一部のみ記録のある月は${part}。`
      : `${title}: ${thousands(total)} ${unit} in ${from}; months covered in part: ${part}.`;
  return isJa
    ? `${title}: ${from}〜${to}の合計は${thousands(total)}(${unit})、最多は${at(most)}、最少は${at(least)}、一部のみ記録のある月は${part}、記録のない月は${gaps}。`
    : `${title}: ${thousands(total)} ${unit} from ${from} to ${to}, most in ${at(most)}, fewest in ${at(least)}; months covered in part: ${part}, not covered: ${gaps}.`;
}
