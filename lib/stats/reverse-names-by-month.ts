import type { Table } from '../engine/index.js';
import type { Finding } from '../schema.js';
import type { Site } from '../site.js';
import { bansOf, daysOfBans } from './ban-source.js';
import { monthOf, monthTableSql, sumsByKind, traceOfKind } from './by-month.js';
import { exclusionsSql } from './exclusions.js';
import { findingsOf, numberIn, type Said, textIn, totalOf } from './findings-of.js';
import { wilsonInterval } from './math/wilson-interval.js';
import { allOf } from './sql-text.js';
import type { Statistic } from './statistic.js';

const id = 'reverse-names-by-month';

/** What is known of the name of a banned address, in the order of the columns and of the chart. */
export const nameKinds = ['named', 'unnamed', 'unanswered', 'never_asked'] as const;

/** Each ban of ssh with what is known of the name of its address. */
const named = (site: Site): string => `named AS (
  SELECT
    bans.source, bans.line, bans.count, bans.local_time, bans.address, addresses.name_status,
    CASE
      WHEN addresses.name_status IN ('confirmed', 'unconfirmed') THEN 'named'
      WHEN addresses.name_status = 'none' THEN 'unnamed'
      WHEN addresses.name_status IS NULL THEN 'never_asked'
      ELSE 'unanswered'
    END AS kind
  FROM bans
  LEFT JOIN addresses ON addresses.address = bans.address
  WHERE ${allOf(bansOf('ssh', site, 'bans.'), '  ')}
)`;

/** Bans of one address share its name, so they count as fewer independent ones: Kish's effective sample size. */
const effective = 'CAST(sum(bans) * sum(bans) AS double) / nullif(sum(bans * bans), 0)';

const sql = (site: Site): string =>
  monthTableSql(
    {
      kind: 'mail',
      days: daysOfBans('ssh', site),
      before: [
        named(site),
        `by_address AS (
  SELECT ${monthOf('local_time')} AS month, address, sum(count) AS bans FROM named GROUP BY 1, 2
)`,
        `clusters AS (
  SELECT month, ${effective} AS effective_n FROM by_address GROUP BY month
)`,
        `in_all AS (
  SELECT address, sum(bans) AS bans FROM by_address GROUP BY address
)`,
      ],
      counted: `SELECT
    ${monthOf('local_time')} AS month,
    sum(count) AS bans,
    ${sumsByKind(nameKinds)},
    coalesce(sum(count) FILTER (WHERE name_status = 'confirmed'), 0) AS confirmed,
    count(DISTINCT address) AS addresses,
    count(DISTINCT address) FILTER (WHERE kind = 'never_asked') AS addresses_never_asked,
    max(clusters.effective_n) AS effective_n
  FROM named
  JOIN clusters ON clusters.month = ${monthOf('named.local_time')}
  GROUP BY 1`,
      values: ['bans', ...nameKinds, 'confirmed', 'addresses', 'addresses_never_asked'],
      after: [
        // Where no name server answered at all, nothing can be said.
        `CASE
    WHEN counted.named + counted.unnamed > 0 THEN CAST(counted.named AS double) / counted.bans
  END AS share`,
        `CASE
    WHEN counted.named + counted.unnamed > 0 THEN CAST(counted.bans - counted.unnamed AS double) / counted.bans
  END AS highest_share`,
        'counted.effective_n',
        `(SELECT ${effective} FROM in_all) AS effective_n_in_all`,
      ],
    },
    site,
  );

const traceSql = (site: Site, key: string): string => traceOfKind([named(site)], key, nameKinds);

/** Interval of 95 % for the share of a row, by its effective number; null without an answer. */
export function nameShareInterval(
  row: Table['rows'][number],
  column: 'effective_n' | 'effective_n_in_all',
  share: number | null,
): readonly [number, number] | null {
  const n = numberIn(row, column);
  return share === null || n === null ? null : wilsonInterval(share * n, n);
}

