export { barsByHour, type HourBar } from './bars-by-hour.js';
export { barsByMonth, type MonthBar } from './bars-by-month.js';
export { countryMap, type MapOptions, type MappedCountry } from './country-map.js';
export type { Figure, FigureOptions, Locale, Source } from './figure.js';
export { type FigureContext, figureOf, figuresOf } from './figure-of.js';
export { type RankedBar, type RankingOptions, rankingBars } from './ranking-bars.js';
export { type MonthStack, type Series, stackedByMonth } from './stacked-by-month.js';
