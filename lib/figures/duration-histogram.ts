import type { Shape } from 'plotly.js-dist';
import { aboutSeconds, quantile, textOfSeconds } from '../simulate/index.js';
import type { Figure, FigureOptions } from './figure.js';
import { axis, colors, countTicks, layoutOf, noData } from './theme.js';
import { percent, thousands } from './words.js';

/** Limits of the bars, seconds: spans that people think in. */
const limits = [
  0,
  2,
  5,
  10,
  30,
  60,
  120,
  300,
  600,
  900,
  1200,
  1800,
  3600,
  7200,
  21_600,
  43_200,
  86_400,
  259_200,
  604_800,
  2_592_000,
  Number.POSITIVE_INFINITY,
] as const;

export interface DurationOptions extends FigureOptions {
  /** Words of the axes. */
  readonly of: string;
  readonly unit: string;
  /** A length that is marked by a dashed line, with its label. */
  readonly mark?: { readonly seconds: number; readonly label: string };
}

/** How many durations lie between lengths that people think in, from seconds to months. @param values seconds, in order */
export function durationHistogram(values: readonly number[], options: DurationOptions): Figure {
  if (values.length === 0) return noData(options);
  const bins = limits.slice(0, -1).map((from, at) => {
    const to = limits[at + 1] ?? Number.POSITIVE_INFINITY;
    return { from, to, count: values.filter((value) => value >= from && value < to).length };
  });
  const first = bins.findIndex(({ count }) => count > 0);
  const last = bins.findLastIndex(({ count }) => count > 0);
  const shown = bins.slice(Math.max(0, first - 1), last + 2);
  const labels = shown.map(({ from, to }) =>
    to === Number.POSITIVE_INFINITY ? `≥ ${textOfSeconds(from)}` : `< ${textOfSeconds(to)}`,
  );
  const { mark } = options;
  const place = mark ? shown.findIndex(({ to }) => to > mark.seconds) : -1;
  const isInside = mark !== undefined && place >= 0;
  const marked = isInside ? place - 0.5 + partOf(shown[place], mark.seconds) : 0;
  const layout = layoutOf(
    options,
    { plot: 260, left: 64, below: 92 },
    {
      bargap: 0.12,
      xaxis: axis(options.of, { type: 'category', showgrid: false, tickangle: -45, tickfont: { size: 11 } }),
      yaxis: axis(options.unit, countTicks(shown.map(({ count }) => count))),
      ...(isInside ? { shapes: [lineAt(marked)] } : {}),
    },
  );
  return {
    data: [
      {
        type: 'bar',
        x: labels,
        y: shown.map(({ count }) => count),
        marker: { color: colors.main },
        hovertext: shown.map(
          ({ count }, at) =>
            `${labels[at]}<br>${thousands(count)} ${options.unit}<br>${percent(count / values.length)}`,
        ),
        hoverinfo: 'text',
      },
    ],
    layout: isInside
      ? { ...layout, annotations: [...(layout.annotations ?? []), labelAt(marked, mark.label)] }
      : layout,
    name: options.name,
    alt: altOf(values, options),
  };
}

/** How far into a bar a length lies. */
const partOf = (bin: { from: number; to: number } | undefined, seconds: number): number =>
  bin === undefined || bin.to === Number.POSITIVE_INFINITY ? 0.5 : (seconds - bin.from) / (bin.to - bin.from);

const lineAt = (x: number): Partial<Shape> => ({
  type: 'line',
  xref: 'x',
  yref: 'paper',
  x0: x,
  x1: x,
  y0: 0,
  y1: 1,
  line: { color: colors.accent, width: 2, dash: 'dash' },
});

const labelAt = (x: number, text: string) => ({
  text,
  xref: 'x' as const,
  yref: 'paper' as const,
  x,
  y: 1,
  xanchor: 'right' as const,
  yanchor: 'top' as const,
  xshift: -4,
  showarrow: false,
  font: { size: 12, color: colors.accent },
});

function altOf(values: readonly number[], { title, unit, locale }: DurationOptions): string {
  const at = (part: number) => aboutSeconds(quantile(values, part) ?? 0);
  return locale === 'ja'
    ? `${title}: ${thousands(values.length)}(${unit})、中央値${at(0.5)}、1割は${at(0.1)}未満、1割は${at(0.9)}以上。`
    : `${title}: ${thousands(values.length)} ${unit}, half of them below ${at(0.5)}, a tenth below ${at(0.1)}, a tenth above ${at(0.9)}.`;
}