function findings(table: Table): Finding[] {
  const [total, withName, without] = ['bans', 'named', 'unnamed'].map((column) => totalOf(table, column));
  const [unanswered, neverAsked] = [totalOf(table, 'unanswered'), totalOf(table, 'never_asked')];
  const [n, named, unnamed] = [total ?? null, withName ?? 0, without ?? 0];
  const answered = named + unnamed;
  // Where no name server answered at all, nothing can be said.
  const part = (value: number, of = n): number | null => (answered === 0 || !of ? null : value / of);
  const share = part(named);
  const interval = table.rows[0] ? nameShareInterval(table.rows[0], 'effective_n_in_all', share) : null;
  const shareOf = (row: Table['rows'][number] | undefined): number | null =>
    row ? numberIn(row, 'share') : null;
  const months = table.rows
    .filter((row) => shareOf(row) !== null)
    .sort((a, b) => (shareOf(a) ?? 0) - (shareOf(b) ?? 0));
  const monthly = (name: 'min' | 'max', row: Table['rows'][number] | undefined): Said[] => [
    { key: `${name}_share`, value: shareOf(row), unit: 'share', n: months.length },
    {
      key: `${name}_share_month`,
      value: (row && textIn(row, 'month')?.slice(0, 7)) ?? null,
      n: months.length,
    },
  ];
  return findingsOf(id, [
    { key: 'total', value: n, unit: 'bans', n },
    { key: 'named', value: withName ?? null, unit: 'bans', n },
    { key: 'unnamed', value: without ?? null, unit: 'bans', n },
    { key: 'unanswered', value: unanswered, unit: 'bans', n },
    { key: 'never_asked', value: neverAsked, unit: 'bans', n },
    { key: 'share', value: share, unit: 'share', n },
    { key: 'share_low', value: interval?.[0] ?? null, unit: 'share', n },
    { key: 'share_high', value: interval?.[1] ?? null, unit: 'share', n },
    ...monthly('min', months[0]),
    ...monthly('max', months.at(-1)),
    // Were all those of which nothing is known to have a name.
    { key: 'highest_share', value: n === null ? null : part(n - unnamed), unit: 'share', n },
    { key: 'answered_share', value: part(named, answered), unit: 'share', n: answered || null },
    { key: 'confirmed_share', value: part(totalOf(table, 'confirmed') ?? 0), unit: 'share', n },
    { key: 'unknown_share', value: n === null ? null : part(n - answered), unit: 'share', n },
  ]);
}

const bans = (meaning: string) => ({ type: 'integer', unit: 'bans', meaning }) as const;
const addresses = (meaning: string) => ({ type: 'integer', unit: 'addresses', meaning }) as const;

export const reverseNamesByMonth: Statistic = {
  id,
  title: {
    en: 'SSH bans of addresses with a host name, by month',
    ja: 'ホスト名のあるアドレスに対するsshのBAN(月別)',
  },
  question: {
    en: 'What share of the ssh bans are of addresses that have a host name, month by month?',
    ja: 'sshのBANのうち、BANされたアドレスにホスト名があるものの割合は、月ごとにどれだけか。',
  },
  definition: {
    en: 'Share of the bans of the ssh jails whose address is known to have a host name (a PTR record, whether or not the name leads back to the address), by month of the local time; only the answer that there is none counts as no name, and what failed lookups and addresses never asked for leave open is given as the highest share that is possible.',
    ja: 'ssh用のjailによるBANのうち、アドレスにホスト名(PTRレコード。正引きが一致しないものも含む)があると分かっているものの割合を、現地時刻の月ごとに求めたもの(「名前なし」は存在しないという回答のみとし、タイムアウトなどの失敗と未照会で分からない分は、あり得る最大の割合として併記する)。',
  },
  kind: 'mail',
  service: 'ssh',
  frames: ['bans', 'addresses', 'days'],
  columns: {
    month: { type: 'date', meaning: 'first day of the local month' },
    bans: bans('bans of the ssh jails: the next four together'),
    named: bans('of addresses with a host name'),
    unnamed: bans('of addresses without one, as a name server said'),
    unanswered: bans('of addresses for which the lookup failed: timeout, refused, error'),
    never_asked: bans('of addresses whose name was never asked for'),
    confirmed: bans('of addresses whose name leads back to them; part of named'),
    addresses: addresses('distinct source addresses'),
    addresses_never_asked: addresses('of them, those whose name was never asked for'),
    days_covered: { type: 'integer', unit: 'days', meaning: 'dates of the month that the input covers' },
    days_in_month: { type: 'integer', unit: 'days', meaning: 'days of the calendar month' },
    share: { type: 'number', unit: 'share', meaning: 'named by bans, 0 to 1; null where nobody answered' },
    highest_share: {
      type: 'number',
      unit: 'share',
      meaning: 'the share, were all those that are not known to lack a name named',
    },
    effective_n: {
      type: 'number',
      unit: 'bans',
      meaning:
        'how many independent bans the share of the month rests on, as those of one address share its name',
    },
    effective_n_in_all: { type: 'number', unit: 'bans', meaning: 'the same for all months together' },
  },
  sql,
  // The key is the month, or the month and one of the columns: `2019-06-01 named`.
  traceSql,
  exclusions: (site) => exclusionsSql('bans', bansOf('ssh', site)),
  findings,
};
