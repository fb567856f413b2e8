import { type Monthly, monthlyColumns, monthlySql, monthlyTrace } from './by-month.js';
import { monthlyFindings } from './monthly-findings.js';
import type { Statistic } from './statistic.js';

const failures: Monthly = {
  frame: 'auth',
  where: ["service = 'ssh'", "event = 'failed'", "account = 'root'", "method = 'password'"],
  value: 'failures',
  kind: 'log',
};

export const rootFailuresByMonth: Statistic = {
  id: 'root-failures-by-month',
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
  frames: ['auth', 'days'],
  columns: monthlyColumns(
    { type: 'integer', unit: 'failures', meaning: 'failed password logins as root' },
    'failures',
  ),
  sql: (site) => monthlySql(failures, site),
  traceSql: (site, key) => monthlyTrace(failures, site, key),
  findings: (table) => monthlyFindings('root-failures-by-month', table, 'failures'),
};
