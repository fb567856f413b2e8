import type { Compared, Comparison } from '../compare.js';
import type { Locale } from '../figures/figure.js';
import type { Table } from '../figures/table-html.js';
import { leastScores, muchUnknown } from './limits.js';
import { valueText } from './value-text.js';

type Words = Readonly<Record<Locale, string>>;

/** The findings that a reader would compare, by `statistic.key`. */
const main: Readonly<Record<string, Words>> = {
  'ssh-bans-by-month.total': { en: 'ssh bans', ja: 'sshのBAN件数' },
  'root-failures-by-month.total': { en: 'failed root logins', ja: 'rootのログイン失敗回数' },
  'postfix-bans-by-month.total': { en: 'mail bans', ja: 'メールのBAN件数' },
  'ban-table-by-month.exact_mean': { en: 'addresses banned at a time', ja: '同時にBANされたアドレス数' },
  'countries.top_country': { en: 'first country', ja: '最も多い国・地域' },
  'countries.top_share': { en: 'its share', ja: 'その割合' },
  'countries.home_rank': { en: 'rank of the home country', ja: '自国の順位' },
  'reverse-names-by-month.share': { en: 'share with a host name', ja: 'ホスト名のある割合' },
  'dovecot-accounts.total': { en: 'failed mail logins', ja: 'メールのログイン失敗回数' },
  'risk-scores.below_50_share': { en: 'scores below 50', ja: 'スコアが50未満の割合' },
  'rejects-by-month.total': { en: 'refusals and warnings', ja: '拒否・警告件数' },
};

const head: Readonly<Record<Locale, readonly string[]>> = {
  en: ['finding', 'before', 'now', 'change', '95 % interval'],
  ja: ['項目', '以前の期間', '今回の期間', '変化', '95 %区間'],
};

/** What a finding takes to be told: another that is below a limit, or reaches it, in both years. */
const needs: Readonly<
  Record<string, { readonly path: string; readonly below?: number; readonly least?: number }>
> = {
  'countries.top_share': { path: 'countries.unknown_share', below: muchUnknown },
  'countries.home_rank': { path: 'countries.unknown_share', below: muchUnknown },
  'reverse-names-by-month.share': { path: 'reverse-names-by-month.unknown_share', below: muchUnknown },
  'risk-scores.below_50_share': { path: 'risk-scores.scored', least: leastScores },
};

/** Do both years, as far as they tell, have what a finding takes? */
function isTold(path: string, byPath: ReadonlyMap<string, Compared>): boolean {
  const { path: other = '', below = Infinity, least = -Infinity } = needs[path] ?? {};
  const row = byPath.get(other);
  return [row?.before, row?.value].every((text) => text == null || (+text < below && +text >= least));
}

/** A change with its sign: of counts in per cent, of shares in points, of other numbers as it is. */
function changeText(change: number | null, { measure, unit }: Compared, locale: Locale): string | null {
  if (change === null) return null;
  const signed = (value: number, digits: number): string =>
    `${value > 0 ? '+' : ''}${value.toFixed(digits).replace(/^-0(\.0+)?$/, '0$1')}`;
  if (measure !== 'difference') return `${signed(100 * change, 1)} %`;
  if (unit === 'share') return `${signed(100 * change, 1)} ${locale === 'ja' ? 'ポイント' : 'points'}`;
  return signed(change, Number.isInteger(change) ? 0 : 1);
}

/** The main findings of two years side by side, with what makes the two less than comparable. */
export function comparisonTable(
  { before, after, rows, cautions }: Comparison,
  locale: Locale,
): { readonly table: Table; readonly caption: string; readonly cautions: string } {
  const byPath = new Map(rows.map((row) => [`${row.statistic}.${row.key}`, row]));
  const span = ({ period }: typeof before): string => (period ? `${period.first} – ${period.last}` : '–');
  const cells = Object.entries(main).flatMap(([path, words]) => {
    const row = byPath.get(path);
    if (!row || (row.before === null && row.value === null) || !isTold(path, byPath)) return [];
    const [was, is] = [row.before, row.value].map((value) => value && valueText({ ...row, value }, locale));
    const [low, high] = [row.change_low, row.change_high].map((end) => changeText(end, row, locale));
    const interval = low == null ? null : `${low} … ${high}`;
    return [[words[locale], was, is, changeText(row.change, row, locale), interval]];
  });
  return {
    table: { columns: head[locale], rows: cells },
    caption: `${span(before)} → ${span(after)}`,
    cautions: cautions.map((caution) => caution[locale]).join(locale === 'ja' ? '' : ' '),
  };
}
