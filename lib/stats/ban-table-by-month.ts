import type { Table } from '../engine/index.js';
import { UserError } from '../errors.js';
import type { Finding } from '../schema.js';
import type { Site } from '../site.js';
import { banSource, daysOfBans } from './ban-source.js';
import { isMonth, monthOf, monthTableSql, viaColumn } from './by-month.js';
import { exclusionsSql } from './exclusions.js';
import { findingsOf, numberIn, textIn, totalOf } from './findings-of.js';
import { correlation } from './math/correlation.js';
import { allOf, literal, ofSite, traceOf } from './sql-text.js';
import type { Statistic } from './statistic.js';

const id = 'ban-table-by-month';
const services = ['ssh', 'smtp'] as const;

/** Bans, those of each service in its one source. */
const isBan = (site: Site): string[] => [
  "event = 'ban'",
  `via = CASE service
${services.map((service) => `    WHEN '${service}' THEN ${banSource(service, site)}`).join('\n')}
  END`,
];

const ofServices = "service IN ('ssh', 'smtp')";
const where = (site: Site): string[] => [ofServices, ...isBan(site), ...ofSite(site)];

/** Conditions on reports: totals and parts of the lists of active bans, of the jails of the two services. */
function listed(site: Site): string[] {
  const jails = jailsOf(site).map(([jail]) => literal(jail));
  // A report of yesterday is written in the morning of the day after, and that is when it sees the table.
  const { period } = site;
  return [
    `"table" = 'active_bans'`,
    `lower(key) IN (${jails.join(', ')})`,
    ...(period ? [`date >= DATE '${period.from}' - INTERVAL '1' DAY`] : []),
    ...(period ? [`date < DATE '${period.to}' - INTERVAL '1' DAY`] : []),
    ...(site.hosts ? [`(host IS NULL OR host IN (${site.hosts.map(literal).join(', ')}))`] : []),
  ];
}

const jailsOf = (site: Site): [string, number][] =>
  Object.entries(site.jails)
    .filter(([, service]) => service === 'ssh' || service === 'smtp')
    .map(([jail]) => [jail, bantimeOf(site.bans[jail]?.bantime ?? -1)]);

/** For ever is 63 years, which an interval in seconds can hold. */
const bantimeOf = (bantime: number): number =>
  bantime < 0 ? 2_000_000_000 : Math.min(bantime, 2_000_000_000);

const morning = `date + INTERVAL '1' DAY`;

/** When each ban began and ended, also of bans before the period, which may last into it. */
const spans = (site: Site): string[] => [
  `changes AS (
  -- the end of a ban comes before a ban of the same second
  SELECT
    service, address, local_time,
    CASE WHEN event = 'unban' THEN 0 ELSE 1 END AS begins,
    CASE lower(jail)
${jailsOf(site)
  .map(([jail, bantime]) => `      WHEN ${literal(jail)} THEN ${bantime}`)
  .join('\n')}
    END AS bantime
  FROM bans
  WHERE ${allOf(
    [
      ofServices,
      'address IS NOT NULL',
      `(event IN ('unban', 'restore') OR ${allOf(isBan(site), '    ')})`,
      ...ofSite({ ...site, period: null }),
    ],
    '  ',
  )}
),
followed AS (
  SELECT
    service, address, local_time, begins, bantime,
    lead(begins) OVER (PARTITION BY service, address ORDER BY local_time, begins) AS next_begins,
    lead(local_time) OVER (PARTITION BY service, address ORDER BY local_time, begins) AS next_time
  FROM changes
)`,
  `spans AS (
  -- a ban lasts to its unban where the log tells one, else for the bantime, or until the address is banned again
  SELECT
    local_time AS starts,
    CASE
      WHEN next_begins = 0 OR next_time < local_time + bantime * INTERVAL '1' SECOND THEN next_time
      ELSE local_time + bantime * INTERVAL '1' SECOND
    END AS ends
  FROM followed
  WHERE begins = 1
)`,
];

