import type { Table } from '../engine/index.js';
import { UserError } from '../errors.js';
import type { Finding } from '../schema.js';
import type { Site } from '../site.js';
import { bansOf } from './ban-source.js';
import { exclusionsSql } from './exclusions.js';
import { findingsOf, numberIn } from './findings-of.js';
import { wilsonInterval } from './math/wilson-interval.js';
import { allOf, literal } from './sql-text.js';
import type { Statistic, StatisticColumn } from './statistic.js';

/** Which bans count, over `bans` joined with `addresses`. */
const where = (site: Site, isHome: boolean, ban = 'bans.', place = 'addresses.'): string[] => [
  ...bansOf('ssh', site, ban),
  ...(isHome ? [`${place}country = ${literal(site.home)}`] : []),
];

/** Down to one ban of each address, the first of those that count. */
function exclusions(site: Site, isHome: boolean): string {
  const counts = allOf(where(site, isHome), '      ');
  const numbered = `bans_of_addresses AS (
  SELECT
    bans.*,
    addresses.country,
    row_number() OVER (
      PARTITION BY bans.address, coalesce(${counts}, false)
      ORDER BY bans.time, bans.source, bans.line
    ) AS ban_of_address
  FROM bans
  LEFT JOIN addresses ON addresses.address = bans.address
)`;
  const conditions = [...where(site, isHome, '', ''), 'address IS NOT NULL', 'ban_of_address = 1'];
  return exclusionsSql('bans_of_addresses', conditions, numbered);
}

/** Bins of ten; a score of 100 is in the last. */
export const riskBins = Array.from({ length: 10 }, (_, i) => `${10 * i}-${i === 9 ? 100 : 10 * i + 9}`);

/** Why an address has no score. */
export const riskGaps = ['no_score', 'error', 'not_asked', 'no_name', 'name_unknown'] as const;

/** Bans by address of the source, each address once, in a bin or with the reason why it has no score. */
const sources = (site: Site, isHome: boolean): string => `banned AS (
  SELECT bans.address, sum(bans.count) AS bans
  FROM bans
  LEFT JOIN addresses ON addresses.address = bans.address
  WHERE ${allOf([...where(site, isHome), 'bans.address IS NOT NULL'], '  ')}
  GROUP BY bans.address
),
answers AS (
  -- what is known of its name, and of itself, where a source of scores knows addresses
  SELECT banned.address, risk.api, risk.status, risk.risk_score, 1 AS kind
  FROM banned
  JOIN addresses ON addresses.address = banned.address
  JOIN risk ON risk.name = addresses.name
  UNION ALL
  SELECT banned.address, risk.api, risk.status, risk.risk_score, 2 AS kind
  FROM banned
  JOIN risk ON risk.address = banned.address
),
best AS (
  -- one answer an address: a score before none, that of the name before that of the address
  SELECT
    address, api, status, risk_score,
    row_number() OVER (
      PARTITION BY address
      ORDER BY CASE status WHEN 'scored' THEN 1 WHEN 'no_score' THEN 2 ELSE 3 END, kind, api
    ) AS place
  FROM answers
),
judged AS (
  SELECT
    banned.address, banned.bans, best.api, best.status, best.risk_score AS score, addresses.name_status
  FROM banned
  LEFT JOIN addresses ON addresses.address = banned.address
  LEFT JOIN best ON best.address = banned.address AND best.place = 1
),
placed AS (
  SELECT
    address,
    bans,
    api,
    CASE
      ${riskBins.map((bin, i) => `WHEN ${i === 9 ? 'score IS NOT NULL' : `score < ${10 * (i + 1)}`} THEN '${bin}'`).join('\n      ')}
      WHEN status = 'no_score' THEN 'no_score'
      WHEN status = 'error' THEN 'error'
      WHEN name_status IN ('confirmed', 'unconfirmed') THEN 'not_asked'
      WHEN name_status = 'none' THEN 'no_name'
      ELSE 'name_unknown'
    END AS bin
  FROM judged
)`;

const sql = (site: Site, isHome: boolean): string => `WITH ${sources(site, isHome)},
bins (place, bin) AS (
  VALUES
${[...riskBins, ...riskGaps].map((bin, place) => `    (${place}, '${bin}')`).join(',\n')}
)
SELECT
  bins.bin,
  count(placed.address) AS addresses,
  coalesce(sum(placed.bans), 0) AS bans,
  -- of the scored addresses; null where there is none, and for those without a score
  CASE
    WHEN bins.place < ${riskBins.length}
    THEN CAST(count(placed.address) AS double)
      / nullif(sum(CASE WHEN bins.place < ${riskBins.length} THEN count(placed.address) END) OVER (), 0)
  END AS share,
  count(*) FILTER (WHERE placed.api = 'simulator') AS simulated
FROM bins
LEFT JOIN placed ON placed.bin = bins.bin
GROUP BY bins.place, bins.bin
ORDER BY bins.place`;

