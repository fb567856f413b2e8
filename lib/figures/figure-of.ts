import type { Table } from '../engine/index.js';
import { UserError } from '../errors.js';
import type { Site } from '../site.js';
import { numberIn, textIn } from '../stats/findings-of.js';
import type { StatisticResult } from '../stats/index.js';
import { barsByHour } from './bars-by-hour.js';
import { barsByMonth } from './bars-by-month.js';
import { countryMap } from './country-map.js';
import { countryName } from './country-name.js';
import { drawBanTable } from './draw-ban-table.js';
import { drawConcentration } from './draw-concentration.js';
import { drawNameShare, drawNames } from './draw-names.js';
import { drawRejects } from './draw-rejects.js';
import { drawRisk } from './draw-risk.js';
import type { Draw, Figure, FigureOptions, Locale } from './figure.js';
import { type RankedBar, rankingBars } from './ranking-bars.js';
import { wordsIn } from './words.js';

/** What a chart has to know beside the table. An Engine is one. */
export interface FigureContext {
  readonly site: Site;
  readonly synthetic: boolean;
  readonly locale?: Locale;
  /** Name of the data for the source line. */
  readonly data?: string;
  /** In place of the statistic's title. */
  readonly title?: string;
}

const monthly =
  (value: 'bans' | 'failures'): Draw =>
  (table, options) =>
    barsByMonth(
      table.rows.map((row) => ({
        month: (textIn(row, 'month') ?? '').slice(0, 7),
        value: numberIn(row, value),
        daysCovered: numberIn(row, 'days_covered') ?? 0,
        daysInMonth: numberIn(row, 'days_in_month') ?? 0,
      })),
      wordsIn(options.locale)[value],
      options,
    );

const accounts: Draw = (table, options) => {
  const { failures: unit, account: of } = wordsIn(options.locale);
  const rows = table.rows.map((row) => barOf(row, textIn(row, 'account'), 'failures'));
  return rankingBars(rows, { ...options, unit, of });
};

/** Countries down to the home country, or all where it is not among them, and the unknown. */
const ranking: Draw = (table, options, { home }) => {
  const { bans: unit, country: of } = wordsIn(options.locale);
  const nameOf = (code: string | null): string | null => code && countryName(code, options.locale);
  const last = table.rows.find((row) => row.country === home)?.rank ?? Number.POSITIVE_INFINITY;
  const rows = table.rows
    .filter(({ rank }) => rank == null || rank <= last)
    .map((row) => barOf(row, nameOf(textIn(row, 'country')), 'bans'));
  return rankingBars(rows, { ...options, unit, of, highlight: countryName(home, options.locale) });
};

const barOf = (row: Table['rows'][number], label: string | null, value: 'bans' | 'failures'): RankedBar => ({
  rank: numberIn(row, 'rank'),
  label,
  value: numberIn(row, value) ?? 0,
  share: numberIn(row, 'share'),
});

const map: Draw = (table, options) =>
  countryMap(
    table.rows.flatMap((row) => {
      const [rank, country] = [numberIn(row, 'rank'), textIn(row, 'country')];
      if (rank === null || country === null) return [];
      return [{ rank, country, value: numberIn(row, 'bans') ?? 0, share: numberIn(row, 'share') }];
    }),
    { ...options, name: `${options.name}-map`, unit: wordsIn(options.locale).bans },
  );

const hourly: Draw = (table, options) =>
  barsByHour(
    table.rows.map((row) => ({
      hour: numberIn(row, 'hour') ?? 0,
      value: numberIn(row, 'bans') ?? 0,
      share: numberIn(row, 'share'),
    })),
    wordsIn(options.locale).bans,
    options,
  );

/** The charts of a statistic, the main one first. */
const drawings: Readonly<
  Record<string, { unit: 'bans' | 'failures' | 'rejects' | 'addresses'; draw: readonly [Draw, ...Draw[]] }>
> = {
  'ssh-bans-by-month': { unit: 'bans', draw: [monthly('bans')] },
  'root-failures-by-month': { unit: 'failures', draw: [monthly('failures')] },
  'ssh-bans-by-hour': { unit: 'bans', draw: [hourly] },
  countries: { unit: 'bans', draw: [ranking, map] },
  'postfix-bans-by-month': { unit: 'bans', draw: [monthly('bans')] },
  'ban-table-by-month': { unit: 'bans', draw: [drawBanTable] },
  'ssh-accounts': { unit: 'failures', draw: [accounts] },
  'dovecot-accounts': { unit: 'failures', draw: [accounts] },
  'account-concentration': { unit: 'failures', draw: [drawConcentration] },
  'reverse-names-by-month': { unit: 'bans', draw: [drawNames, drawNameShare] },
  'risk-scores': { unit: 'addresses', draw: [drawRisk] },
  'risk-scores-home': { unit: 'addresses', draw: [drawRisk] },
  'rejects-by-month': { unit: 'rejects', draw: [drawRejects] },
};

/**
 * The chart of a statistic's answer: `figureOf(await runStatistic(engine, id), engine)`.
 * @throws UserError when the statistic has no chart
 */
export const figureOf = (result: StatisticResult, context: FigureContext): Figure =>
  figuresOf(result, context)[0];

/**
 * All charts of a statistic's answer, the main one first; countries have a ranking and a map.
 * @throws UserError when the statistic has no chart
 */
export function figuresOf(result: StatisticResult, context: FigureContext): [Figure, ...Figure[]] {
  const { statistic, table, period, countryAsOf, banSource } = result;
  const { site, synthetic, locale = 'en', data = null, title } = context;
  const drawing = drawings[statistic.id];
  if (!drawing)
    throw new UserError(
      `no chart for "${statistic.id}"; there is one for ${Object.keys(drawings).join(', ')}`,
      2,
    );
  // The first finding is the total that the chart rests on.
  const n = statistic.findings(table, site)[0]?.n || null;
  const unit = wordsIn(locale)[drawing.unit];
  const options: FigureOptions = {
    name: statistic.id,
    title: title ?? statistic.title[locale],
    source: { n, unit, period, data, synthetic, countryAsOf, banSource },
    locale,
  };
  const withTable = (draw: Draw): Figure => ({ ...draw(table, options, site), table, locale });
  const [first, ...others] = drawing.draw;
  return [withTable(first), ...others.map(withTable)];
}
