import { UserError } from '../errors.js';
import type { Site } from '../site.js';
import { type BannedService, banSource, bansOf, daysOfBans } from './ban-source.js';
import { exclusionsSql } from './exclusions.js';
import { allOf, inPeriod, literal, ofSite, traceOf } from './sql-text.js';
import type { Statistic, StatisticColumn } from './statistic.js';

/** What a count by month counts: the bans of a service, or other rows of a frame. */
export type Monthly = { readonly value: string } & (
  | { readonly frame: 'bans'; readonly service: BannedService }
  | ({
      readonly frame: 'auth';
      /** Which rows, without what the site's settings leave out. */
      readonly where: readonly string[];
    } & Pick<MonthTable, 'kind' | 'daemon'>)
);

/** The columns of every count by month. */
export const monthlyColumns = (value: StatisticColumn, name: string): Record<string, StatisticColumn> => ({
  month: { type: 'date', meaning: 'first day of the local month' },
  [name]: value,
  addresses: { type: 'integer', unit: 'addresses', meaning: 'distinct source addresses' },
  days_covered: { type: 'integer', unit: 'days', meaning: 'dates of the month that the input covers' },
  days_in_month: { type: 'integer', unit: 'days', meaning: 'days of the calendar month' },
  per_day: { type: 'number', unit: `${name} per day`, meaning: 'the count by covered day; null without any' },
});

/** Where bans were seen, as a column of a count of bans. */
export const viaColumn: StatisticColumn = {
  type: 'string',
  meaning: 'where the bans were seen: mail, or log or syslog where no mail reports any; null without any',
};

/** Conditions of the counted rows. */
const rowsOf = (monthly: Monthly, site: Site): string[] =>
  monthly.frame === 'bans' ? bansOf(monthly.service, site) : [...monthly.where, ...ofSite(site)];

/** First day of the month of a local time or a date. */
export const monthOf = (column: string): string => `CAST(date_trunc('month', ${column}) AS date)`;

/** Counts by month that a table shows beside how far the months are covered. */
export interface MonthTable {
  readonly kind: Statistic['kind'];
  /** Conditions on the covered dates, where they are not all of the kind in the period. */
  readonly days?: readonly string[];
  /** Of logs, the daemon that has to have a line in a month: without one the month is not covered. */
  readonly daemon?: 'postfix' | 'dovecot' | 'sshd';
  /** Common table expressions that `counted` needs, `name AS (…)`. */
  readonly before?: readonly string[];
  /** The query that counts: `month` and the values. */
  readonly counted: string;
  /** Names of the values, in the order of the columns: 0 in a covered month without any, null in one without input. */
  readonly values: readonly string[];
  /** Further expressions of the columns at the end. */
  readonly after?: readonly string[];
}

/** The log of one daemon may be there in a month without that of another. */
const writtenBy = (daemon: string): string => `written AS (
  SELECT DISTINCT month FROM coverage WHERE substr(template, 1, ${daemon.length + 1}) = '${daemon}.'
),
`;

/**
 * SQL of counts by month. One row a month from the first that is covered to the last: 0 in a covered month
 * without an event, null in a month without input. The months between are counted up from three digits, because
 * Trino stops a recursive query after ten steps and the engines differ in functions that make series.
 */
