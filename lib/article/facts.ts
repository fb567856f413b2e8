import type { Finding } from '../schema.js';
import { countedDates, type Site } from '../site.js';
import { derivedOf } from './derived.js';

/** What the article is written from. */
export interface Material {
  readonly site: Site;
  readonly synthetic: boolean;
  readonly period: { readonly first: string; readonly last: string } | null;
  readonly findings: readonly Finding[];
}

/** What no statistic finds: settings, the method, the article of 2019 itself, and what follows from the findings. */
export function factsOf({ site, period, findings }: Material): Finding[] {
  const settings = (['ssh', 'smtp'] as const).flatMap((service) => {
    const jails = Object.keys(site.jails).filter((jail) => site.jails[jail] === service);
    const ban = jails.map((jail) => site.bans[jail]).find((found) => found !== undefined);
    return (['bantime', 'findtime', 'maxretry'] as const).map(
      (key) => [`settings.${service}_${key}`, ban?.[key] ?? null, 's'] as const,
    );
  });
  const counted = period && countedDates(period, site);
  const is2019 = site.period?.from === '2018-12-01' && site.period.to === '2019-12-01';
  const facts: (readonly [string, string | number | null, string | null])[] = [
    ...settings,
    ...Object.entries(derivedOf(findings, counted)).map(([path, value]) => [path, value, null] as const),
    ['input.first', counted?.first ?? null, null],
    ['input.last', counted?.last ?? null, null],
    ['input.zone', site.zone, null],
    ['input.home_country', site.home, null],
    ['input.is_2019', is2019 ? 'yes' : 'no', null],
    ['method.confidence', 0.95, 'confidence'],
    ['source.bantime_text', 36_000, 's'],
    ['source.bantime_file', 360_000, 's'],
    ['source.bantime_days', 10, null],
    ['source.last_day', '2019-11-31', null],
  ];
  return facts.map(([path, value, unit]) => {
    const [statistic = '', key = ''] = path.split('.');
    return { statistic, key, value: value === null ? null : String(value), unit, n: null };
  });
}
