import type { Locale } from '../figures/figure.js';
import type { Claim } from './claim.js';
import { type Lookup, sentenceOf } from './write-section.js';

/** What stands in every article. */
export const texts = {
  title: {
    en: 'Who has been knocking on this server?',
    ja: 'このサーバには誰が来ていたのか — 不正アクセスの記録',
  },
  titleOfYear: {
    en: 'Who has been knocking on this server?',
    ja: 'このサーバには誰が来ていたのか — 不正アクセスの一年',
  },
  synthetic: {
    en: 'Synthetic data: the server, its attackers, every address and every name here were made up by banbook. Nobody is accused.',
    ja: 'これは合成データです。サーバ、攻撃者、アドレス、名前はすべてbanbookが作り出した架空のもので、実在の人物や組織を非難するものではありません。',
  },
  before: { en: 'Against an earlier period', ja: '以前の期間との比較' },
  changes: {
    en: 'Counts change by a part of what they were, by covered day where both years say how many days they cover; shares and other numbers by a difference. The intervals take events for independent; attempts come in bursts, so the true intervals are wider.',
    ja: '件数の変化は以前の期間に対する割合(両期間とも記録のある日数が分かる場合は1日あたり)、割合とその他の数値の変化は差で示します。区間は各件を独立とみなした場合のもので、試行は集中して起きるため、実際の区間はこれより広くなります。',
  },
  coverage: { en: 'What the numbers rest on', ja: '数値の根拠' },
  classes: {
    en: 'Every line and every mail of the input is in exactly one class; what was not understood is counted too.',
    ja: '入力の行とメールは、それぞれ必ず一つの分類に入ります。解釈できなかったものも数えています。',
  },
  unread: { en: 'what could not be read', ja: '読み取れなかったもの' },
  caption: { en: 'lines by kind of source and class', ja: '入力の種類と分類ごとの行数' },
} as const;

const traced = {
  en: 'Each number comes from findings.csv and can be followed back to the lines of a log.',
  ja: '数値はすべてfindings.csvによるもので、元のログの行までさかのぼって確かめられます。',
};

const periods: readonly Claim[] = [
  {
    if: { 'input.first': '≠ input.last' },
    en: `Counted is what the records tell of {input.first} to {input.last}; local times are in {input.zone}. ${traced.en}`,
    ja: `集計の対象は{input.first}から{input.last}までの記録で、時刻は{input.zone}のものです。${traced.ja}`,
  },
  {
    if: { 'input.first': '= input.last' },
    en: `Counted is what the records tell of one day, {input.first}; local times are in {input.zone}. ${traced.en}`,
    ja: `集計の対象は{input.first}の一日の記録で、時刻は{input.zone}のものです。${traced.ja}`,
  },
];

/** The title: that of a year only where about a year is counted. */
export const titleOf = (locale: Locale, find: Lookup): string =>
  texts[find('input.about_a_year').value === 'yes' ? 'titleOfYear' : 'title'][locale];

/** The sentences under the title. */
export function headSentences(synthetic: boolean, locale: Locale, find: Lookup): string[] {
  const reach = periods.flatMap((claim) => sentenceOf(claim, locale, find) ?? []);
  return [...(synthetic ? [texts.synthetic[locale]] : []), ...reach];
}
