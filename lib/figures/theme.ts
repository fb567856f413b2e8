import type { Layout, LayoutAxis } from 'plotly.js-dist';
import type { Figure, FigureOptions } from './figure.js';
import { pieces, wrap } from './label.js';
import { sourceLine } from './source-line.js';
import { wordsIn } from './words.js';

/** Okabe and Ito's colours, which stay apart for colour-blind readers. */
export const colors = {
  main: '#0072B2',
  light: '#56B4E9',
  accent: '#D55E00',
  second: '#E69F00',
  third: '#009E73',
  grey: '#767676',
  ink: '#222222',
  grid: '#E5E5E5',
} as const;

/**
 * From few to many: ColorBrewer's nine-class Blues (Cynthia Brewer), which stays in order for colour-blind readers and
 * in grey print. Its two palest classes are left out: on white they would look like none.
 */
export const sequential: [number, string][] = [
  [0, '#C6DBEF'],
  [0.2, '#9ECAE1'],
  [0.4, '#6BAED6'],
  [0.6, '#4292C6'],
  [0.8, '#2171B5'],
  [1, '#08306B'],
];

/** The colours of a chart on a dark page, by those of a light one. Every colour that a chart sets has a place here. */
export const darkColors: Readonly<Record<string, string>> = {
  [colors.main]: '#56B4E9',
  [colors.light]: '#1F5F8B',
  [colors.accent]: '#F0883E',
  [colors.grey]: '#9AA4AF',
  [colors.ink]: '#E6EAEE',
  [colors.grid]: '#343B44',
  '#FFFFFF': '#14181D',
  '#555555': '#AEB7C0',
  '#E8E8E8': '#2A3139',
  // On dark paper many is light.
  '#C6DBEF': '#1C3A55',
  '#9ECAE1': '#27567D',
  '#6BAED6': '#3676A6',
  '#4292C6': '#4F9ACB',
  '#2171B5': '#8CC0E6',
  '#08306B': '#D6E8F7',
};

const fonts =
  'system-ui, -apple-system, "Segoe UI", Roboto, "Hiragino Sans", "Noto Sans JP", "Noto Sans CJK JP", sans-serif';

/** An axis with its title. */
export const axis = (title: string, more: Partial<LayoutAxis> = {}): Partial<LayoutAxis> => ({
  title: { text: title, standoff: 8 },
  ...(more.showgrid === false ? {} : { gridcolor: colors.grid }),
  linecolor: colors.grey,
  zerolinecolor: colors.grey,
  fixedrange: true,
  ...more,
});

/** An axis of months, slanted so that none reaches beyond the edge or over its neighbour. */
export const monthAxis = (title: string, months: readonly string[]): Partial<LayoutAxis> =>
  axis(title, {
    type: 'category',
    categoryorder: 'array',
    categoryarray: [...months],
    tickangle: -45,
    showgrid: false,
  });

/** Ticks of an axis of counts, from zero; between few there are no halves, and 10,000 is 10k, for which there is room. */
export const countTicks = (counts: readonly number[]): Partial<LayoutAxis> => ({
  rangemode: 'tozero',
  tickformat: Math.max(...counts) < 10_000 ? ',d' : '~s',
  ...(Math.max(...counts) <= 5 ? { dtick: 1 } : {}),
});

/** Entries above the plot. */
export const legend = {
  orientation: 'h',
  x: 0,
  xanchor: 'left',
  y: 1,
  yanchor: 'bottom',
  itemwidth: 30,
  font: { size: 11 },
} as const;

/** Many entries, two side by side on a page of 400 pixels with `left` of 72. */
export const pairedLegend = {
  ...legend,
  entrywidthmode: 'pixels',
  entrywidth: 98,
  traceorder: 'normal',
} as const;

/** Sizes in pixels that differ from chart to chart. */
export interface Room {
  /** Height between the margins. */
  readonly plot: number;
  /** For the labels of the vertical axis. */
  readonly left: number;
  /** For the labels and title of the horizontal axis. */
  readonly below: number;
  /** Lines of the legend on a small screen. @default 2 */
  readonly legend?: number;
}

/** The layout of every chart: title above, source line below, as wide as its place. @param more axes and what else is the chart's own */
export function layoutOf(options: FigureOptions, room: Room, more: Partial<Layout>): Partial<Layout> {
  // Plotly does not break lines; 36 columns of a wide font fit a page of 400 pixels.
  const title = wrap(pieces(options.title), '', 36);
  const top = 24 + 22 * title.lines + (more.showlegend ? 22 * (room.legend ?? 2) : 0);
  const bottom = room.below + 48;
  return {
    title: {
      text: title.text,
      x: 0,
      xref: 'container',
      xanchor: 'left',
      y: 1,
      yref: 'container',
      yanchor: 'top',
      pad: { l: 12, t: 12 + 12 * (title.lines - 1) },
      font: { size: 17 },
    },
    font: { family: fonts, size: 13, color: colors.ink },
    paper_bgcolor: '#FFFFFF',
    plot_bgcolor: '#FFFFFF',
    autosize: true,
    height: top + room.plot + bottom,
    margin: { l: room.left, r: 12, t: top, b: bottom },
    ...(more.showlegend ? { legend } : {}),
    hoverlabel: { align: 'left' },
    showlegend: false,
    annotations: [sourceLine(options.source, options.locale ?? 'en', room.below, room.left)],
    ...more,
  };
}

/** The figure of a table that has nothing to show: it says so in the place of the chart. @param why where it is known */
export function noData(options: FigureOptions, why = wordsIn(options.locale).noData): Figure {
  const layout = layoutOf(
    options,
    { plot: 160, left: 20, below: 16 },
    {
      xaxis: { visible: false },
      yaxis: { visible: false },
    },
  );
  const note = {
    text: why,
    xref: 'paper' as const,
    yref: 'paper' as const,
    x: 0.5,
    y: 0.5,
    showarrow: false,
    font: { size: 17, color: colors.grey },
  };
  return {
    data: [],
    layout: { ...layout, annotations: [...(layout.annotations ?? []), note] },
    name: options.name,
    alt: `${options.title}: ${why}`,
  };
}
