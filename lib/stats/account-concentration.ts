import type { Table } from '../engine/index.js';
import { UserError } from '../errors.js';
import type { Finding } from '../schema.js';
import type { Site } from '../site.js';
import { mailTellings, mailTries, sshTries } from './account-tries.js';
import { findingsOf, numberIn, type Said, totalOf } from './findings-of.js';
import { allOf, traceOf } from './sql-text.js';
import type { Statistic } from './statistic.js';

const id = 'account-concentration';

/** Part of the tries that the first names take. */
const shareOf = (places: string): string =>
  `CAST(sum(failures) FILTER (WHERE place <= ${places}) AS double) / max(total)`;

const sql = (site: Site): string => `WITH ${mailTellings(site)},
tried AS (
  SELECT 'ssh' AS service, account, sum(count) AS failures
  FROM auth
  WHERE ${allOf(sshTries(site), '  ')}
  GROUP BY account
  UNION ALL
  SELECT 'mail' AS service, account, sum(count) AS failures
  FROM tellings
  WHERE ${allOf(mailTries(site), '  ')}
  GROUP BY account
),
placed AS (
  SELECT
    service,
    failures,
    row_number() OVER (PARTITION BY service ORDER BY failures DESC, account) AS place,
    count(*) OVER (PARTITION BY service) AS accounts,
    sum(failures) OVER (PARTITION BY service) AS total,
    sum(failures) OVER (
      PARTITION BY service ORDER BY failures DESC, account ROWS UNBOUNDED PRECEDING
    ) AS up_to_here
  FROM tried
)
SELECT
  service,
  max(total) AS failures,
  max(accounts) AS accounts,
  ${shareOf('1')} AS top_1_share,
  ${shareOf('10')} AS top_10_share,
  ${shareOf('100')} AS top_100_share,
  -- a tenth of the names, at least one
  ${shareOf('ceil(CAST(accounts AS double) / 10)')} AS top_tenth_share,
  count(*) FILTER (WHERE 2 * (up_to_here - failures) < total) AS accounts_for_half,
  (max(accounts) + 1 - CAST(2 * sum(place * failures) AS double) / max(total))
    * CAST(1 AS double) / max(accounts) AS gini
FROM placed
GROUP BY service
ORDER BY service DESC`;

const trace = (site: Site): Readonly<Record<string, string>> => ({
  ssh: traceOf('auth', sshTries(site)),
  mail: `WITH ${mailTellings(site)}\n${traceOf('tellings', mailTries(site))}`,
});

function traceSql(site: Site, key: string): string {
  const found = Object.entries(trace(site)).find(([service]) => service === key);
  if (!found) throw new UserError(`expected ssh or mail, got "${key}"`, 2);
  return found[1];
}

function findings(table: Table): Finding[] {
  const total = totalOf(table, 'failures');
  const of = (service: 'ssh' | 'mail'): Said[] => {
    const row = table.rows.find((candidate) => candidate.service === service);
    const at = (column: string): number | null => (row ? numberIn(row, column) : null);
    const n = at('failures');
    const shares = ['top_1_share', 'top_10_share', 'top_100_share', 'top_tenth_share'];
    return [
      { key: `${service}_failures`, value: n, unit: 'failures', n },
      { key: `${service}_accounts`, value: at('accounts'), unit: 'accounts', n },
      ...shares.map((column) => ({ key: `${service}_${column}`, value: at(column), unit: 'share', n })),
      { key: `${service}_accounts_for_half`, value: at('accounts_for_half'), unit: 'accounts', n },
      { key: `${service}_gini`, value: at('gini')?.toFixed(3) ?? null, n },
    ];
  };
  return findingsOf(id, [
    { key: 'total', value: total, unit: 'failures', n: total },
    ...of('ssh'),
    ...of('mail'),
  ]);
}

const share = (names: string) =>
  ({ type: 'number', unit: 'share', meaning: `part of the tries that ${names} take, 0 to 1` }) as const;

export const accountConcentration: Statistic = {
  id,
  title: {
    en: 'How few names take how many tries',
    ja: '上位のアカウント名への試行の集中度(sshとメール)',
  },
  question: {
    en: 'Do a few account names take most of the tries, at ssh and at the mail services?',
    ja: '少数のアカウント名に試行が集中しているか(sshとメールサービス)。',
  },
  definition: {
    en: 'What part of the failed logins of ssh-accounts (other than root) and of dovecot-accounts the most tried names take: the first, ten, a hundred, and a tenth of all; with the number of names that together take half, and the Gini coefficient (0: every name as often as the others, 1: one name alone).',
    ja: 'ssh-accounts(root以外)とdovecot-accountsのログイン失敗のうち、最も多く試行された1件・10件・100件・全体の1割の名前が占める割合と、半数を占めるのに必要な名前の数、ジニ係数(0はすべて同数、1は1つに集中)。',
  },
  kind: 'log',
  frames: ['auth'],
  columns: {
    service: { type: 'string', meaning: 'ssh (other than root) or mail' },
    failures: { type: 'integer', unit: 'failures', meaning: 'failed logins' },
    accounts: { type: 'integer', unit: 'accounts', meaning: 'distinct names that were tried' },
    top_1_share: share('the first name'),
    top_10_share: share('the first 10 names'),
    top_100_share: share('the first 100 names'),
    top_tenth_share: share('a tenth of the names, the most tried,'),
    accounts_for_half: {
      type: 'integer',
      unit: 'accounts',
      meaning: 'names that together take half of the tries',
    },
    gini: { type: 'number', meaning: 'Gini coefficient of the tries by name, 0 to 1' },
  },
  sql,
  traceSql,
  findings,
};
