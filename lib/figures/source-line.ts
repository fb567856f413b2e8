import type { Annotation } from 'plotly.js-dist';
import type { Locale, Source } from './figure.js';
import { wrap } from './label.js';
import { thousands, wordsIn } from './words.js';

/** The parts of the line, such as `n = 655 bans`, `2018-12 to 2019-11`, `synthetic data (banbook forge)`. */
export function sourceParts(source: Source, locale: Locale = 'en'): string[] {
  const words = wordsIn(locale);
  const { n, unit, period, data, synthetic, countryAsOf, banSource, note } = source;
  const glue = locale === 'ja' ? words.to : ` ${words.to} `;
  const months = [period?.from.slice(0, 7), period?.to.slice(0, 7)].filter(
    (month, index, all) => month !== undefined && all.indexOf(month) === index,
  );
  return [
    n === null ? words.noData : `n = ${thousands(n)}${locale === 'ja' ? `(${unit})` : ` ${unit}`}`,
    ...(months.length ? [months.join(glue)] : []),
    ...(banSource ? [words.seenIn(banSource)] : []),
    ...(data === null ? [] : [data]),
    ...(synthetic ? [words.synthetic] : []),
    ...(countryAsOf ? [`${words.countryData} ${countryAsOf}`] : []),
    ...(note ? [note] : []),
  ];
}

/** The line as an annotation under the chart. @param below pixels from the plot's lower edge; @param left margin */
export function sourceLine(source: Source, locale: Locale, below: number, left: number): Annotation {
  return {
    text: wrap(sourceParts(source, locale), ' · ', 58).text,
    xref: 'paper',
    yref: 'paper',
    x: 0,
    y: 0,
    xanchor: 'left',
    yanchor: 'top',
    xshift: 12 - left,
    yshift: -below,
    align: 'left',
    showarrow: false,
    font: { size: 11, color: '#555555' },
  };
}
