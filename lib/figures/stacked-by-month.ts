import type { Data } from 'plotly.js-dist';
import { crosses } from './bars-by-month.js';
import type { Figure, FigureOptions } from './figure.js';
import { cut, escapeLabel, pieces, wrap } from './label.js';
import { axis, colors, countTicks, layoutOf, monthAxis, noData, pairedLegend } from './theme.js';
import { thousands, wordsIn } from './words.js';

export interface MonthStack {
  /** Such as `2019-05`. */
  readonly month: string;
  /** One a series, from the axis upwards; null where the month is not covered. */
  readonly values: readonly (number | null)[];
  readonly daysCovered: number;
  readonly daysInMonth: number;
}

export interface Series {
  readonly name: string;
  readonly color: string;
}

export interface StackOptions extends FigureOptions {
  readonly unit: string;
  /** A dashed line at a height of the lowest series. */
  readonly line?: { readonly name: string; readonly value: number };
}

/**
 * Bars by month from zero, the series of a month on top of one another, the first at the axis. Months covered in part
 * are hatched, those that are not covered have a cross. A series that is nowhere above zero is left out.
 */
export function stackedByMonth(
  rows: readonly MonthStack[],
  series: readonly Series[],
  options: StackOptions,
): Figure {
  const covered = rows.filter((row) => row.values.some((value) => value !== null));
  if (covered.length === 0) return noData(options);
  const words = wordsIn(options.locale);
  const shown = [...series.entries()].filter(([i]) => covered.some((row) => (row.values[i] ?? 0) > 0));
  const gaps = rows.filter((row) => !covered.includes(row));
  const bars = shown.map(([i, { name, color }]): Data => {
    const shape = covered.map((row) => (row.daysCovered < row.daysInMonth ? '/' : ''));
    return {
      type: 'bar',
      name: entry(name),
      x: covered.map((row) => row.month),
      y: covered.map((row) => row.values[i] ?? 0),
      marker: { color, pattern: { shape, fillmode: 'overlay', fgcolor: '#FFFFFF', size: 6, solidity: 0.3 } },
      hovertext: covered.map((row) =>
        [
          escapeLabel(row.month),
          `${escapeLabel(name)}: ${thousands(row.values[i] ?? 0)}`,
          words.days(row.daysCovered, row.daysInMonth),
        ].join('<br>'),
      ),
      hoverinfo: 'text',
    };
  });
  const { line } = options;
  const months = rows.map((row) => row.month);
  const dashed: Data[] = line
    ? [
        {
          type: 'scatter',
          mode: 'lines',
          name: entry(line.name),
          x: months,
          y: months.map(() => line.value),
          line: { color: colors.ink, width: 1.5, dash: 'dash' },
          hoverinfo: 'skip',
        },
      ]
    : [];
  const isPart = covered.some((row) => row.daysCovered < row.daysInMonth);
  const part: Data[] = isPart
    ? [
        {
          type: 'bar',
          name: words.part,
          x: [months[0] ?? ''],
          y: [0],
          marker: {
            color: colors.grey,
            pattern: { shape: '/', fillmode: 'overlay', fgcolor: '#FFFFFF', size: 6, solidity: 0.3 },
          },
          hoverinfo: 'skip',
        },
      ]
    : [];
  const entries = bars.length + dashed.length + part.length + (gaps.length > 0 ? 1 : 0);
  const layout = layoutOf(
    options,
    { plot: 260, left: 72, below: 98, legend: Math.ceil(entries / 2) + 0.5 },
    {
      barmode: 'stack',
      bargap: 0.2,
      showlegend: true,
      legend: pairedLegend,
      xaxis: monthAxis(words.month, months),
      yaxis: axis(
        options.unit,
        countTicks(covered.map((row) => row.values.reduce<number>((sum, value) => sum + (value ?? 0), 0))),
      ),
    },
  );
  return {
    data: [...bars, ...part, ...dashed, ...(gaps.length > 0 ? [crosses(gaps, words)] : [])],
    layout,
    name: options.name,
    alt: altOf(
      covered,
      shown.map(([i, { name }]) => ({ name, i })),
      options,
    ),
  };
}

/** A name in the legend, of which two stand side by side on a small screen. */
const entry = (name: string): string =>
  wrap(
    pieces(name).map((word) => cut(word, 20)),
    '',
    19,
  ).text;

function altOf(
  rows: readonly MonthStack[],
  series: readonly { readonly name: string; readonly i: number }[],
  { title, unit, locale }: StackOptions,
): string {
  const parts = series.map(({ name, i }) => {
    const sum = rows.reduce((total, row) => total + (row.values[i] ?? 0), 0);
    const peak = rows.reduce((best, row) => ((row.values[i] ?? 0) > (best.values[i] ?? 0) ? row : best));
    const [total, most] = [thousands(sum), thousands(peak.values[i] ?? 0)];
    return locale === 'ja'
      ? `${name} 合計${total}(最多は${peak.month}の${most})`
      : `${name} ${total} (most in ${peak.month}: ${most})`;
  });
  return locale === 'ja'
    ? `${title}(${unit}): ${parts.join('、') || '0'}。`
    : `${title}, in ${unit}: ${parts.join('; ') || '0'}.`;
}
