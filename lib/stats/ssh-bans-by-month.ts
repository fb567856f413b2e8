import { type Monthly, monthlyColumns, monthlySql, monthlyTrace } from './by-month.js';
import { monthlyFindings } from './monthly-findings.js';
import type { Statistic } from './statistic.js';

const bans: Monthly = {
  frame: 'bans',
  where: ["service = 'ssh'", "event = 'ban'", "via = 'mail'"],
  value: 'bans',
  kind: 'mail',
};

export const sshBansByMonth: Statistic = {
  id: 'ssh-bans-by-month',
  title: { en: 'SSH bans by month', ja: 'sshへの不正アクセス試行回数(月別)' },
  question: {
    en: 'How often was an address banned for trying ssh, month by month?',
    ja: 'sshへの不正アクセスの試行は、月ごとに何回あったか。',
  },
  definition: {
    en: 'Number of ban mails from the ssh jails, by month of the local time of the ban.',
    ja: 'ssh用のjailが送ったBAN通知メールの件数を、BANされた現地時刻の月ごとに数えたもの。',
  },
  kind: 'mail',
  frames: ['bans', 'days'],
  columns: monthlyColumns({ type: 'integer', unit: 'bans', meaning: 'bans of the ssh jails' }, 'bans'),
  sql: (site) => monthlySql(bans, site),
  traceSql: (site, key) => monthlyTrace(bans, site, key),
  findings: (table) => monthlyFindings('ssh-bans-by-month', table, 'bans'),
};