export function monthTableSql(
  { kind, days, daemon, before = [], counted, values, after = [] }: MonthTable,
  site: Site,
): string {
  const filled = values.map(
    (value) => `coalesce(counted.${value}, CASE WHEN covered.days_covered > 0 THEN 0 END) AS ${value}`,
  );
  return `WITH ${daemon ? writtenBy(daemon) : ''}covered AS (
  -- the dates that the input covers, by month
  SELECT
    ${monthOf('date')} AS month,
    count(DISTINCT ${daemon ? 'CASE WHEN written.month IS NOT NULL THEN date END' : 'date'}) AS days_covered
  FROM days${daemon ? ` LEFT JOIN written ON written.month = ${monthOf('days.date')}` : ''}
  WHERE ${allOf(days ?? [`kind = ${literal(kind)}`, ...inPeriod(site, 'date', 'date')], '  ')}
  GROUP BY 1
),
${[...before, `counted AS (\n  ${counted}\n)`].join(',\n')},
-- every month from the first to the last, so that a month without input leaves a gap that is seen
span AS (
  SELECT min(month) AS first_month, max(month) AS last_month
  FROM (SELECT month FROM covered UNION ALL SELECT month FROM counted) AS touched
),
digits (d) AS (VALUES (0), (1), (2), (3), (4), (5), (6), (7), (8), (9)),
months AS (
  SELECT CAST(first_month + (100 * a.d + 10 * b.d + c.d) * INTERVAL '1' MONTH AS date) AS month, last_month
  FROM span CROSS JOIN digits AS a CROSS JOIN digits AS b CROSS JOIN digits AS c
)
SELECT
  months.month,
  -- covered but nothing counted is 0; not covered is null
  ${filled.join(',\n  ')},
  coalesce(covered.days_covered, 0) AS days_covered,
  date_diff('day', months.month, CAST(months.month + INTERVAL '1' MONTH AS date)) AS days_in_month${after.map((column) => `,\n  ${column}`).join('')}
FROM months
LEFT JOIN covered ON covered.month = months.month
LEFT JOIN counted ON counted.month = months.month
WHERE months.month <= months.last_month
ORDER BY months.month`;
}

/** SQL of one count by month. */
export function monthlySql(monthly: Monthly, site: Site): string {
  const { frame, value } = monthly;
  const perDay = `CAST(coalesce(counted.${value}, 0) AS double) / nullif(covered.days_covered, 0) AS per_day`;
  const covered =
    monthly.frame === 'bans'
      ? {
          kind: 'mail' as const,
          days: daysOfBans(monthly.service, site),
          after: [perDay, `${banSource(monthly.service, site)} AS via`],
        }
      : { ...monthly, after: [perDay] };
  return monthTableSql(
    {
      ...covered,
      counted: `SELECT ${monthOf('local_time')} AS month, sum(count) AS ${value}, count(DISTINCT address) AS addresses
  FROM ${frame}
  WHERE ${allOf(rowsOf(monthly, site), '  ')}
  GROUP BY 1`,
      values: [value, 'addresses'],
    },
    site,
  );
}

/** SQL of what each condition leaves of the frame. */
export const monthlyExclusions = (monthly: Monthly, site: Site): string =>
  exclusionsSql(monthly.frame, rowsOf(monthly, site));

/** SQL for the rows of one month. @param key such as `2019-05-01`; @throws UserError for anything else */
export const monthlyTrace = (monthly: Monthly, site: Site, key: string): string =>
  traceOf(monthly.frame, [...rowsOf(monthly, site), isMonth('local_time', key)]);

/**
 * Conditions that a row with `local_time` and `kind` is of a month, and of one kind where the key names it.
 * @param key such as `2019-05-01` or `2019-05-01 named`; @throws UserError for anything else
 */
function ofMonthAndKind(key: string, kinds: readonly string[]): string[] {
  const [month = '', kind] = key.split(' ', 2);
  if (kind !== undefined && !kinds.includes(kind))
    throw new UserError(`expected a month alone or with one of ${kinds.join(', ')}, got "${key}"`, 2);
  return [isMonth('local_time', month), ...(kind === undefined ? [] : [`kind = ${literal(kind)}`])];
}

/** Sums of `count` of rows with a `kind`, one column a kind: 0 where a month has none. */
export const sumsByKind = (kinds: readonly string[]): string =>
  kinds.map((kind) => `coalesce(sum(count) FILTER (WHERE kind = '${kind}'), 0) AS ${kind}`).join(',\n    ');

/**
 * SQL for the rows behind a month, or a month and a kind, of a table expression `named` that gives each row its kind.
 * @param before `named` and what it needs, `name AS (…)`
 */
export const traceOfKind = (before: readonly string[], key: string, kinds: readonly string[]): string =>
  `WITH ${before.join(',\n')}
${traceOf('named', ofMonthAndKind(key, kinds))}`;

/** The condition that a time is of a month. @param key such as `2019-05-01`; @throws UserError for anything else */
export function isMonth(column: string, key: string): string {
  if (!/^\d{4}-(0[1-9]|1[0-2])-01$/.test(key))
    throw new UserError(`expected the first day of a month such as 2019-05-01, got "${key}"`, 2);
  return `${monthOf(column)} = DATE '${key}'`;
}
