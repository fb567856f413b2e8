import type { Locale } from './figure.js';

const en = {
  table: 'mean ban table (addresses)',
  through: 'attempts let through',
  attempts: 'failed logins',
  setting: 'settings',
  others: 'beaten by another',
  front: 'beaten by none',
  own: "the site's own",
  gap: 'between tries of one address',
  pauses: 'pauses',
  back: "from a ban's end to the next try",
  returns: 'returns',
  findtime: (text: string) => `findtime ${text}`,
};

const ja: typeof en = {
  table: 'BAN中のアドレス数(時間平均)',
  through: '通過した試行の回数',
  attempts: 'ログイン失敗回数',
  setting: '設定',
  others: '他の設定に劣る',
  front: 'どの設定にも劣らない',
  own: '現在の設定',
  gap: '同じアドレスの試行間隔',
  pauses: '間隔の数',
  back: 'BAN終了から次の試行までの時間',
  returns: '再訪の回数',
  findtime: (text) => `findtime ${text}`,
};

/** The words of the charts of lib/simulate in one language. */
export const banningWords = (locale: Locale = 'en'): typeof en => (locale === 'ja' ? ja : en);