/** The size of the table from each change to the next, and its mean and maximum in the covered part of each month. */
const sweep = (site: Site): string[] => [
  `windows AS (
  SELECT
    ${monthOf('date')} AS month,
    CAST(min(date) AS timestamp) AS opens,
    CAST(max(${morning}) AS timestamp) AS closes
  FROM days
  WHERE ${allOf(covered(site), '  ')}
  GROUP BY 1
)`,
  ...spans(site),
  `moments AS (
  SELECT moment, sum(change) AS change
  FROM (
    SELECT starts AS moment, 1 AS change FROM spans
    UNION ALL SELECT ends, -1 FROM spans
    UNION ALL SELECT opens, 0 FROM windows
    UNION ALL SELECT closes, 0 FROM windows
  ) AS changes_of_size
  GROUP BY moment
)`,
  `sizes AS (
  SELECT
    moment,
    sum(change) OVER (ORDER BY moment) AS size,
    date_diff('second', moment, lead(moment) OVER (ORDER BY moment)) AS seconds
  FROM moments
)`,
];

const covered = (site: Site): string[] => [
  `(${services.map((service) => `(${allOf(daysOfBans(service, site), '    ')})`).join('\n    OR ')})`,
];

const sql = (site: Site): string => `WITH exact AS (
${monthTableSql(
  {
    kind: 'mail',
    days: covered(site),
    before: [
      ...sweep(site),
      `begun AS (
  SELECT ${monthOf('local_time')} AS month, sum(count) AS bans
  FROM bans
  WHERE ${allOf(where(site), '  ')}
  GROUP BY 1
)`,
    ],
    counted: `SELECT
    windows.month,
    CAST(sum(size * seconds) AS double) / sum(seconds) AS exact_mean,
    max(size) AS exact_max,
    coalesce(max(begun.bans), 0) AS bans
  FROM windows
  JOIN sizes ON sizes.moment >= windows.opens AND sizes.moment < windows.closes
  LEFT JOIN begun ON begun.month = windows.month
  GROUP BY windows.month`,
    values: ['exact_mean', 'exact_max', 'bans'],
  },
  site,
)}
),
listed AS (
  -- where a report gives no total of a jail, its list is counted; one that two sections give is one
  SELECT
    date, host, lower(key) AS jail,
    coalesce(max(value) FILTER (WHERE address IS NULL), count(DISTINCT address)) AS size
  FROM reports
  WHERE ${allOf(listed(site), '  ')}
  GROUP BY 1, 2, 3
),
mornings AS (
  SELECT date, sum(size) AS size
  FROM listed
  GROUP BY date
),
snapshots AS (
  SELECT
    ${monthOf(morning)} AS month,
    avg(CAST(size AS double)) AS snapshot_mean,
    count(*) AS snapshots
  FROM mornings
  GROUP BY 1
)
SELECT
  coalesce(exact.month, snapshots.month) AS month,
  snapshot_mean, coalesce(snapshots, 0) AS snapshots, exact_mean, exact_max, bans,
  coalesce(days_covered, 0) AS days_covered,
  date_diff('day', coalesce(exact.month, snapshots.month),
    CAST(coalesce(exact.month, snapshots.month) + INTERVAL '1' MONTH AS date)) AS days_in_month,
  ${banSource('ssh', site)} AS via
FROM exact
FULL JOIN snapshots ON snapshots.month = exact.month
ORDER BY 1`;

function traceSql(site: Site, key: string): string {
  const [month = '', what, ...more] = key.split(' ');
  if (more.length > 0 || (what !== undefined && what !== 'snapshots'))
    throw new UserError(`expected a month alone or with "snapshots", got "${key}"`, 2);
  if (what === undefined) return traceOf('bans', [...where(site), isMonth('local_time', month)]);
  return `SELECT source, line, count
FROM reports
WHERE ${allOf([...listed(site), isMonth(`CAST(${morning} AS date)`, month)])}
ORDER BY source, line`;
}

