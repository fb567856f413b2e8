import { countryName } from '../figures/country-name.js';
import type { Locale } from '../figures/figure.js';
import type { Finding } from '../schema.js';

const months = 'January February March April May June July August September October November December'.split(
  ' ',
);

const monthText = (month: string, locale: Locale): string => {
  const [year, number] = month.split('-').map(Number);
  return locale === 'ja' ? `${year}年${number}月` : `${months[(number ?? 1) - 1]} ${year}`;
};

const grouped = (number: string): string =>
  number.replace(/^-?\d+/, (whole) => whole.replace(/\B(?=(?:\d{3})+$)/g, ','));

/** A finding as a sentence has it: months in words, shares as percentages, country names for codes, a p-value with its sign. */
export function valueText(
  { key, value, unit }: Pick<Finding, 'key' | 'value' | 'unit'>,
  locale: Locale,
): string {
  const text = value ?? '';
  if (/^\d{4}-\d{2}(, \d{4}-\d{2})*$/.test(text)) {
    const named = text.split(', ').map((month) => monthText(month, locale));
    if (locale === 'ja') return named.join('、');
    return named.length < 2 ? named.join('') : `${named.slice(0, -1).join(', ')} and ${named.at(-1)}`;
  }
  if (/(^|_)country$/.test(key)) return countryName(text, locale);
  if (unit === 'p') return Number(text) < 0.001 ? '< 0.001' : `= ${Number(text).toFixed(3)}`;
  if (key === 'top_account' && text === '') return locale === 'ja' ? '(空文字列)' : '(empty)';
  if (!/^-?\d+(\.\d+)?$/.test(text) || unit === null) return text;
  if (unit === 'share') return `${(Number(text) * 100).toFixed(1)} %`;
  if (unit === 'confidence') return `${Math.round(Number(text) * 100)} %`;
  if (unit === 'hour') return locale === 'ja' ? `${text}時` : `${text.padStart(2, '0')}:00`;
  return grouped(text);
}
