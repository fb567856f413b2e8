import { rankingColumns, rankingFindings, rankingSql } from './account-ranking.js';
import { mailTellings, mailTries } from './account-tries.js';
import { exclusionsSql } from './exclusions.js';
import { allOf, literal, traceOf } from './sql-text.js';
import type { Statistic } from './statistic.js';

const id = 'dovecot-accounts';

export const dovecotAccounts: Statistic = {
  id,
  title: {
    en: 'Most tried mail accounts',
    ja: 'メールサービスで試行されたアカウント名(上位14)',
  },
  question: {
    en: 'Which account names are tried most often at the mail services?',
    ja: 'メールサービスでは、どのアカウント名が多く試行されたか。',
  },
  definition: {
    en: "The 14 account names with the most failed logins at imap, pop3 and smtp: attempts that dovecot's auth process refused, or failed attempts of dovecot's login processes and of postfix, whichever of the two tells of more for the address and day, so that no attempt counts twice; names with equal numbers stand in the order of their text.",
    ja: 'imap・pop3・smtpへのログインに失敗した回数が多いアカウント名14件。1回の試行が複数の行に記録されるため、アドレスと日付ごとに、dovecotの認証プロセスの行と、ログインプロセスおよびpostfixの行のうち、試行回数の多い方だけを数える(同数の場合は名前の文字順)。',
  },
  kind: 'log',
  frames: ['auth'],
  columns: rankingColumns('the failed logins of all mail accounts'),
  sql: (site) =>
    rankingSql(`${mailTellings(site)},\n`, `tellings\n  WHERE ${allOf(mailTries(site), '  ')}`, 14),
  // The key is the account itself, not its rank.
  traceSql: (site, key) =>
    `WITH ${mailTellings(site)}\n${traceOf('tellings', [...mailTries(site), `account = ${literal(key)}`])}`,
  exclusions: (site) => exclusionsSql('tellings', mailTries(site), mailTellings(site)),
  findings: (table) => rankingFindings(id, table),
};
