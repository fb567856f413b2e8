import type { Table } from '../engine/index.js';
import type { Finding } from '../schema.js';
import type { Site } from '../site.js';
import { exclusionsSql } from './exclusions.js';
import { findingsOf, numberIn, textIn, totalOf, wholeOf } from './findings-of.js';
import { allOf, inPeriod, literal, traceOf } from './sql-text.js';
import type { Statistic } from './statistic.js';

const id = 'ssh-accounts';

const where = (site: Site): string[] => [
  "service = 'ssh'",
  "event = 'failed'",
  "method = 'password'",
  "account <> 'root'",
  ...inPeriod(site, 'local_time', 'timestamp'),
];

const sql = (site: Site): string => `WITH tried AS (
  -- the empty string is an account name that was tried
  SELECT account, sum(count) AS failures, count(DISTINCT address) AS addresses
  FROM auth
  WHERE ${allOf(where(site), '  ')}
  GROUP BY account
),
ranked AS (
  SELECT
    row_number() OVER (ORDER BY failures DESC, account) AS rank,
    account,
    failures,
    CAST(failures AS double) / sum(failures) OVER () AS share,
    addresses
  FROM tried
)
SELECT rank, account, failures, share, addresses
FROM ranked
WHERE rank <= 20
ORDER BY rank`;

function findings(table: Table): Finding[] {
  const total = wholeOf(table, 'failures');
  const top = table.rows[0];
  return findingsOf(id, [
    { key: 'total', value: total, unit: 'failures', n: total },
    { key: 'top_account', value: top ? textIn(top, 'account') : null, n: total },
    { key: 'top_failures', value: top ? numberIn(top, 'failures') : null, unit: 'failures', n: total },
    { key: 'top_share', value: top ? numberIn(top, 'share') : null, unit: 'share', n: total },
    { key: 'shown_share', value: totalOf(table, 'share'), unit: 'share', n: total },
  ]);
}

export const sshAccounts: Statistic = {
  id,
  title: {
    en: 'Most tried ssh accounts other than root',
    ja: 'sshで試行されたアカウント名(root以外の上位20)',
  },
  question: {
    en: 'Which account names are tried most often, apart from root?',
    ja: 'root以外では、どのアカウント名が多く試行されたか。',
  },
  definition: {
    en: 'The 20 account names other than root with the most failed ssh password logins; names with equal numbers stand in the order of their text.',
    ja: 'root以外のアカウント名のうち、sshのパスワード認証に失敗した回数が多い20件(同数の場合は名前の文字順)。',
  },
  kind: 'log',
  frames: ['auth'],
  columns: {
    rank: { type: 'integer', meaning: 'place, from 1' },
    account: { type: 'string', meaning: 'account name; the empty string is a name that was tried' },
    failures: { type: 'integer', unit: 'failures', meaning: 'failed password logins with this name' },
    share: {
      type: 'number',
      unit: 'share',
      meaning: 'part of the failed password logins of all accounts other than root, 0 to 1',
    },
    addresses: { type: 'integer', unit: 'addresses', meaning: 'distinct source addresses' },
  },
  sql,
  // The key is the account itself, not its rank.
  traceSql: (site, key) => traceOf('auth', [...where(site), `account = ${literal(key)}`]),
  exclusions: (site) => exclusionsSql('auth', where(site)),
  findings,
};
