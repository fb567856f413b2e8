import { rankingColumns, rankingFindings, rankingSql } from './account-ranking.js';
import { sshTries } from './account-tries.js';
import { exclusionsSql } from './exclusions.js';
import { allOf, literal, traceOf } from './sql-text.js';
import type { Statistic } from './statistic.js';

const id = 'ssh-accounts';

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
  columns: rankingColumns('the failed password logins of all accounts other than root'),
  sql: (site) => rankingSql('', `auth\n  WHERE ${allOf(sshTries(site), '  ')}`, 20),
  // The key is the account itself, not its rank.
  traceSql: (site, key) => traceOf('auth', [...sshTries(site), `account = ${literal(key)}`]),
  exclusions: (site) => exclusionsSql('auth', sshTries(site)),
  findings: (table) => rankingFindings(id, table),
};
