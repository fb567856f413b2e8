import type { Table } from '../engine/index.js';
import type { Finding } from '../schema.js';
import { findingsOf, numberIn, textIn, totalOf, wholeOf } from './findings-of.js';
import type { StatisticColumn } from './statistic.js';

/**
 * SQL of the account names tried most.
 * @param before common table expressions that `from` needs, with a comma at the end
 * @param from what follows FROM: rows with account, count and address
 * @param places how many names are shown
 */
export const rankingSql = (before: string, from: string, places: number): string => `WITH ${before}tried AS (
  -- the empty string is an account name that was tried
  SELECT account, sum(count) AS failures, count(DISTINCT address) AS addresses
  FROM ${from}
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
WHERE rank <= ${places}
ORDER BY rank`;

/** The columns of a ranking of accounts. @param all of which tries the shares are parts */
export const rankingColumns = (all: string): Record<string, StatisticColumn> => ({
  rank: { type: 'integer', meaning: 'place, from 1' },
  account: { type: 'string', meaning: 'account name; the empty string is a name that was tried' },
  failures: { type: 'integer', unit: 'failures', meaning: 'failed logins with this name' },
  share: { type: 'number', unit: 'share', meaning: `part of ${all}, 0 to 1` },
  addresses: { type: 'integer', unit: 'addresses', meaning: 'distinct source addresses' },
});

/** Total, the name tried most, and what part of all the names shown take. */
export function rankingFindings(statistic: string, table: Table): Finding[] {
  const total = wholeOf(table, 'failures');
  const top = table.rows[0];
  return findingsOf(statistic, [
    { key: 'total', value: total, unit: 'failures', n: total },
    { key: 'top_account', value: top ? textIn(top, 'account') : null, n: total },
    { key: 'top_failures', value: top ? numberIn(top, 'failures') : null, unit: 'failures', n: total },
    { key: 'top_share', value: top ? numberIn(top, 'share') : null, unit: 'share', n: total },
    { key: 'shown_share', value: totalOf(table, 'share'), unit: 'share', n: total },
  ]);
}
