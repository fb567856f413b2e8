import type { Data } from 'plotly.js-dist';
import { middleOf, nameOf, type SettingOutcome } from '../simulate/index.js';
import { banningWords } from './banning-words.js';
import type { Figure, FigureOptions } from './figure.js';
import { placeOf, powerTicks } from './power-ticks.js';
import { axis, colors, layoutOf, noData } from './theme.js';
import { thousands } from './words.js';

/**
 * Settings by mean ban table and attempts let through: each a point in the middle of its bounds, on axes of powers of
 * ten, with lines from the least to the most. What is 0, or as good as that, stands at a tick of its own below.
 * @param outcomes the site's own first; @param front some of them
 */
export function settingPoints(
  outcomes: readonly SettingOutcome[],
  front: readonly SettingOutcome[],
  options: FigureOptions,
): Figure {
  const [own] = outcomes;
  if (!own) return noData(options);
  const words = banningWords(options.locale);
  const others = outcomes.filter((one) => one !== own && !front.includes(one));
  const best = front.filter((one) => one !== own);
  const placesOf = (figure: 'tableMean' | 'through') =>
    outcomes.flatMap(({ figures: { [figure]: bounds } }) => [placeOf(bounds.lower), placeOf(bounds.upper)]);
  const layout = layoutOf(
    options,
    { plot: 340, left: 96, below: 66, legend: 3 },
    {
      showlegend: true,
      xaxis: axis(words.table, { type: 'log', tickangle: 0, ...powerTicks(placesOf('tableMean'), '≤0.1') }),
      yaxis: axis(words.through, { type: 'log', ...powerTicks(placesOf('through'), '0') }),
    },
  );
  return {
    data: [
      points(others, words.others, { symbol: 'circle', size: 7, color: colors.grey }, 0.4, options),
      points(best, words.front, { symbol: 'diamond', size: 10, color: colors.main }, 0.8, options),
      points([own], words.own, { symbol: 'star', size: 16, color: colors.accent }, 0.8, options),
    ],
    layout,
    name: options.name,
    alt: altOf(own, front, options),
  };
}

const between = ({ lower, upper }: { lower: number; upper: number }): string => {
  const text = (value: number) => (value < 10 ? value.toFixed(1) : thousands(Math.round(value)));
  return text(lower) === text(upper) ? text(upper) : `${text(lower)}–${text(upper)}`;
};

function points(
  outcomes: readonly SettingOutcome[],
  name: string,
  marker: { symbol: 'circle' | 'diamond' | 'star'; size: number; color: string },
  thickness: number,
  { locale }: FigureOptions,
): Data {
  const words = banningWords(locale);
  const error = (figure: 'tableMean' | 'through') => ({
    type: 'data' as const,
    symmetric: false,
    array: outcomes.map(({ figures }) => placeOf(figures[figure].upper) - placeOf(middleOf(figures, figure))),
    arrayminus: outcomes.map(
      ({ figures }) => placeOf(middleOf(figures, figure)) - placeOf(figures[figure].lower),
    ),
    color: marker.color,
    thickness,
    width: 0,
  });
  return {
    type: 'scatter',
    mode: 'markers',
    name,
    x: outcomes.map(({ figures }) => placeOf(middleOf(figures, 'tableMean'))),
    y: outcomes.map(({ figures }) => placeOf(middleOf(figures, 'through'))),
    error_x: error('tableMean'),
    error_y: error('through'),
    marker,
    hovertext: outcomes.map(({ settings, figures }) =>
      [
        nameOf(settings),
        `${between(figures.through)} ${words.through}`,
        `${between(figures.tableMean)} ${words.table}`,
      ].join('<br>'),
    ),
    hoverinfo: 'text',
  };
}

function altOf(
  own: SettingOutcome,
  front: readonly SettingOutcome[],
  { title, locale }: FigureOptions,
): string {
  const says = `${nameOf(own.settings)} (${between(own.figures.through)}; ${between(own.figures.tableMean)})`;
  const names = front
    .slice(0, 3)
    .map(({ settings }) => nameOf(settings))
    .join('; ');
  return locale === 'ja'
    ? `${title}: 現在の設定は${says}。どの設定にも劣らない設定は${front.length}件: ${names}など。`
    : `${title}: the site's own settings are ${says}; ${front.length} settings are beaten by none, among them ${names}.`;
}
