import { type FigureName, middleOf, nameOf, type SettingOutcome } from '../simulate/index.js';
import type { Figure, FigureOptions } from './figure.js';
import { escapeLabel } from './label.js';
import { placeOf, powerTicks } from './power-ticks.js';
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
  const spans = sorted.map(({ figures }) => {
    const { lower, upper } = figures[figure];
    // So that a bar without a width shows.
    return { from: placeOf(lower) * 0.985, to: placeOf(upper) * 1.015, lower, upper };
  });
  const text = (value: number) => (value < 10 ? value.toFixed(1) : thousands(Math.round(value)));
  const layout = layoutOf(
    options,
    { plot: 44 * sorted.length + 16, left: 132, below: 66 },
    {
      bargap: 0.4,
      xaxis: axis(unit, {
        type: 'log',
        tickangle: 0,
        ...powerTicks(
          spans.flatMap(({ lower, upper }) => [placeOf(lower), placeOf(upper)]),
          '0',
        ),
      }),
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
