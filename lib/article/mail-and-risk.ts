import type { Claim, Section } from './claim.js';

const scores = (id: string, en: string, ja: string): Claim[] => [
  {
    en: `${en}: {${id}.scored} of {${id}.total} addresses have a score; {${id}.below_50_share} of the scores are below the middle of the scale, {${id}.from_90_share} in its highest tenth.`,
    ja: `${ja}では、{${id}.total}アドレスのうちスコアの付いたものは{${id}.scored}アドレスです。そのうち、スコアが目盛りの中央より低いものが{${id}.below_50_share}、最も高い区間に入るものが{${id}.from_90_share}を占めます。`,
  },
];

export const risk: Section = {
  id: 'risk-scores',
  title: { en: 'Risk scores', ja: 'リスクスコア' },
  statistics: ['risk-scores', 'risk-scores-home'],
  claims: [
    {
      if: { 'risk-scores.simulated': '>=1' },
      en: 'The scores are simulated: no service was asked. They say nothing about real hosts.',
      ja: 'このスコアはシミュレータによる模擬値で、実際のサービスに問い合わせた結果ではありません。実在のホストの評価を示すものではありません。',
    },
    ...scores('risk-scores', 'All sources', 'すべての接続元'),
    ...scores('risk-scores-home', 'The home country', '国内の接続元'),
    {
      if: { 'risk-scores.scored': '>=1', 'risk-scores.below_50_share': '>=0.5' },
      en: 'So most of the scored hosts count as rather benign, although all of them were banned: the score predicts, it does not judge what a host did.',
      ja: 'いずれもBANされた接続元ですが、スコアの付いたものの過半は比較的良性と評価されています。スコアは予測であり、実際の行為を判定したものではありません。',
    },
    {
      if: { 'risk-scores.scored': '>=1', 'risk-scores.below_50_share': '<0.5' },
      en: 'So most of the scored hosts count as rather malicious.',
      ja: 'スコアの付いた接続元の過半は、悪性寄りと評価されています。',
    },
    {
      if: { 'risk-scores.scored': '<1' },
      en: 'No address has a score: nothing was asked, or nothing was answered.',
      ja: 'スコアの付いたアドレスはありません。問い合わせていないか、回答がありませんでした。',
    },
  ],
};

export const rejects: Section = {
  id: 'rejects-by-month',
  title: { en: 'Refusals of the mail server', ja: 'メールサーバの接続拒否' },
  statistics: ['rejects-by-month'],
  claims: [
    {
      en: 'postfix refused or warned {rejects-by-month.total} times. {rejects-by-month.list_1} accounts for {rejects-by-month.rbl_1_total}, {rejects-by-month.list_2} for {rejects-by-month.rbl_2_total}.',
      ja: 'postfixの拒否と警告は合計{rejects-by-month.total}件で、そのうち{rejects-by-month.list_1}によるものが{rejects-by-month.rbl_1_total}件、{rejects-by-month.list_2}によるものが{rejects-by-month.rbl_2_total}件です。',
    },
    {
      en: 'Host names that could not be resolved make up {rejects-by-month.no_service_total}, addresses not listed for their name {rejects-by-month.no_address_total}.',
      ja: 'ホスト名を解決できないもの(No Service)は{rejects-by-month.no_service_total}件、名前とアドレスが対応しないもの(No Address)は{rejects-by-month.no_address_total}件です。',
    },
    {
      if: { 'rejects-by-month.spikes': '>=1' },
      en: 'Refusals by {rejects-by-month.list_1} stand out in {rejects-by-month.spike_months}: a usual month has {rejects-by-month.usual_rejects}.',
      ja: '{rejects-by-month.list_1}による拒否は{rejects-by-month.spike_months}に突出しています。通常の月は{rejects-by-month.usual_rejects}件です。',
    },
    {
      if: { 'rejects-by-month.spikes': '<1' },
      en: 'No month stands out.',
      ja: '突出した月はありません。',
    },
  ],
};

export const settings: Section = {
  id: 'settings',
  title: { en: 'Settings and limits', ja: '設定と限界' },
  statistics: [],
  claims: [
    {
      if: { 'settings.ssh_bantime': '>=0' },
      en: 'The ssh jail bans for {settings.ssh_bantime} seconds after {settings.ssh_maxretry} failures within {settings.ssh_findtime} seconds.',
      ja: 'ssh用のjailは、{settings.ssh_findtime}秒以内に{settings.ssh_maxretry}回失敗したアドレスを{settings.ssh_bantime}秒間BANします。',
    },
    {
      if: { 'settings.ssh_bantime': '-1' },
      en: 'The ssh jail bans for ever after {settings.ssh_maxretry} failures within {settings.ssh_findtime} seconds.',
      ja: 'ssh用のjailは、{settings.ssh_findtime}秒以内に{settings.ssh_maxretry}回失敗したアドレスを無期限にBANします。',
    },
    {
      if: { 'settings.smtp_bantime': '>=0' },
      en: 'The mail jail bans for {settings.smtp_bantime} seconds after {settings.smtp_maxretry} failures within {settings.smtp_findtime} seconds.',
      ja: 'メール用のjailは、{settings.smtp_findtime}秒以内に{settings.smtp_maxretry}回失敗したアドレスを{settings.smtp_bantime}秒間BANします。',
    },
    {
      if: { 'settings.smtp_bantime': '-1' },
      en: 'The mail jail bans for ever after {settings.smtp_maxretry} failures within {settings.smtp_findtime} seconds.',
      ja: 'メール用のjailは、{settings.smtp_findtime}秒以内に{settings.smtp_maxretry}回失敗したアドレスを無期限にBANします。',
    },
    {
      en: 'Another setting gives other counts from the same attacks.',
      ja: '設定が変われば、同じ攻撃でも件数は変わります。',
    },
    {
      if: { 'input.is_2019': 'yes' },
      en: 'The article of this year, published before, disagrees with itself: its ban time is {source.bantime_text} seconds in the text, {source.bantime_file} seconds in the configuration and {source.bantime_days} days in words, and its period ends on {source.last_day}, a date that does not exist.',
      ja: '同じ年を扱った元の記事には食い違いがあります。BANの長さは本文では{source.bantime_text}秒、設定ファイルでは{source.bantime_file}秒、別の説明では{source.bantime_days}日とされ、集計期間の終わりは{source.last_day}という存在しない日付です。',
    },
    {
      en: 'Lost logs, mails that were not sent and restarts of fail2ban make counts too small; days without any record are left out of the rates. An address can stand for many machines, and a machine can have many addresses.',
      ja: 'ログの欠落、送信されなかったメール、fail2banの再起動により、件数は実際より少なくなることがあります。記録のない日は、1日あたりの件数の計算から除いています。一つのアドレスの背後に多数の機器があることも、一台の機器が多数のアドレスを使うこともあります。',
    },
  ],
};
