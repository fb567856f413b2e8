import type { Site } from '../site.js';
import {
  type Monthly,
  monthlyColumns,
  monthlyExclusions,
  monthlySql,
  monthlyTrace,
  monthOf,
} from './by-month.js';
import { findingsOf, totalOf } from './findings-of.js';
import { monthlyFindings } from './monthly-findings.js';
import { allOf, ofSite } from './sql-text.js';
import type { Statistic, StatisticColumn } from './statistic.js';

const id = 'root-failures-by-month';

const failures: Monthly = {
  frame: 'auth',
  where: ["service = 'ssh'", "event = 'failed'", "account = 'root'", "method = 'password'"],
  value: 'failures',
  kind: 'log',
  daemon: 'sshd',
};

/** The same question by other definitions: SQL over the rows of ssh and root. */
const otherwise: Readonly<Record<string, { readonly sql: string; readonly column: StatisticColumn }>> = {
  pam_failures: {
    sql: "sum(count) FILTER (WHERE event = 'pam_failure')",
    column: {
      type: 'integer',
      unit: 'failures',
      meaning: "PAM's own lines of a failure, those of `N more authentication failures` N times",
    },
  },
  connections: {
    sql: `count(DISTINCT coalesce(host, '') || ' ' || CAST(pid AS varchar) || ' ' || coalesce(address, name, '') || ' '
      || coalesce(CAST(port AS varchar), '')) FILTER (WHERE event = 'failed' AND method = 'password')`,
    column: {
      type: 'integer',
      unit: 'connections',
      meaning:
        'connections with a failed password: distinct host, process, address and port, because process ids come again',
    },
  },
  // fail2ban's filter.d/sshd.conf, 0.10 to 1.1, mode normal. PAM's own line is <F-NOFAIL> there, a key that was
  // refused too, and no pattern knows `message repeated`, which has a count above one here.
  fail2ban_matches: {
    sql: `count(*) FILTER (WHERE count = 1 AND (event IN ('not_allowed', 'max_attempts')
      OR event = 'failed' AND coalesce(method, '') <> 'publickey'))`,
    column: {
      type: 'integer',
      unit: 'lines',
      meaning:
        "lines that fail2ban's sshd filter counts: failed logins but those by key, refusals by a rule, and too many attempts",
    },
  },
};

const sql = (site: Site): string => `WITH failed AS (
${monthlySql(failures, site).replace(/^/gm, '  ').replace(/ +$/gm, '')}
),
otherwise AS (
  -- the same month by other definitions of a failed login
  SELECT
    ${monthOf('local_time')} AS month,
    ${Object.entries(otherwise)
      .map(([name, { sql }]) => `${sql} AS ${name}`)
      .join(',\n    ')}
  FROM auth
  WHERE ${allOf(["service = 'ssh'", "account = 'root'", ...ofSite(site)], '  ')}
  GROUP BY 1
)
SELECT
  failed.month, failures, addresses, days_covered, days_in_month, per_day,
  ${Object.keys(otherwise)
    .map((name) => `coalesce(${name}, CASE WHEN days_covered > 0 THEN 0 END) AS ${name}`)
    .join(',\n  ')}
FROM failed
LEFT JOIN otherwise ON otherwise.month = failed.month
ORDER BY failed.month`;

export const rootFailuresByMonth: Statistic = {
  id,
  title: { en: 'Failed root logins by month', ja: 'rootでのログイン失敗回数(月別)' },
  question: {
    en: 'How often did somebody try a wrong password for root, month by month?',
    ja: 'rootのパスワード認証は、月ごとに何回失敗したか。',
  },
  definition: {
    en: 'Number of failed ssh password logins as root, by month of the local time; a line that says "message repeated" counts as often as it says.',
    ja: 'sshのパスワード認証がアカウントrootで失敗した回数を、現地時刻の月ごとに数えたもの(「message repeated」の行は、そこに書かれた回数だけ数える)。',
  },
  kind: 'log',
  frames: ['auth', 'days', 'coverage'],
  columns: {
    ...monthlyColumns(
      { type: 'integer', unit: 'failures', meaning: 'failed password logins as root' },
      'failures',
    ),
    ...Object.fromEntries(Object.entries(otherwise).map(([name, { column }]) => [name, column])),
  },
  sql,
  traceSql: (site, key) => monthlyTrace(failures, site, key),
  exclusions: (site) => monthlyExclusions(failures, site),
  findings: (table) => [
    ...monthlyFindings(id, table, 'failures'),
    ...findingsOf(
      id,
      Object.entries(otherwise).map(
        ([
          key,
          {
            column: { unit },
          },
        ]) => {
          const value = totalOf(table, key);
          return { key, value, ...(unit ? { unit } : {}), n: value };
        },
      ),
    ),
  ],
};
