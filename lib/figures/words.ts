import type { Locale } from './figure.js';

const en = {
  month: 'month (local time)',
  hour: 'hour of day (local time)',
  share: 'share',
  bans: 'bans',
  failures: 'failed logins',
  rejects: 'refusals and warnings',
  otherLists: 'other lists',
  names: (count: string) => `the first ${count}`,
  firstName: 'the first name',
  firstTenth: 'the first tenth',
  triedNames: 'names, the most tried first',
  mail: 'mail',
  nameCount: (count: string) => `${count} names`,
  noService: 'No Service',
  noAddress: 'No Address',
  spike: (list: string) => `spike of ${list} above`,
  country: 'country',
  account: 'account',
  addresses: 'addresses',
  full: 'full month',
  part: 'part of month',
  gap: 'not covered',
  even: 'even over the day (1/24)',
  empty: '(empty)',
  unknown: 'unknown',
  noData: 'no data',
  synthetic: 'synthetic data (banbook forge)',
  countryData: 'country data of',
  grey: 'grey: not in the ranking',
  to: 'to',
  dataTable: 'Data table',
  downloadCsv: 'Download as CSV',
  seenIn: (source: string) =>
    source === 'mail' ? 'ban mails' : `fail2ban's messages in ${source === 'log' ? 'its log' : source}`,
  entries: 'banned addresses',
  exactMean: 'mean over time',
  exactMax: 'maximum',
  morningMean: 'mean of the morning reports',
  reports: (n: number) => `${n} ${n === 1 ? 'report' : 'reports'}`,
  days: (covered: number, all: number) => `${covered} of ${all} days covered`,
  rows: (shown: number, all: number) =>
    shown < all ? `${shown} of ${all} rows` : `${all} ${all === 1 ? 'row' : 'rows'}`,
};

const ja: typeof en = {
  month: '月(現地時刻)',
  hour: '時(現地時刻)',
  share: '割合',
  bans: 'BAN回数',
  failures: 'ログイン失敗回数',
  rejects: '拒否・警告回数',
  otherLists: 'その他のリスト',
  names: (count) => `上位${count}件`,
  firstName: '最多の1件',
  firstTenth: '上位1割',
  triedNames: '多く試行された順の名前',
  mail: 'メール',
  nameCount: (count) => `名前${count}件`,
  noService: 'No Service',
  noAddress: 'No Address',
  spike: (list) => `${list}の急増の目安`,
  country: '国',
  account: 'アカウント名',
  addresses: 'アドレス数',
  full: '全日分',
  part: '一部の日のみ',
  gap: '記録なし',
  even: '均等な場合(1/24)',
  empty: '(空文字列)',
  unknown: '不明',
  noData: 'データなし',
  synthetic: '合成データ(banbook forge)',
  countryData: '国データの時点:',
  grey: '灰色: 順位の対象外',
  to: '〜',
  dataTable: 'データ表',
  downloadCsv: 'CSVをダウンロード',
  seenIn: (source) =>
    source === 'mail' ? 'BAN通知メール' : source === 'log' ? 'fail2banのログ' : 'fail2banのsyslog',
  entries: 'BAN中のアドレス数',
  exactMean: '時間平均',
  exactMax: '最大',
  morningMean: '朝のレポートの平均',
  reports: (n) => `レポート${n}件`,
  days: (covered, all) => `${all}日のうち${covered}日の記録あり`,
  rows: (shown, all) => (shown < all ? `全${all}行のうち${shown}行` : `${all}行`),
};

/** The fixed words of the charts in one language. */
export const wordsIn = (locale: Locale = 'en'): typeof en => (locale === 'ja' ? ja : en);

/** `65,507`; the same in every language and on every system. */
export const thousands = (value: number): string => String(value).replace(/\B(?=(\d{3})+$)/g, ',');

/** `4.3 %` of a share from 0 to 1. */
export const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;
