import type { Data } from 'plotly.js-dist';
import type { Table } from '../engine/index.js';
import { numberIn, textIn } from '../stats/findings-of.js';
import { nameKinds, nameShareInterval } from '../stats/index.js';
import type { Draw } from './figure.js';
import { stackedByMonth } from './stacked-by-month.js';
import { axis, colors, layoutOf, monthAxis, noData } from './theme.js';
import { percent, thousands, wordsIn } from './words.js';

/** Bans by what is known of the name of their address: what is not known has its own place in the bar. */
export const drawNames: Draw = (table, options) => {
  const words = wordsIn(options.locale);
  return stackedByMonth(
    table.rows.map((row) => ({
      month: monthOf(row),
      values: nameKinds.map((kind) => numberIn(row, kind)),
      daysCovered: numberIn(row, 'days_covered') ?? 0,
      daysInMonth: numberIn(row, 'days_in_month') ?? 0,
    })),
    [
      { name: words.named, color: colors.main },
      { name: words.unnamed, color: colors.light },
      { name: words.unanswered, color: colors.second },
      { name: words.neverAsked, color: colors.grey },
    ],
    { ...options, unit: words.bans },
  );
};

const monthOf = (row: Table['rows'][number]): string => (textIn(row, 'month') ?? '').slice(0, 7);

/**
 * The share with a name by month, each with its interval of 95 %, and the share of all months as a line; where lookups
 * failed or were never made, a mark at the highest share that is possible.
 */
export const drawNameShare: Draw = (table, options) => {
  const words = wordsIn(options.locale);
  const months = table.rows.flatMap((row) => {
    const [share, highest] = [numberIn(row, 'share'), numberIn(row, 'highest_share')];
    const interval = nameShareInterval(row, 'effective_n', share);
    if (share === null || highest === null || !interval) return [];
    return [{ month: monthOf(row), share, highest, interval, bans: numberIn(row, 'bans') ?? 0 }];
  });
  if (months.length === 0) return noData(options);
  const bans = months.reduce((sum, month) => sum + month.bans, 0);
  const all = months.reduce((sum, month) => sum + month.share * month.bans, 0) / bans;
  const names = table.rows.map(monthOf);
  const range = (low: number, high: number): string => `${percent(low)} – ${percent(high)}`;
  const open = months.filter(({ share, highest }) => highest > share);
  const most = Math.max(...months.flatMap(({ interval, highest }) => [interval[1], highest]));
  const points: Data = {
    type: 'scatter',
    mode: 'markers',
    name: words.monthWithInterval,
    x: months.map(({ month }) => month),
    y: months.map(({ share }) => share * 100),
    error_y: {
      type: 'data',
      symmetric: false,
      array: months.map(({ share, interval }) => (interval[1] - share) * 100),
      arrayminus: months.map(({ share, interval }) => (share - interval[0]) * 100),
      color: colors.main,
      thickness: 1.5,
      width: 4,
    },
    marker: { color: colors.main, size: 8 },
    hovertext: months.map(
      ({ month, share, interval, bans: n }) =>
        `${month}<br>${percent(share)} (95 %: ${range(...interval)})<br>n = ${thousands(n)}`,
    ),
    hoverinfo: 'text',
  };
  const highest: Data = {
    type: 'scatter',
    mode: 'markers',
    name: words.highestShare,
    x: open.map(({ month }) => month),
    y: open.map((month) => month.highest * 100),
    marker: { symbol: 'line-ew', size: 12, color: colors.grey, line: { color: colors.grey, width: 2 } },
    hovertext: open.map((month) => `${month.month}<br>${words.highestShare}: ${percent(month.highest)}`),
    hoverinfo: 'text',
  };
  const line: Data = {
    type: 'scatter',
    mode: 'lines',
    name: `${words.allMonths} ${percent(all)}`,
    x: names,
    y: names.map(() => all * 100),
    line: { color: colors.accent, width: 2, dash: 'dash' },
    hoverinfo: 'skip',
  };
  const title = `${options.title}: ${words.namedShare}`;
  const layout = layoutOf(
    { ...options, title },
    { plot: 240, left: 68, below: 98, legend: 3 },
    {
      showlegend: true,
      xaxis: monthAxis(words.month, names),
      yaxis: axis(`${words.namedShare} (%)`, { range: [0, Math.min(100, Math.ceil(most * 11) * 10)] }),
    },
  );
  const shares = months.map(({ share }) => share);
  const span = range(Math.min(...shares), Math.max(...shares));
  return {
    data: [points, line, ...(open.length > 0 ? [highest] : [])],
    layout,
    name: `${options.name}-share`,
    alt:
      options.locale === 'ja'
        ? `${options.title}: 名前のあるものの割合は全体で${percent(all)}、月別では${span}。`
        : `${options.title}: ${percent(all)} with a name in all, ${span} by month.`,
  };
};