function traceSql(site: Site, isHome: boolean, key: string): string {
  if (![...riskBins, ...riskGaps].includes(key))
    throw new UserError(`expected one of ${[...riskBins, ...riskGaps].join(', ')}, got "${key}"`, 2);
  return `WITH ${sources(site, isHome)}
SELECT bans.source, bans.line, bans.count
FROM bans
JOIN placed ON placed.address = bans.address
WHERE ${allOf([...bansOf('ssh', site, 'bans.'), `placed.bin = ${literal(key)}`])}
ORDER BY bans.source, bans.line`;
}

function findings(id: string, table: Table): Finding[] {
  const isScored = (row: Table['rows'][number]): boolean => riskBins.some((bin) => bin === row.bin);
  const sum = (rows: Table['rows'], column = 'addresses'): number =>
    rows.reduce((total, row) => total + (numberIn(row, column) ?? 0), 0);
  const all = sum(table.rows);
  const scoredRows = table.rows.filter(isScored);
  const scored = sum(scoredRows);
  const below = (limit: number): number =>
    sum(scoredRows.filter((row) => Number(String(row.bin).split('-')[1]) < limit));
  const [low, high] = [below(50), scored - below(90)];
  const interval = wilsonInterval(low, scored);
  // Without a banned address there is nothing to say; with none scored the shares cannot be said.
  const n = all || null;
  const part = (value: number): number | null => (scored === 0 ? null : value / scored);
  const gap = (name: (typeof riskGaps)[number]) => ({
    key: name,
    value: n && sum(table.rows.filter((row) => row.bin === name)),
    unit: 'addresses',
    n,
  });
  return findingsOf(id, [
    { key: 'total', value: n, unit: 'addresses', n },
    { key: 'scored', value: n && scored, unit: 'addresses', n },
    { key: 'scored_share', value: n && scored / all, unit: 'share', n },
    ...riskGaps.map(gap),
    { key: 'simulated', value: n && sum(table.rows, 'simulated'), unit: 'addresses', n },
    // Below 50 is what the article calls rather benign; 90 and more is what a filter would block.
    { key: 'below_50_share', value: part(low), unit: 'share', n: scored },
    { key: 'below_50_share_low', value: interval?.[0] ?? null, unit: 'share', n: scored },
    { key: 'below_50_share_high', value: interval?.[1] ?? null, unit: 'share', n: scored },
    { key: 'from_90_share', value: part(high), unit: 'share', n: scored },
    { key: 'below_10_share', value: part(below(10)), unit: 'share', n: scored },
    { key: 'median_bin', value: medianBin(scoredRows, scored), n: scored },
  ]);
}

/** The bin in which the middle one of the scored addresses is. */
function medianBin(rows: Table['rows'], scored: number): string | null {
  let sum = 0;
  for (const row of rows) {
    sum += numberIn(row, 'addresses') ?? 0;
    if (scored > 0 && 2 * sum >= scored) return String(row.bin);
  }
  return null;
}

const columns: Record<string, StatisticColumn> = {
  bin: {
    type: 'string',
    meaning:
      'scores from … to …, a score of 100 in the last bin; below them why there is no score: no_score (asked, and there is none), error (asked, no answer), not_asked, no_name, name_unknown (never looked up, or no answer)',
  },
  addresses: { type: 'integer', unit: 'addresses', meaning: 'distinct banned addresses' },
  bans: { type: 'integer', unit: 'bans', meaning: 'bans of these addresses' },
  share: {
    type: 'number',
    unit: 'share',
    meaning: 'part of the scored addresses, 0 to 1; null without a score',
  },
  simulated: {
    type: 'integer',
    unit: 'addresses',
    meaning: 'of the addresses, those whose answer is from the simulator of banbook and means nothing',
  },
};

type Texts = Pick<Statistic, 'id' | 'title' | 'question' | 'definition'>;

/** How the risk scores of the banned addresses are spread. @param isHome of those in the home country alone */
export const riskDistribution = (isHome: boolean, texts: Texts): Statistic => ({
  ...texts,
  kind: 'mail',
  service: 'ssh',
  frames: ['bans', 'addresses', 'risk'],
  columns,
  sql: (site) => sql(site, isHome),
  // The key is the bin, such as `0-9`, or the reason, such as `no_name`.
  traceSql: (site, key) => traceSql(site, isHome, key),
  exclusions: (site) => exclusions(site, isHome),
  findings: (table) => findings(texts.id, table),
});
