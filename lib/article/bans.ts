import type { Claim, Section } from './claim.js';
import { trends, type Words } from './trends.js';

/** The total, with the month that has the most where it is not the only one. */
const totals = (id: string, peak: string, said: Words, most: Words): Claim[] => [
  {
    if: { [`${id}.total`]: `≠ ${id}.${peak}` },
    en: `${said.en} ${most.en}`,
    ja: `${said.ja}${most.ja}`,
  },
  { if: { [`${id}.total`]: `= ${id}.${peak}` }, ...said },
];

export const sshBans: Section = {
  id: 'ssh-bans-by-month',
  title: { en: 'Bans of the ssh jail', ja: 'sshのBAN件数' },
  statistics: ['ssh-bans-by-month'],
  claims: [
    ...totals(
      'ssh-bans-by-month',
      'peak_bans',
      {
        en: 'fail2ban made {ssh-bans-by-month.total ban|bans} for attempts at ssh; the input covers {ssh-bans-by-month.days_covered day|days}.',
        ja: 'sshへの不正な試行によるBANは、記録のある{ssh-bans-by-month.days_covered}日間で{ssh-bans-by-month.total}件でした。',
      },
      {
        en: 'The month with the most is {ssh-bans-by-month.peak_month}: {ssh-bans-by-month.peak_bans}.',
        ja: '最も多かった月は{ssh-bans-by-month.peak_month}で、{ssh-bans-by-month.peak_bans}件です。',
      },
    ),
    {
      if: { 'ssh-bans-by-month.total': '<1' },
      en: 'fail2ban made no ban for attempts at ssh; the input covers {ssh-bans-by-month.days_covered day|days}.',
      ja: '記録のある{ssh-bans-by-month.days_covered}日間に、sshへの不正な試行によるBANはありませんでした。',
    },
    {
      if: { 'ssh-bans-by-month.total': 'null' },
      en: 'The input holds no ssh bans.',
      ja: 'この入力にはsshのBANの記録がありません。',
    },
    ...trends('ssh-bans-by-month', { en: 'ssh bans', ja: 'sshのBAN' }),
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
    ...totals(
      'root-failures-by-month',
      'peak_failures',
      {
        en: 'A wrong password for root was given {root-failures-by-month.total time|times}.',
        ja: 'rootでのパスワード認証の失敗は{root-failures-by-month.total}回でした。',
      },
      {
        en: 'The month with the most is {root-failures-by-month.peak_month}: {root-failures-by-month.peak_failures}.',
        ja: '最も多かった月は{root-failures-by-month.peak_month}の{root-failures-by-month.peak_failures}回です。',
      },
    ),
    {
      if: { 'root-failures-by-month.total': '<1' },
      en: 'No wrong password for root was given; the logs of sshd cover {root-failures-by-month.days_covered day|days}.',
      ja: 'sshdのログのある{root-failures-by-month.days_covered}日間に、rootでのパスワード認証の失敗はありませんでした。',
    },
    ...trends('root-failures-by-month', { en: 'failed root logins', ja: 'rootのログイン失敗' }, '回'),
    {
      en: 'How many there are depends on what is counted: {root-failures-by-month.pam_failures} by the lines of PAM, {root-failures-by-month.connections connection|connections}, {root-failures-by-month.fail2ban_matches line|lines} that fail2ban takes for failures.',
      ja: '回数は数え方によって変わります。PAMの行では{root-failures-by-month.pam_failures}回、接続単位では{root-failures-by-month.connections}件、fail2banが失敗とみなす行では{root-failures-by-month.fail2ban_matches}行です。',
    },
  ],
};

export const mailBans: Section = {
  id: 'postfix-bans-by-month',
  title: { en: 'Bans of the mail jail', ja: 'メール(SMTP認証)のBAN件数' },
  statistics: ['postfix-bans-by-month'],
  claims: [
    ...totals(
      'postfix-bans-by-month',
      'peak_bans',
      {
        en: 'fail2ban made {postfix-bans-by-month.total ban|bans} for guesses at mail passwords.',
        ja: 'SMTP認証の失敗によるBANは{postfix-bans-by-month.total}件でした。',
      },
      {
        en: 'The month with the most is {postfix-bans-by-month.peak_month}: {postfix-bans-by-month.peak_bans}.',
        ja: '最も多かった月は{postfix-bans-by-month.peak_month}の{postfix-bans-by-month.peak_bans}件です。',
      },
    ),
    {
      if: { 'postfix-bans-by-month.total': '<1' },
      en: 'fail2ban made no ban for guesses at mail passwords; the input covers {postfix-bans-by-month.days_covered day|days}.',
      ja: '記録のある{postfix-bans-by-month.days_covered}日間に、SMTP認証の失敗によるBANはありませんでした。',
    },
    {
      if: { 'postfix-bans-by-month.total': 'null' },
      en: 'The input holds no mail bans.',
      ja: 'この入力にはメールのBANの記録がありません。',
    },
    {
      if: { 'postfix-bans-by-month.total': '>=1', 'ssh-bans-by-month.total': '>=1' },
      en: 'Bans for attempts at ssh, for comparison: {ssh-bans-by-month.total}.',
      ja: '比較のために挙げると、sshのBANは{ssh-bans-by-month.total}件です。',
    },
    ...trends('postfix-bans-by-month', { en: 'mail bans', ja: 'メールのBAN' }),
    {
      if: { 'postfix-bans-by-month.trend': 'rising', 'ssh-bans-by-month.trend': 'falling' },
      en: 'So mail bans increased while ssh bans decreased. How much was tried during the bans, neither tells.',
      ja: 'それぞれの変化の前後を比べると、sshのBANが減る一方で、メールのBANは増えています。BANされている間に何回試みられたかは、どちらからも分かりません。',
    },
  ],
};

export const banTable: Section = {
  id: 'ban-table-by-month',
  title: { en: 'Addresses banned at a time', ja: 'BAN中のアドレス数' },
  statistics: ['ban-table-by-month'],
  claims: [
    {
      en: 'The mean number of addresses banned at a time is {ban-table-by-month.exact_mean}, weighted by how long each ban lasted; the largest is {ban-table-by-month.exact_max}, in {ban-table-by-month.exact_max_month}.',
      ja: '同時にBANされていたアドレスの数は、時間で重み付けした平均で{ban-table-by-month.exact_mean}個、最大は{ban-table-by-month.exact_max_month}の{ban-table-by-month.exact_max}個でした。',
    },
    {
      en: 'The mean of the numbers in {ban-table-by-month.snapshots morning report|morning reports} is {ban-table-by-month.snapshot_mean}.',
      ja: '朝のlogwatchレポート{ban-table-by-month.snapshots}通に記された数は、平均{ban-table-by-month.snapshot_mean}個です。',
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
