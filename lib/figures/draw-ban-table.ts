import type { Data } from 'plotly.js-dist';
import type { Table } from '../engine/index.js';
import { numberIn, textIn } from '../stats/findings-of.js';
import { crosses } from './bars-by-month.js';
import type { Draw, FigureOptions } from './figure.js';
import { axis, colors, countTicks, layoutOf, monthAxis, noData } from './theme.js';
import { thousands, wordsIn } from './words.js';

interface MonthSize {
  readonly month: string;
  readonly exact: number | null;
  readonly max: number | null;
  readonly seen: number | null;
  readonly snapshots: number;
  readonly daysCovered: number;
  readonly daysInMonth: number;
}

const sizesOf = ({ rows }: Table): MonthSize[] =>
  rows.map((row) => ({
    month: (textIn(row, 'month') ?? '').slice(0, 7),
    exact: numberIn(row, 'exact_mean'),
    max: numberIn(row, 'exact_max'),
    seen: numberIn(row, 'snapshot_mean'),
    snapshots: numberIn(row, 'snapshots') ?? 0,
    daysCovered: numberIn(row, 'days_covered') ?? 0,
    daysInMonth: numberIn(row, 'days_in_month') ?? 0,
  }));

/** `7.6`; whole numbers of a thousand and more with their separator. */
const size = (value: number): string => value.toFixed(value < 1000 ? 1 : 0).replace(/\B(?=(\d{3})+$)/g, ',');

/** Exact means as bars, the means of the morning reports and the maxima as marks on them. */
export const drawBanTable: Draw = (table, options) => {
  const rows = sizesOf(table);
  const some = (value: 'exact' | 'seen'): boolean => rows.some((row) => row[value] !== null);
  // Bans are 0 in a covered month; nothing has been banned and nothing reported.
  if (!some('seen') && !rows.some((row) => row.max)) return noData(options);
  const words = wordsIn(options.locale);
  const gaps = rows.filter((row) => row.exact === null && row.seen === null);
  const data: Data[] = [
    ...(some('exact') ? [bars(rows, options), marks(rows, 'max', options)] : []),
    ...(some('seen') ? [marks(rows, 'seen', options)] : []),
    ...(gaps.length ? [crosses(gaps, words)] : []),
  ];
  const layout = layoutOf(
    options,
    // On a small screen each of the long names takes a line of the legend.
    { plot: 260, left: 76, below: 98, legend: data.length + 0.5 },
    {
      bargap: 0.2,
      showlegend: true,
      xaxis: monthAxis(
        words.month,
        rows.map((row) => row.month),
      ),
      yaxis: axis(words.entries, countTicks(rows.map(({ max, seen }) => max ?? seen ?? 0))),
    },
  );
  return { data, layout, name: options.name, alt: altOf(rows, options) };
};

function bars(rows: readonly MonthSize[], { locale }: FigureOptions): Data {
  const words = wordsIn(locale);
  const known = rows.filter((row) => row.exact !== null);
  return {
    type: 'bar',
    name: words.exactMean,
    x: known.map((row) => row.month),
    y: known.map((row) => row.exact ?? 0),
    marker: {
      color: colors.main,
      pattern: {
        shape: known.map((row) => (row.daysCovered < row.daysInMonth ? '/' : '')),
        fgcolor: '#FFFFFF',
        // Without it Plotly fills a bar that has a pattern with nothing.
        bgcolor: colors.main,
        size: 6,
        solidity: 0.3,
      },
    },
    hovertext: known.map((row) =>
      [
        row.month,
        `${words.exactMean}: ${size(row.exact ?? 0)}`,
        words.days(row.daysCovered, row.daysInMonth),
      ].join('<br>'),
    ),
    hoverinfo: 'text',
  };
}

function marks(rows: readonly MonthSize[], value: 'max' | 'seen', { locale }: FigureOptions): Data {
  const words = wordsIn(locale);
  const known = rows.filter((row) => row[value] !== null);
  const name = value === 'max' ? words.exactMax : words.morningMean;
  return {
    type: 'scatter',
    mode: 'markers',
    name,
    x: known.map((row) => row.month),
    y: known.map((row) => row[value] ?? 0),
    cliponaxis: false,
    marker:
      value === 'max'
        ? { symbol: 'line-ew', size: 18, color: colors.grey, line: { color: colors.grey, width: 2.5 } }
        : { symbol: 'diamond', size: 10, color: colors.accent, line: { color: '#FFFFFF', width: 1 } },
    hovertext: known.map((row) =>
      [
        row.month,
        value === 'max'
          ? `${name}: ${size(row.max ?? 0).replace(/\.0$/, '')}`
          : `${name}: ${size(row.seen ?? 0)} (${words.reports(row.snapshots)})`,
      ].join('<br>'),
    ),
    hoverinfo: 'text',
  };
}

function altOf(rows: readonly MonthSize[], { title, locale }: FigureOptions): string {
  const most = rows.reduce((best, row) => ((row.exact ?? -1) > (best.exact ?? -1) ? row : best));
  const least = rows.reduce((best, row) => ((row.exact ?? Infinity) < (best.exact ?? Infinity) ? row : best));
  const top = Math.max(...rows.map((row) => row.max ?? 0));
  const reports = rows.reduce((sum, row) => sum + row.snapshots, 0);
  const [high, low] = [most, least].map(
    (row) => `${row.month} (${row.exact === null ? '-' : size(row.exact)})`,
  );
  return locale === 'ja'
    ? `${title}: 正確な平均が最大の月は${high}、最小の月は${low}、同時の最多は${thousands(top)}。${reports > 0 ? `朝のレポート${reports}件の平均を並べて示す。` : '朝のレポートはない。'}`
    : `${title}: the exact mean is highest in ${high} and lowest in ${low}, at most ${thousands(top)} at one time; ${reports > 0 ? `beside it the means of ${reports} morning reports` : 'no morning reports'}.`;
}
