import type { Table } from '../engine/index.js';
import { UserError } from '../errors.js';
import type { Finding } from '../schema.js';
import type { Site } from '../site.js';
import { bansOf } from './ban-source.js';
import { exclusionsSql } from './exclusions.js';
import { findingsOf, numberIn, type Said, shareInterval, totalOf } from './findings-of.js';
import { uniformityTest } from './math/uniformity-test.js';
import { allOf, traceOf } from './sql-text.js';
import type { Statistic } from './statistic.js';

const id = 'ssh-bans-by-hour';

const where = (site: Site): string[] => bansOf('ssh', site);

const sql = (site: Site): string => `WITH hours (hour) AS (
  VALUES (0), (1), (2), (3), (4), (5), (6), (7), (8), (9), (10), (11),
    (12), (13), (14), (15), (16), (17), (18), (19), (20), (21), (22), (23)
),
counted AS (
  SELECT CAST(local_time AS date) AS date, extract(hour FROM local_time) AS hour, sum(count) AS bans
  FROM bans
  WHERE ${allOf(where(site), '  ')}
  GROUP BY 1, 2
),
dates AS (
  -- what an hour of each date would have, were its bans even over the day
  SELECT date, CAST(sum(bans) AS double) / 24 AS expected
  FROM counted
  GROUP BY date
),
filled AS (
  SELECT
    hours.hour,
    coalesce(sum(counted.bans), 0) AS bans,
    -- in order, since the last digit of a sum of fractions depends on it
    avg(
      CAST(power(coalesce(counted.bans, 0) - dates.expected, 2) AS double) / dates.expected
      ORDER BY dates.date
    ) AS dispersion
  FROM hours
  LEFT JOIN dates ON true
  LEFT JOIN counted ON counted.date = dates.date AND counted.hour = hours.hour
  GROUP BY hours.hour
)
SELECT
  hour,
  bans,
  -- null when there is no ban at all
  CAST(bans AS double) / nullif(sum(bans) OVER (), 0) AS share,
  dispersion
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
    ...shareInterval('max', of(most, 'bans'), total),
    ...shareInterval('min', of(least, 'bans'), total),
    ...evenness(table, total),
  ]);
}

/**
 * Is every hour as likely? The plain test takes bans for independent, which those of one campaign are not: they come in
 * bursts, and then it calls chance a pattern. `dispersion` is how much more the hours of one date vary than those of
 * independent bans (1), and the burst test allows for it.
 */
function evenness(table: Table, n: number | null): Said[] {
  const counts = table.rows.map((row) => numberIn(row, 'bans') ?? 0);
  const plain = uniformityTest(counts);
  const hours = table.rows.flatMap((row) => numberIn(row, 'dispersion') ?? []);
  const sum = hours.reduce((total, value) => total + value, 0);
  // Each hour has 23 twenty-fourths of a free choice; fewer bursts than chance gives are chance.
  const dispersion = hours.length === 0 ? null : Math.max(1, sum / 23);
  const allowing = dispersion === null ? null : uniformityTest(counts, dispersion);
  return [
    { key: 'uniform_chi2', value: plain?.chi2 ?? null, unit: 'chi2', n },
    { key: 'uniform_p', value: plain?.p ?? null, unit: 'p', n },
    { key: 'effect_w', value: plain?.w ?? null, unit: 'w', n },
    { key: 'dispersion', value: dispersion, unit: 'ratio', n },
    { key: 'uniform_p_bursts', value: allowing?.p ?? null, unit: 'p', n },
  ];
}

export const sshBansByHour: Statistic = {
  id,
  title: { en: 'SSH bans by hour of day', ja: 'sshのBAN件数の時間帯別割合' },
  question: {
    en: 'Is there an hour of the day at which ssh bans are more frequent?',
    ja: 'sshのBANは、特定の時間帯に偏っているか。',
  },
  definition: {
    en: "Share of the bans by the ssh jails that fall in each hour of the local day; counted in the ban mails, or in fail2ban's log where no mail reports any.",
    ja: 'ssh用のjailによるBAN(BAN通知メール、メールがなければfail2banのログによる)のうち、現地時刻の各時間帯に行われたものの割合。',
  },
  kind: 'mail',
  service: 'ssh',
  frames: ['bans'],
  columns: {
    hour: { type: 'integer', unit: 'hour', meaning: 'hour of the local day, 0 to 23' },
    bans: { type: 'integer', unit: 'bans', meaning: 'bans of the ssh jails' },
    share: { type: 'number', unit: 'share', meaning: 'part of all these bans, 0 to 1; null without any ban' },
    dispersion: {
      type: 'number',
      unit: 'ratio',
      meaning:
        'mean over the dates with bans of (bans of the hour - day / 24)² / (day / 24): about 1 where bans are independent, more where they come in bursts',
    },
  },
  sql,
  traceSql,
  exclusions: (site) => exclusionsSql('bans', where(site)),
  findings,
};
