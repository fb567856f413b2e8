import type { Claim, Section } from './claim.js';
import { leastScores } from './limits.js';

const scores = (id: string, en: string, ja: string): Claim[] => [
  {
    if: { [`${id}.scored`]: `>=${leastScores}` },
    en: `${en}: a score is known of {${id}.scored} of {${id}.total banned address|banned addresses}; {${id}.below_50_share} of the scores are below the middle of the scale, {${id}.from_90_share} in its highest tenth.`,
    ja: `${ja}では、BANされた{${id}.total}アドレスのうちスコアの付いたものは{${id}.scored}アドレスです。そのうち、スコアが最大値の半分に満たないものが{${id}.below_50_share}、最大値の九割以上のものが{${id}.from_90_share}を占めます。`,
  },
  {
    if: { [`${id}.scored`]: ['>=1', `<${leastScores}`] },
    en: `${en}: a score is known of {${id}.scored} of {${id}.total banned address|banned addresses}, which is too few to speak of shares.`,
    ja: `${ja}では、BANされた{${id}.total}アドレスのうちスコアの付いたものは{${id}.scored}アドレスと少なく、割合は判断できません。`,
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
    ...scores('risk-scores-home', 'The home country', '自国の接続元'),
    {
      if: { 'risk-scores.scored': `>=${leastScores}`, 'risk-scores.below_50_share': '>=0.5' },
      en: 'So most of the scored hosts count as rather benign, although all of them were banned: the score predicts, it does not judge what a host did.',
      ja: 'いずれもBANされた接続元ですが、スコアの付いたものの過半は比較的良性と評価されています。スコアは予測であり、実際の行為を判定したものではありません。',
    },
    {
      if: { 'risk-scores.scored': `>=${leastScores}`, 'risk-scores.below_50_share': '<0.5' },
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

const refused = {
  en: 'Because of a block list or of the client’s host name, postfix refused or warned {rejects-by-month.total time|times}',
  ja: 'RBLまたは接続元のホスト名を理由とするpostfixの拒否と警告は合計{rejects-by-month.total}件',
};

export const rejects: Section = {
  id: 'rejects-by-month',
  title: { en: 'Refusals of the mail server', ja: 'メールサーバの接続拒否' },
  statistics: ['rejects-by-month'],
  claims: [
    {
      if: { 'rejects-by-month.total': '<1' },
      en: 'postfix refused and warned of nothing because of a block list or of the client’s host name.',
      ja: 'RBLまたは接続元のホスト名を理由とするpostfixの拒否と警告はありません。',
    },
    {
      if: { 'rejects-by-month.total': '>=1', 'rejects-by-month.list_1': 'null' },
      en: `${refused.en}.`,
      ja: `${refused.ja}です。`,
    },
    {
      if: { 'rejects-by-month.total': '>=1', 'rejects-by-month.list_2': 'null' },
      en: `${refused.en}; {rejects-by-month.list_1} accounts for {rejects-by-month.rbl_1_total}.`,
      ja: `${refused.ja}で、そのうち{rejects-by-month.list_1}によるものが{rejects-by-month.rbl_1_total}件です。`,
    },
    {
      if: { 'rejects-by-month.total': '>=1' },
      en: `${refused.en}; {rejects-by-month.list_1} accounts for {rejects-by-month.rbl_1_total}, {rejects-by-month.list_2} for {rejects-by-month.rbl_2_total}.`,
      ja: `${refused.ja}で、そのうち{rejects-by-month.list_1}によるものが{rejects-by-month.rbl_1_total}件、{rejects-by-month.list_2}によるものが{rejects-by-month.rbl_2_total}件です。`,
    },
    {
      if: { 'rejects-by-month.other_lists_total': '>=1' },
      en: 'Other block lists account for {rejects-by-month.other_lists_total}.',
      ja: 'その他のRBLによるものは{rejects-by-month.other_lists_total}件です。',
    },
    {
      if: { 'rejects-by-month.total': '>=1' },
      en: 'Host names that could not be resolved (No Service) make up {rejects-by-month.no_service_total}, host names that do not lead back to the address (No Address) {rejects-by-month.no_address_total}.',
      ja: 'ホスト名を解決できないもの(No Service)は{rejects-by-month.no_service_total}件、名前とアドレスが対応しないもの(No Address)は{rejects-by-month.no_address_total}件です。',
    },
    {
      if: { 'rejects-by-month.spikes': '>=1' },
      en: 'Refusals by {rejects-by-month.list_1} stand out in {rejects-by-month.spike_months}: a usual month has {rejects-by-month.usual_rejects}.',
      ja: '{rejects-by-month.list_1}による拒否は{rejects-by-month.spike_months}に突出しています。通常の月は{rejects-by-month.usual_rejects}件です。',
    },
    {
      // Without half a year there is no usual month.
      if: { 'rejects-by-month.spikes': '<1', 'rejects-by-month.usual_rejects': '>=0' },
      en: 'No month stands out by its refusals by {rejects-by-month.list_1}.',
      ja: '{rejects-by-month.list_1}による拒否が突出した月はありません。',
    },
    {
      if: { 'rejects-by-month.rbl_1_total': '>=1', 'rejects-by-month.usual_rejects': 'null' },
      en: 'Too few months are covered to tell whether one stands out.',
      ja: '記録のある月が少なく、突出した月があるかどうかは判断できません。',
    },
  ],
};

const by = {
  en: 'by the settings in site.json or else the usual ones of banbook',
  ja: 'site.jsonの設定(なければbanbookの既定値)により',
};

/** What the jail of a service is taken to be set to, where it banned anybody. */
function jail(
  service: 'ssh' | 'smtp',
  bans: string,
  of: { readonly en: string; readonly ja: string },
): Claim[] {
  const after = `after {settings.${service}_maxretry failure|failures} within {settings.${service}_findtime second|seconds}`;
  const failed = `{settings.${service}_findtime}秒以内に{settings.${service}_maxretry}回失敗したアドレスを`;
  const [banned, bantime] = [{ [`${bans}.total`]: '>=1' }, `settings.${service}_bantime`];
  return [
    {
      if: { ...banned, [bantime]: '>=0' },
      en: `The article takes the ${of.en} jail to ban for {settings.${service}_bantime second|seconds} ${after}, ${by.en}.`,
      ja: `この記事は、${by.ja}、${of.ja}用のjailが${failed}{settings.${service}_bantime}秒間BANするものとしています。`,
    },
    {
      if: { ...banned, [bantime]: '-1' },
      en: `The article takes the ${of.en} jail to ban for ever ${after}, ${by.en}.`,
      ja: `この記事は、${by.ja}、${of.ja}用のjailが${failed}無期限にBANするものとしています。`,
    },
  ];
}

export const settings: Section = {
  id: 'settings',
  title: { en: 'Settings and limits', ja: '設定と限界' },
  statistics: [],
  claims: [
    ...jail('ssh', 'ssh-bans-by-month', { en: 'ssh', ja: 'ssh' }),
    ...jail('smtp', 'postfix-bans-by-month', { en: 'mail', ja: 'メール' }),
    {
      if: { 'ban-table-by-month.total': '>=1' },
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
