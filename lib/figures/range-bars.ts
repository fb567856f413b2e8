import { type FigureName, middleOf, nameOf, type SettingOutcome } from '../simulate/index.js';
import type { Figure, FigureOptions } from './figure.js';
import { escapeLabel } from './label.js';
import { axis, colors, layoutOf, noData } from './theme.js';
import { thousands } from './words.js';

/**
 * One figure of few settings: a bar from the least to the most on an axis of powers of ten, the site's own coloured.
 * A figure that is known for sure is a thin bar.
 * @param outcomes the site's own first
 */
export function rangeBars(
  outcomes: readonly SettingOutcome[],
  figure: FigureName,
  unit: string,
  options: FigureOptions,
): Figure {
  if (outcomes.length === 0) return noData(options);
  const [own] = outcomes;
  const sorted = [...outcomes].sort((a, b) => middleOf(a.figures, figure) - middleOf(b.figures, figure));
  const least = (value: number): number => Math.max(value, 0.1);
  const spans = sorted.map(({ figures }) => {
    const { lower, upper } = figures[figure];
    // So that a bar without a width shows.
    return { from: least(lower) * 0.985, to: least(upper) * 1.015, lower, upper };
  });
  const text = (value: number) => (value < 10 ? value.toFixed(1) : thousands(Math.round(value)));
  const layout = layoutOf(
    options,
    { plot: 44 * sorted.length + 16, left: 132, below: 66 },
    {
      bargap: 0.4,
      xaxis: axis(unit, { type: 'log', tickmode: 'array', tickangle: 0, ...ticksOf(spans) }),
      yaxis: axis('', { type: 'category', autorange: 'reversed', showgrid: false, title: { text: '' } }),
    },
  );
  return {
    data: [
      {
        type: 'bar',
        orientation: 'h',
        base: spans.map(({ from }) => from),
        x: spans.map(({ from, to }) => to - from),
        y: sorted.map(({ settings }) => escapeLabel(nameOf(settings))),
        marker: { color: sorted.map((one) => (one === own ? colors.accent : colors.main)) },
        hovertext: sorted.map(
          ({ settings }, at) =>
            `${nameOf(settings)}<br>${text(spans[at]?.lower ?? 0)}–${text(spans[at]?.upper ?? 0)} ${unit}`,
        ),
        hoverinfo: 'text',
      },
    ],
    layout,
    name: options.name,
    alt: `${options.title}: ${sorted.map(({ settings }, at) => `${nameOf(settings)}: ${text(spans[at]?.lower ?? 0)}–${text(spans[at]?.upper ?? 0)}`).join('; ')}.`,
  };
}

/** 1, 2 and 5 times the powers of ten between the ends; few where the ends are far apart. */
function ticksOf(spans: readonly { from: number; to: number }[]): { tickvals: number[]; ticktext: string[] } {
  const from = Math.min(...spans.map((span) => span.from));
  const to = Math.max(...spans.map((span) => span.to));
  const powers = Array.from({ length: 12 }, (_, power) => 10 ** (power - 1));
  const steps = to / from > 30 ? [1] : [1, 2, 5];
  const tickvals = powers
    .flatMap((power) => steps.map((step) => step * power))
    .filter((value) => value >= from / 2 && value <= to * 2);
  const text = (value: number): string => {
    if (value < 10_000) return thousands(value);
    return value < 1e6 ? `${value / 1000}k` : `${thousands(value / 1e6)}M`;
  };
  return { tickvals, ticktext: tickvals.map((value) => text(Number(value.toPrecision(1)))) };
}
