import type { Table } from '../engine/index.js';
import { UserError } from '../errors.js';
import type { Finding } from '../schema.js';
import type { Site } from '../site.js';
import { findingsOf, numberIn, totalOf } from './findings-of.js';
import { allOf, inPeriod, traceOf } from './sql-text.js';
import type { Statistic } from './statistic.js';

const id = 'ssh-bans-by-hour';

const where = (site: Site): string[] => [
  "service = 'ssh'",
  "event = 'ban'",
  "via = 'mail'",
  ...inPeriod(site, 'local_time', 'timestamp'),
];

const sql = (site: Site): string => `WITH hours (hour) AS (
  VALUES (0), (1), (2), (3), (4), (5), (6), (7), (8), (9), (10), (11),
    (12), (13), (14), (15), (16), (17), (18), (19), (20), (21), (22), (23)
),
counted AS (
  SELECT extract(hour FROM local_time) AS hour, sum(count) AS bans
  FROM bans
  WHERE ${allOf(where(site), '  ')}
  GROUP BY 1
),
filled AS (
  SELECT hours.hour, coalesce(counted.bans, 0) AS bans
  FROM hours LEFT JOIN counted ON counted.hour = hours.hour
)
SELECT
  hour,
  bans,
  -- null when there is no ban at all
  CAST(bans AS double) / nullif(sum(bans) OVER (), 0) AS share
FROM filled
ORDER BY hour`;

function traceSql(site: Site, key: string): string {
  if (!/^(\d|1\d|2[0-3])$/.test(key)) throw new UserError(`expected an hour from 0 to 23, got "${key}"`, 2);
  return traceOf('bans', [...where(site), `extract(hour FROM local_time) = ${key}`]);
}

function findings(table: Table): Finding[] {
  const total = totalOf(table, 'bans');
  const sorted = table.rows
    .filter((row) => numberIn(row, 'share') !== null)
    .sort((a, b) => (numberIn(a, 'share') ?? 0) - (numberIn(b, 'share') ?? 0));
  const least = sorted[0];
  // The first hour of equals, as for the least.
  const most = sorted.find((row) => row.share === sorted.at(-1)?.share);
  const of = (row: typeof least, column: string): number | null => (row ? numberIn(row, column) : null);
  return findingsOf(id, [
    { key: 'total', value: total, unit: 'bans', n: total },
    { key: 'max_hour', value: of(most, 'hour'), unit: 'hour', n: total },
    { key: 'max_share', value: of(most, 'share'), unit: 'share', n: total },
    { key: 'min_hour', value: of(least, 'hour'), unit: 'hour', n: total },
    { key: 'min_share', value: of(least, 'share'), unit: 'share', n: total },
  ]);
}

export const sshBansByHour: Statistic = {
  id,
  title: { en: 'SSH bans by hour of day', ja: 'sshへの不正アクセス試行の時間帯別の割合' },
  question: {
    en: 'Is there an hour of the day at which more is tried?',
    ja: '不正アクセスの試行は、特定の時間帯に偏っているか。',
  },
  definition: {
    en: 'Share of the ban mails from the ssh jails that fall in each hour of the local day.',
    ja: 'ssh用のjailが送ったBAN通知メールのうち、現地時刻の各時間帯にBANされたものの割合。',
  },
  kind: 'mail',
  frames: ['bans'],
  columns: {
    hour: { type: 'integer', unit: 'hour', meaning: 'hour of the local day, 0 to 23' },
    bans: { type: 'integer', unit: 'bans', meaning: 'bans of the ssh jails' },
    share: { type: 'number', unit: 'share', meaning: 'part of all these bans, 0 to 1; null without any ban' },
  },
  sql,
  traceSql,
  findings,
};
