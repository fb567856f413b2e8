import type { Table } from '../engine/index.js';
import type { Finding } from '../schema.js';
import type { Site } from '../site.js';
import { bansOf } from './ban-source.js';
import { exclusionsSql } from './exclusions.js';
import { findingsOf, numberIn, shareInterval, textIn, wholeOf } from './findings-of.js';
import { allOf, literal } from './sql-text.js';
import type { Statistic } from './statistic.js';

const id = 'countries';

const where = (site: Site): string[] => bansOf('ssh', site, 'bans.');

const sql = (site: Site): string => `WITH counted AS (
  -- an address without a country counts as unknown: a row of its own with null
  SELECT
    addresses.country,
    sum(bans.count) AS bans,
    count(DISTINCT bans.address) AS addresses
  FROM bans
  LEFT JOIN addresses ON addresses.address = bans.address
  WHERE ${allOf(where(site), '  ')}
  GROUP BY addresses.country
),
ranked AS (
  SELECT
    CASE
      WHEN country IS NOT NULL THEN row_number() OVER (ORDER BY country IS NULL, bans DESC, country)
    END AS rank,
    country,
    bans,
    CAST(bans AS double) / sum(bans) OVER () AS share,
    addresses
  FROM counted
)
SELECT rank, country, bans, share, addresses
FROM ranked
-- the unknown at the end
ORDER BY rank NULLS LAST`;

function traceSql(site: Site, key: string): string {
  const country = key === '' || key === 'null' ? 'IS NULL' : `= ${literal(key)}`;
  return `SELECT bans.source, bans.line, bans.count
FROM bans
LEFT JOIN addresses ON addresses.address = bans.address
WHERE ${allOf([...where(site), `addresses.country ${country}`])}
ORDER BY bans.source, bans.line`;
}

function findings(table: Table, site: Site): Finding[] {
  const total = wholeOf(table, 'bans');
  const known = table.rows.filter((row) => row.country !== null);
  const unknown = table.rows.find((row) => row.country === null);
  const top = known[0];
  const home = known.find((row) => row.country === site.home);
  // Nothing unknown is a share of 0, but only where there are bans at all.
  const none = total === null ? null : 0;
  return findingsOf(id, [
    { key: 'total', value: total, unit: 'bans', n: total },
    { key: 'top_country', value: top ? textIn(top, 'country') : null, n: total },
    { key: 'top_bans', value: top ? numberIn(top, 'bans') : null, unit: 'bans', n: total },
    { key: 'top_share', value: top ? numberIn(top, 'share') : null, unit: 'share', n: total },
    { key: 'home_rank', value: home ? numberIn(home, 'rank') : null, unit: 'rank', n: total },
    { key: 'home_bans', value: home ? numberIn(home, 'bans') : null, unit: 'bans', n: total },
    { key: 'home_share', value: home ? numberIn(home, 'share') : null, unit: 'share', n: total },
    ...shareInterval('top', top && numberIn(top, 'bans'), total),
    ...shareInterval('home', home && numberIn(home, 'bans'), total),
    { key: 'countries', value: known.length || null, unit: 'countries', n: total },
    { key: 'unknown_share', value: unknown ? numberIn(unknown, 'share') : none, unit: 'share', n: total },
  ]);
}

export const countries: Statistic = {
  id,
  title: { en: 'SSH bans by country', ja: 'sshのBAN件数(国・地域別)' },
  question: {
    en: 'Of which countries are the addresses that were banned for trying ssh, and where does the home country stand among them?',
    ja: 'sshのBANはどの国・地域のアドレスに多く、自国は何位か。',
  },
  definition: {
    en: "Number of bans by the ssh jails by country of the banned address, counted in the ban mails (in fail2ban's log where no mail reports any), ranked (the chart ends with the home country); addresses without a country are counted as unknown and have no rank.",
    ja: 'ssh用のjailによるBANの件数(BAN通知メール、メールがなければfail2banのログによる)をBANされたアドレスの国・地域別に集計し、多い順に並べたもの(図は自国の順位まで。国・地域が分からないアドレスは「不明」として数え、順位は付けない)。',
  },
  kind: 'mail',
  service: 'ssh',
  frames: ['bans', 'addresses'],
  columns: {
    rank: { type: 'integer', meaning: 'place, from 1; null for the unknown' },
    country: { type: 'string', meaning: 'ISO 3166-1 alpha-2; null for the unknown' },
    bans: { type: 'integer', unit: 'bans', meaning: 'bans of the ssh jails' },
    share: { type: 'number', unit: 'share', meaning: 'part of all ssh bans, the unknown among them, 0 to 1' },
    addresses: { type: 'integer', unit: 'addresses', meaning: 'distinct source addresses' },
  },
  sql,
  // The key is the country; '' and 'null' stand for the unknown.
  traceSql,
  exclusions: (site) => exclusionsSql('bans', bansOf('ssh', site)),
  findings,
};
