import type { Data } from 'plotly.js-dist';
import { alpha3, countryName } from './country-name.js';
import type { Figure, FigureOptions } from './figure.js';
import { escapeLabel } from './label.js';
import { smallPlaces } from './small-places.js';
import { layoutOf, noData, sequential } from './theme.js';
import { percent, thousands, wordsIn } from './words.js';

export interface MappedCountry {
  readonly rank: number;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  readonly value: number;
  readonly share: number | null;
}

export interface MapOptions extends FigureOptions {
  /** What is counted, in the words of the axis. */
  readonly unit: string;
}

/**
 * A world map of all countries that have any: shapes, and points for the places that are too small for the base map,
 * all in one scale of colours. The scale is logarithmic, because two countries often have more than all others.
 */
export function countryMap(rows: readonly MappedCountry[], options: MapOptions): Figure {
  const shown = rows.filter((row) => row.value > 0);
  if (shown.length === 0) return noData(options);
  const small = shown.filter((row) => row.country in smallPlaces);
  const large = shown.filter((row) => !(row.country in smallPlaces) && alpha3(row.country) !== null);
  const source = { ...options.source, note: wordsIn(options.locale).grey };
  const layout = layoutOf(
    { ...options, source, title: `${options.title}${wordsIn(options.locale).map}` },
    { plot: 270, left: 12, below: 84 },
    {
      geo: {
        scope: 'world',
        resolution: 110,
        // Without it plotly.js 4 centres the world on the Pacific.
        projection: { type: 'natural earth', rotation: { lon: 0 } },
        lataxis: { range: [-57, 84] },
        lonaxis: { range: [-180, 180] },
        showframe: false,
        showcoastlines: false,
        showland: true,
        landcolor: '#E8E8E8',
        showcountries: true,
        countrycolor: '#FFFFFF',
        countrywidth: 0.5,
        bgcolor: '#FFFFFF',
      },
      coloraxis: scaleOf(shown, options),
    },
  );
  const data = [
    ...(large.length ? [shapes(large, options)] : []),
    ...(small.length ? [points(small, options)] : []),
  ];
  return { data, layout, name: options.name, alt: altOf(shown, small, options) };
}

const shapes = (rows: readonly MappedCountry[], options: MapOptions): Data => ({
  type: 'choropleth',
  locationmode: 'ISO-3',
  locations: rows.map((row) => alpha3(row.country) ?? ''),
  z: rows.map((row) => Math.log10(row.value)),
  coloraxis: 'coloraxis',
  marker: { line: { color: '#FFFFFF', width: 0.5 } },
  hovertext: rows.map((row) => hoverOf(row, options)),
  hoverinfo: 'text',
});

const points = (rows: readonly MappedCountry[], options: MapOptions): Data => ({
  type: 'scattergeo',
  mode: 'markers',
  lat: rows.map((row) => smallPlaces[row.country]?.[0] ?? null),
  lon: rows.map((row) => smallPlaces[row.country]?.[1] ?? null),
  marker: {
    size: 10,
    color: rows.map((row) => Math.log10(row.value)),
    coloraxis: 'coloraxis',
    line: { color: '#222222', width: 1 },
  },
  hovertext: rows.map((row) => hoverOf(row, options)),
  hoverinfo: 'text',
});

const hoverOf = ({ rank, country, value, share }: MappedCountry, { locale, unit }: MapOptions): string =>
  [
    `${rank}. ${escapeLabel(countryName(country, locale))} (${escapeLabel(country)})`,
    `${thousands(value)} ${escapeLabel(unit)}`,
    ...(share === null ? [] : [percent(share)]),
  ].join('<br>');

/** Powers of ten, or of less where the counts lie within one. */
function scaleOf(rows: readonly MappedCountry[], { unit }: MapOptions) {
  const counts = rows.map((row) => row.value);
  const [least, most] = [Math.floor(Math.log10(Math.min(...counts))), Math.log10(Math.max(...counts))];
  const ticks = Array.from({ length: Math.floor(most) - least + 1 }, (_, i) => 10 ** (least + i));
  return {
    colorscale: sequential,
    cmin: least,
    cmax: Math.max(most, least + 1),
    colorbar: {
      orientation: 'h' as const,
      x: 0.5,
      xanchor: 'center' as const,
      y: 0,
      yanchor: 'top' as const,
      len: 0.8,
      thickness: 12,
      outlinewidth: 0,
      tickmode: 'array' as const,
      tickvals: ticks.map(Math.log10),
      ticktext: ticks.map(thousands),
      title: { text: escapeLabel(unit), side: 'top' as const },
    },
  };
}

function altOf(rows: readonly MappedCountry[], small: readonly MappedCountry[], options: MapOptions): string {
  const { locale, title, unit } = options;
  const at = (row: MappedCountry): string => `${countryName(row.country, locale)} (${thousands(row.value)})`;
  const glue = locale === 'ja' ? '、' : ', ';
  const first = rows.slice(0, 3).map(at).join(glue);
  const points = small.map(at).join(glue) || (locale === 'ja' ? 'なし' : 'none');
  return locale === 'ja'
    ? `${title}の地図: ${rows.length}か国・地域。上位は${first}(${unit})。点で示した小さな国・地域: ${points}。`
    : `${title}, as a map of ${rows.length} countries, in ${unit}: first ${first}; small places shown as points: ${points}.`;
}
