import type { Figure, FigureOptions } from './figure.js';
import { cut, escapeLabel, widthOf } from './label.js';
import { axis, colors, countTicks, layoutOf, noData } from './theme.js';
import { percent, thousands, wordsIn } from './words.js';

export interface RankedBar {
  /** Null for the rest that has no place, shown last. */
  readonly rank: number | null;
  /** As in the data: an empty name and a null are shown in words. */
  readonly label: string | null;
  readonly value: number;
  readonly share: number | null;
}

export interface RankingOptions extends FigureOptions {
  /** Words of the axes. */
  readonly unit: string;
  readonly of: string;
  /** A label that stands out, such as the home country. */
  readonly highlight?: string;
}

/** Horizontal bars, the longest at the top. Labels are shown letter by letter whatever they hold. */
export function rankingBars(rows: readonly RankedBar[], options: RankingOptions): Figure {
  if (rows.length === 0) return noData(options);
  const words = wordsIn(options.locale);
  const last = (row: RankedBar): number => (row.rank === null ? 1 : 0);
  const sorted = [...rows].sort((a, b) => last(a) - last(b) || b.value - a.value);
  const nameOf = (label: string | null): string =>
    label === null ? words.unknown : label === '' ? words.empty : label;
  const ticks = sorted.map((row) => cut(nameOf(row.label)));
  // Two long names may look alike once they are cut, so bars are placed by number and only labelled by name.
  const keys = sorted.map((_, index) => `#${index + 1}`);
  const widest = Math.max(...ticks.map(widthOf));
  const layout = layoutOf(
    options,
    {
      plot: Math.max(24 * rows.length + 16, 88),
      left: Math.min(Math.max(48 + 7.2 * widest, 72), 230),
      below: 62,
    },
    {
      bargap: 0.25,
      xaxis: axis(options.unit, { ...countTicks(rows.map(({ value }) => value)), nticks: 4 }),
      yaxis: axis(options.of, {
        type: 'category',
        autorange: 'reversed',
        tickmode: 'array',
        tickvals: keys,
        ticktext: ticks.map(escapeLabel),
        tickfont: { size: 12 },
        showgrid: false,
      }),
    },
  );
  return {
    data: [
      {
        type: 'bar',
        orientation: 'h',
        x: sorted.map((row) => row.value),
        y: keys,
        marker: { color: sorted.map((row) => colorOf(row, options.highlight)) },
        hovertext: sorted.map((row) =>
          [
            folded(nameOf(row.label)),
            `${thousands(row.value)} ${escapeLabel(options.unit)}`,
            ...(row.share === null ? [] : [percent(row.share)]),
          ].join('<br>'),
        ),
        hoverinfo: 'text',
      },
    ],
    layout,
    name: options.name,
    alt: altOf(sorted, nameOf, options),
  };
}

const colorOf = (row: RankedBar, highlight: string | undefined): string => {
  if (row.rank === null) return colors.grey;
  return row.label !== null && row.label === highlight ? colors.accent : colors.main;
};

/** The full name for the hover, in lines that a small screen can hold. */
const folded = (name: string): string =>
  (cut(name, 400).match(/.{1,48}/gsu) ?? []).map(escapeLabel).join('<br>');

function altOf(
  rows: readonly RankedBar[],
  nameOf: (label: string | null) => string,
  options: RankingOptions,
): string {
  const first = rows
    .filter((row) => row.rank !== null)
    .slice(0, 3)
    .map((row) => `${cut(nameOf(row.label))} (${thousands(row.value)})`)
    .join(', ');
  const rest = rows.find((row) => row.rank === null);
  const unknown = rest ? `${nameOf(rest.label)}: ${thousands(rest.value)}` : '';
  const marked = rows.find(
    (row) => row.rank !== null && row.label !== null && row.label === options.highlight,
  );
  const name = marked ? `${cut(nameOf(marked.label))} (${thousands(marked.value)})` : '';
  const isJa = options.locale === 'ja';
  const said = [
    ...(first ? [isJa ? `上位は${first}` : `first ${first}`] : []),
    ...(marked ? [isJa ? `${marked.rank}位に${name}` : `number ${marked.rank} is ${name}`] : []),
    ...(unknown ? [unknown] : []),
  ];
  return isJa
    ? `${options.title}: ${said.join('、')}(${options.unit})。`
    : `${options.title}, in ${options.unit}: ${said.join('; ')}.`;
}
