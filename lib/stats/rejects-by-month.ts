import type { Table } from '../engine/index.js';
import type { Finding } from '../schema.js';
import type { Site } from '../site.js';
import { monthOf, monthTableSql, sumsByKind, traceOfKind } from './by-month.js';
import { exclusionsSql } from './exclusions.js';
import { findingsOf, numberIn, textIn, totalOf } from './findings-of.js';
import { spikesAmong } from './spikes.js';
import { allOf, literal, ofSite } from './sql-text.js';
import type { Statistic } from './statistic.js';

const id = 'rejects-by-month';

/** What is counted, in the order of the columns and of the chart. */
export const rejectKinds = ['rbl_1', 'rbl_2', 'other_lists', 'no_service', 'no_address'] as const;
type Kind = (typeof rejectKinds)[number];

const where = (site: Site): string[] => [
  "reason IN ('rbl', 'no_service', 'no_address')",
  "(reason <> 'rbl' OR action = 'reject')",
  ...ofSite(site),
];

/** The lists by place: those of the settings, or those that refuse most. */
function blockers(site: Site): string {
  if (site.lists) return `VALUES (${literal(site.lists[0])}, 1), (${literal(site.lists[1])}, 2)`;
  return `SELECT list, row_number() OVER (ORDER BY sum(count) DESC, list) AS place
  FROM rejects
  WHERE ${allOf([...where(site), "reason = 'rbl'", 'list IS NOT NULL'], '  ')}
  GROUP BY list`;
}

const named = (site: Site): string[] => [
  `blockers (domain, place) AS (\n  ${blockers(site)}\n)`,
  `named AS (
  SELECT
    rejects.source, rejects.line, rejects.count, rejects.local_time, rejects.address,
    CASE
      WHEN rejects.reason <> 'rbl' THEN rejects.reason
      WHEN blockers.place = 1 THEN 'rbl_1'
      WHEN blockers.place = 2 THEN 'rbl_2'
      ELSE 'other_lists'
    END AS kind
  FROM rejects
  LEFT JOIN blockers ON blockers.domain = rejects.list
  WHERE ${allOf(where(site), '  ')}
)`,
];

const sql = (site: Site): string =>
  monthTableSql(
    {
      kind: 'log',
      daemon: 'postfix',
      before: named(site),
      counted: `SELECT
    ${monthOf('local_time')} AS month,
    sum(count) AS rejects,
    ${sumsByKind(rejectKinds)},
    count(DISTINCT address) AS addresses
  FROM named
  GROUP BY 1`,
      values: ['rejects', ...rejectKinds, 'addresses'],
      after: [1, 2].map(
        (place) => `(SELECT max(domain) FROM blockers WHERE place = ${place}) AS list_${place}`,
      ),
    },
    site,
  );

const traceSql = (site: Site, key: string): string => traceOfKind(named(site), key, rejectKinds);

function findings(table: Table): Finding[] {
  const total = totalOf(table, 'rejects');
  const peak = (kind: Kind): string | null => {
    const most = Math.max(...table.rows.map((row) => numberIn(row, kind) ?? 0));
    const row = most > 0 ? table.rows.find((candidate) => candidate[kind] === most) : undefined;
    return row ? (textIn(row, 'month')?.slice(0, 7) ?? null) : null;
  };
  const first = spikesAmong(table, 'rbl_1');
  const list = (place: 1 | 2): string | null =>
    table.rows[0] ? textIn(table.rows[0], `list_${place}`) : null;
  const part = (kind: Kind) => {
    const n = totalOf(table, kind);
    return { key: `${kind}_total`, value: n, unit: 'rejects', n };
  };
  return findingsOf(id, [
    { key: 'total', value: total, unit: 'rejects', n: total },
    ...rejectKinds.map(part),
    { key: 'list_1', value: list(1), n: totalOf(table, 'rbl_1') },
    { key: 'list_2', value: list(2), n: totalOf(table, 'rbl_2') },
    { key: 'rbl_1_peak_month', value: peak('rbl_1'), n: totalOf(table, 'rbl_1') },
    { key: 'rbl_2_peak_month', value: peak('rbl_2'), n: totalOf(table, 'rbl_2') },
    // Of the first list, in the order of time; null where there is none.
    { key: 'spike_months', value: first.months.join(', ') || null, n: first.n },
    { key: 'spikes', value: first.n === 0 ? null : first.months.length, unit: 'months', n: first.n },
    { key: 'usual_rejects', value: first.usual, unit: 'rejects', n: first.n },
    { key: 'spike_threshold', value: first.threshold, unit: 'rejects', n: first.n },
  ]);
}

const count = (meaning: string) => ({ type: 'integer', unit: 'rejects', meaning }) as const;

export const rejectsByMonth: Statistic = {
  id,
  title: {
    en: 'What postfix refused or warned of, by month',
    ja: 'RBLとホスト名によるpostfixの拒否と警告(月別)',
  },
  question: {
    en: 'How many clients were refused because a block list names them, and how many had a host name that does not fit, month by month?',
    ja: 'RBLに登録された接続元の拒否と、接続元のホスト名が解決できない、または一致しないという警告は、月ごとに何回あったか。',
  },
  definition: {
    en: 'Refusals of postfix (one line a recipient or connection) by the block list that it names, and its warnings that a client’s host name has no address at all (No Service) or not that of the client (No Address), by month of the local time; what is only warned of by a block list is left out.',
    ja: 'postfixがRBLを理由に拒否した回数(リスト別)と、接続元のホスト名が解決できない(No Service: Name or service not known)、またはアドレスと一致しない(No Address: Address not listed for hostname)という警告の回数を、現地時刻の月ごとに数えたもの(RBLによる警告のみの行は除く)。',
  },
  kind: 'log',
  frames: ['rejects', 'days', 'coverage'],
  columns: {
    month: { type: 'date', meaning: 'first day of the local month' },
    rejects: count('all that follow'),
    rbl_1: count('refusals by the block list list_1'),
    rbl_2: count('refusals by the block list list_2'),
    other_lists: count('refusals by all other block lists'),
    no_service: count('warnings: the host name has no address (Name or service not known)'),
    no_address: count('warnings: the host name has other addresses (Address not listed for hostname)'),
    addresses: { type: 'integer', unit: 'addresses', meaning: 'distinct client addresses' },
    days_covered: {
      type: 'integer',
      unit: 'days',
      meaning: 'dates of the month that the logs cover; 0 where they have no line of postfix in the month',
    },
    days_in_month: { type: 'integer', unit: 'days', meaning: 'days of the calendar month' },
    list_1: { type: 'string', meaning: 'domain of the first block list' },
    list_2: { type: 'string', meaning: 'domain of the second block list' },
  },
  sql,
  // The key is the month, or the month and one of the columns: `2019-06-01 rbl_1`.
  traceSql,
  exclusions: (site) => exclusionsSql('rejects', where(site)),
  findings,
};
