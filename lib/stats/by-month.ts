import { UserError } from '../errors.js';
import type { Site } from '../site.js';
import { allOf, inPeriod, literal, traceOf } from './sql-text.js';
import type { Statistic, StatisticColumn } from './statistic.js';

/** What a count by month counts. */
export interface Monthly {
  readonly frame: 'auth' | 'bans';
  /** Which rows, without the period. */
  readonly where: readonly string[];
  /** Name of the counted column. */
  readonly value: string;
  readonly kind: Statistic['kind'];
}

/** The columns of every count by month. */
export const monthlyColumns = (value: StatisticColumn, name: string): Record<string, StatisticColumn> => ({
  month: { type: 'date', meaning: 'first day of the local month' },
  [name]: value,
  addresses: { type: 'integer', unit: 'addresses', meaning: 'distinct source addresses' },
  days_covered: { type: 'integer', unit: 'days', meaning: 'dates of the month that the input covers' },
  days_in_month: { type: 'integer', unit: 'days', meaning: 'days of the calendar month' },
});

const monthOf = (column: string): string => `CAST(date_trunc('month', ${column}) AS date)`;

/**
 * SQL of a count by month. One row a month from the first that is covered to the last: 0 in a covered month
 * without an event, null in a month without input. The months between are counted up from three digits, because
 * Trino stops a recursive query after ten steps and the engines differ in functions that make series.
 */
export function monthlySql({ frame, where, value, kind }: Monthly, site: Site): string {
  return `WITH covered AS (
  -- the dates that the input covers, by month
  SELECT ${monthOf('date')} AS month, count(DISTINCT date) AS days_covered
  FROM days
  WHERE ${allOf([`kind = ${literal(kind)}`, ...inPeriod(site, 'date', 'date')], '  ')}
  GROUP BY 1
),
counted AS (
  SELECT ${monthOf('local_time')} AS month, sum(count) AS ${value}, count(DISTINCT address) AS addresses
  FROM ${frame}
  WHERE ${allOf([...where, ...inPeriod(site, 'local_time', 'timestamp')], '  ')}
  GROUP BY 1
),
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
  coalesce(counted.${value}, CASE WHEN covered.days_covered > 0 THEN 0 END) AS ${value},
  coalesce(counted.addresses, CASE WHEN covered.days_covered > 0 THEN 0 END) AS addresses,
  coalesce(covered.days_covered, 0) AS days_covered,
  date_diff('day', months.month, CAST(months.month + INTERVAL '1' MONTH AS date)) AS days_in_month
FROM months
LEFT JOIN covered ON covered.month = months.month
LEFT JOIN counted ON counted.month = months.month
WHERE months.month <= months.last_month
ORDER BY months.month`;
}

/** SQL for the rows of one month. @param key such as `2019-05-01`; @throws UserError for anything else */
export function monthlyTrace({ frame, where }: Monthly, site: Site, key: string): string {
  if (!/^\d{4}-(0[1-9]|1[0-2])-01$/.test(key))
    throw new UserError(`expected the first day of a month such as 2019-05-01, got "${key}"`, 2);
  const month = `${monthOf('local_time')} = DATE '${key}'`;
  return traceOf(frame, [...where, ...inPeriod(site, 'local_time', 'timestamp'), month]);
}
