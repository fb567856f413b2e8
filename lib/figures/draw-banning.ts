import type { Banning, SettingOutcome } from '../simulate/index.js';
import { banningWords } from './banning-words.js';
import { durationHistogram } from './duration-histogram.js';
import type { Figure, FigureOptions, Locale } from './figure.js';
import { rangeBars } from './range-bars.js';
import { settingPoints } from './setting-points.js';

/** What the charts have to know beside the jail. A Book is one. */
export interface BanningContext {
  readonly synthetic: boolean;
  readonly period: { readonly first: string; readonly last: string } | null;
  readonly locale?: Locale;
}

const titles = {
  through: { en: 'Attempts let through by bantime', ja: 'bantimeを変えた場合に通過する試行' },
  settings: {
    en: 'Attempts let through, against the size of the ban table',
    ja: '通過する試行とBAN中のアドレス数',
  },
  gaps: { en: 'Pauses between two tries', ja: '同じアドレスの試行の間隔' },
  returns: { en: 'Returns after a ban', ja: 'BANの終了から再訪までの時間' },
} as const;

/** The charts of one jail: `drawBanning(banning, book)`. */
export function drawBanning(banning: Banning, { synthetic, period, locale = 'en' }: BanningContext) {
  const words = banningWords(locale);
  const options = (id: keyof typeof titles, n: number, unit: string): FigureOptions => ({
    name: `banning-${id}`,
    title: titles[id][locale],
    source: {
      ...{ n, unit, data: null, synthetic },
      period: period && { from: period.first, to: period.last },
    },
    locale,
  });
  return {
    /** Attempts let through under few settings, the site's own among them. */
    through: (outcomes: readonly SettingOutcome[]): Figure =>
      rangeBars(outcomes, 'through', words.through, options('through', banning.attempts, words.attempts)),
    /** All settings, and those that nothing beats. */
    settings: (outcomes: readonly SettingOutcome[], front: readonly SettingOutcome[]): Figure =>
      settingPoints(outcomes, front, options('settings', outcomes.length, words.setting)),
    gaps: (): Figure => {
      const { gaps } = banning.tries;
      const { findtime } = banning.settings;
      const mark = { seconds: findtime, label: words.findtime(`${findtime} s`) };
      return durationHistogram(gaps, {
        ...options('gaps', gaps.length, words.pauses),
        ...{ of: words.gap, unit: words.pauses, mark },
      });
    },
    returns: (): Figure => {
      const { returns } = banning.tries;
      return durationHistogram(returns, {
        ...options('returns', returns.length, words.returns),
        ...{ of: words.back, unit: words.returns },
      });
    },
  };
}
