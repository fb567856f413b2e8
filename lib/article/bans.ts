import type { Claim, Section } from './claim.js';

/** What may be said of the trend of a monthly count. */
const trends = (id: string, en: string, ja: string, counter = '件'): Claim[] => [
  {
    if: { [`${id}.trend`]: 'falling' },
    en: `The rate of ${en} fell once: from {${id}.rate_before} a day to {${id}.rate_after}, beginning in {${id}.change_month}. At a confidence of {method.confidence} the fall begins between {${id}.change_from} and {${id}.change_to}.`,
    ja: `${ja}は途中で水準が下がっています。1日あたり{${id}.rate_before}${counter}から{${id}.rate_after}${counter}に減り、新しい水準の最初の月は{${id}.change_month}です。信頼度{method.confidence}で、変化の始まりは{${id}.change_from}から{${id}.change_to}の間です。`,
  },
  {
    if: { [`${id}.trend`]: 'rising' },
    en: `The rate of ${en} rose once: from {${id}.rate_before} a day to {${id}.rate_after}, beginning in {${id}.change_month}. At a confidence of {method.confidence} the rise begins between {${id}.change_from} and {${id}.change_to}.`,
    ja: `${ja}は途中で水準が上がっています。1日あたり{${id}.rate_before}${counter}から{${id}.rate_after}${counter}に増え、新しい水準の最初の月は{${id}.change_month}です。信頼度{method.confidence}で、変化の始まりは{${id}.change_from}から{${id}.change_to}の間です。`,
  },
  {
    if: { [`${id}.trend`]: 'none' },
    en: `The months do not tell of a lasting rise or fall of ${en}.`,
    ja: `${ja}に、持続的な増減は認められません。`,
  },
  {
    if: { [`${id}.trend`]: 'null' },
    en: `Too few months are covered to tell of a trend of ${en}.`,
    ja: `記録のある月が少なく、${ja}の増減は判断できません。`,
  },
];

export const sshBans: Section = {
  id: 'ssh-bans-by-month',
  title: { en: 'Bans of the ssh jail', ja: 'sshのBAN件数' },
  statistics: ['ssh-bans-by-month'],
  claims: [
    {
      en: 'fail2ban banned an address for trying ssh {ssh-bans-by-month.total} times, on {ssh-bans-by-month.days_covered} days that the input covers. Most bans fell in {ssh-bans-by-month.peak_month}: {ssh-bans-by-month.peak_bans}.',
      ja: 'sshへの不正な試行によるBANは、記録のある{ssh-bans-by-month.days_covered}日間で{ssh-bans-by-month.total}件でした。最も多かった月は{ssh-bans-by-month.peak_month}で、{ssh-bans-by-month.peak_bans}件です。',
    },
    ...trends('ssh-bans-by-month', 'ssh bans', 'sshのBAN'),
    {
      if: { 'ssh-bans-by-month.total': '>=1' },
      en: 'A ban stands for the few failures that led to it. What the address would have tried during the ban, nobody knows.',
      ja: '1件のBANの背後には、その原因となった数回の失敗があります。BANされていなければそのアドレスが何回試みたかは、分かりません。',
    },
  ],
};

export const rootFailures: Section = {
  id: 'root-failures-by-month',
  title: { en: 'Failed logins as root', ja: 'rootのログイン失敗' },
  statistics: ['root-failures-by-month'],
  claims: [
    {
      en: 'A password for root was wrong {root-failures-by-month.total} times, most often in {root-failures-by-month.peak_month} ({root-failures-by-month.peak_failures}).',
      ja: 'rootでのパスワード認証の失敗は{root-failures-by-month.total}回でした。最も多かった月は{root-failures-by-month.peak_month}の{root-failures-by-month.peak_failures}回です。',
    },
    ...trends('root-failures-by-month', 'failed root logins', 'rootのログイン失敗', '回'),
    {
      en: 'How many there are depends on what is counted: {root-failures-by-month.pam_failures} by the lines of PAM, {root-failures-by-month.connections} connections, {root-failures-by-month.fail2ban_matches} lines that fail2ban takes for failures.',
      ja: '回数は数え方によって変わります。PAMの行では{root-failures-by-month.pam_failures}回、接続単位では{root-failures-by-month.connections}件、fail2banが失敗とみなす行では{root-failures-by-month.fail2ban_matches}行です。',
    },
  ],
};

export const mailBans: Section = {
  id: 'postfix-bans-by-month',
  title: { en: 'Bans of the mail jail', ja: 'メール(SMTP認証)のBAN件数' },
  statistics: ['postfix-bans-by-month'],
  claims: [
    {
      en: 'Guessing mail passwords led to {postfix-bans-by-month.total} bans, against {ssh-bans-by-month.total} for ssh. The most in one month were {postfix-bans-by-month.peak_bans}, in {postfix-bans-by-month.peak_month}.',
      ja: 'SMTP認証の失敗によるBANは{postfix-bans-by-month.total}件でした(sshは{ssh-bans-by-month.total}件)。最も多かった月は{postfix-bans-by-month.peak_month}の{postfix-bans-by-month.peak_bans}件です。',
    },
    ...trends('postfix-bans-by-month', 'mail bans', 'メールのBAN'),
    {
      if: { 'postfix-bans-by-month.trend': 'rising', 'ssh-bans-by-month.trend': 'falling' },
      en: 'Mail guessing grew while ssh guessing became rarer.',
      ja: 'sshへの試行が減る一方で、メールへの試行は増えています。',
    },
  ],
};

export const banTable: Section = {
  id: 'ban-table-by-month',
  title: { en: 'Addresses banned at a time', ja: 'BAN中のアドレス数' },
  statistics: ['ban-table-by-month'],
  claims: [
    {
      en: 'On average {ban-table-by-month.exact_mean} addresses were banned at a time, weighted by how long each ban lasted; the most were {ban-table-by-month.exact_max}, in {ban-table-by-month.exact_max_month}.',
      ja: '同時にBANされていたアドレスの数は、時間で重み付けした平均で{ban-table-by-month.exact_mean}件、最大は{ban-table-by-month.exact_max_month}の{ban-table-by-month.exact_max}件でした。',
    },
    {
      en: 'The morning reports, {ban-table-by-month.snapshots} of them, show {ban-table-by-month.snapshot_mean} on average.',
      ja: '朝のlogwatchレポート{ban-table-by-month.snapshots}通に記された数は、平均{ban-table-by-month.snapshot_mean}件です。',
    },
    {
      if: { 'ban-table-by-month.bans_correlation': '>=0.7' },
      en: 'Month by month the table follows the number of bans (correlation {ban-table-by-month.bans_correlation}).',
      ja: '月ごとに見ると、この数はBAN件数に連動しています(相関係数{ban-table-by-month.bans_correlation})。',
    },
    {
      if: { 'ban-table-by-month.bans_correlation': '<0.7' },
      en: 'Month by month the table does not follow the number of bans closely (correlation {ban-table-by-month.bans_correlation}).',
      ja: '月ごとに見ると、この数とBAN件数の連動は強くありません(相関係数{ban-table-by-month.bans_correlation})。',
    },
  ],
};