/** Mean of a column over the months that have one, each by its weight. */
function meanOf({ rows }: Table, column: string, weight: string): number | null {
  let [sum, weights] = [0, 0];
  for (const row of rows) {
    const value = numberIn(row, column);
    if (value === null) continue;
    sum += value * Number(row[weight]);
    weights += Number(row[weight]);
  }
  return weights === 0 ? null : sum / weights;
}

function findings(table: Table): Finding[] {
  const total = totalOf(table, 'bans');
  const months = table.rows.length || null;
  const exact = table.rows.filter(
    (row) => numberIn(row, 'exact_mean') !== null && Number(row.days_covered) > 0,
  );
  const most = (column: string) =>
    exact.reduce<(typeof exact)[number] | null>(
      (best, row) => (best && Number(best[column]) >= Number(row[column]) ? best : row),
      null,
    );
  const [fullest, highest] = total ? [most('exact_mean'), most('exact_max')] : [null, null];
  const snapshots = months && totalOf(table, 'snapshots');
  const [mean, seen] = [
    meanOf(table, 'exact_mean', 'days_covered'),
    meanOf(table, 'snapshot_mean', 'snapshots'),
  ];
  const together = exact.map((row) => [Number(row.exact_mean), Number(row.bans)] as const);
  const entries = 'entries';
  return findingsOf(id, [
    { key: 'total', value: total, unit: 'bans', n: total },
    { key: 'exact_mean', value: mean, unit: entries, n: total },
    { key: 'exact_max', value: highest && numberIn(highest, 'exact_max'), unit: entries, n: total },
    { key: 'exact_max_month', value: highest && monthIn(highest), n: total },
    { key: 'peak_month', value: fullest && monthIn(fullest), n: total },
    { key: 'peak_mean', value: fullest && numberIn(fullest, 'exact_mean'), unit: entries, n: total },
    { key: 'snapshot_mean', value: seen, unit: entries, n: snapshots },
    { key: 'snapshots', value: snapshots, unit: 'reports', n: snapshots },
    { key: 'bans_correlation', value: total ? correlation(together) : null, unit: 'r', n: months },
  ]);
}

const monthIn = (row: Table['rows'][number]): string | null => textIn(row, 'month')?.slice(0, 7) ?? null;

export const banTableByMonth: Statistic = {
  id,
  title: { en: 'Size of the ban table by month', ja: 'BANテーブルの平均エントリ数(月別)' },
  question: {
    en: 'How many addresses are banned at the same time, month by month?',
    ja: '同時にBANされているアドレスの数は、月ごとに平均いくつか。',
  },
  definition: {
    en: 'Monthly mean of the addresses that the ssh and postfix jails ban at the same time: as the morning reports of logwatch list them, and exactly, by the time from each ban to its unban in the log, else to the end of the bantime.',
    ja: 'ssh用とpostfix用のjailが同時にBANしているアドレス数の月平均。logwatchの朝のレポートに載った数の平均と、BANからその解除(ログにない場合はbantimeの経過)までの時間で重み付けした正確な平均を並べる。',
  },
  kind: 'mail',
  service: 'ssh',
  frames: ['bans', 'reports', 'days'],
  columns: {
    month: { type: 'date', meaning: 'first day of the local month' },
    snapshot_mean: {
      type: 'number',
      unit: 'entries',
      meaning: 'mean of the active bans in the morning reports; null without a report',
    },
    snapshots: { type: 'integer', unit: 'reports', meaning: 'mornings with a report' },
    exact_mean: { type: 'number', unit: 'entries', meaning: 'mean over time, by the bans themselves' },
    exact_max: { type: 'integer', unit: 'entries', meaning: 'most at one time' },
    bans: { type: 'integer', unit: 'bans', meaning: 'bans that began in the month' },
    days_covered: { type: 'integer', unit: 'days', meaning: 'dates of the month that the input covers' },
    days_in_month: { type: 'integer', unit: 'days', meaning: 'days of the calendar month' },
    via: viaColumn,
  },
  sql,
  // The key is the month; with `snapshots` behind it, the lines of the reports.
  traceSql,
  exclusions: (site) => exclusionsSql('bans', where(site)),
  findings,
};
