import type { Finding } from '../schema.js';
import { type BanSettings, countedDates, defaultSite, type Site } from '../site.js';
import { derivedOf } from './derived.js';

/** What the article is written from. */
export interface Material {
  readonly site: Site;
  readonly synthetic: boolean;
  readonly period: { readonly first: string; readonly last: string } | null;
  readonly findings: readonly Finding[];
}

const keys = ['bantime', 'findtime', 'maxretry'] as const;

/**
 * What the jails of a service are set to. Each jail that the site may have has settings, those that nobody gave the
 * usual ones: where some differ, these were given. Null where those differ among themselves.
 */
function settingsOf(service: 'ssh' | 'smtp', { jails, bans }: Site): BanSettings | null {
  const textOf = (ban: BanSettings | undefined): string => keys.map((key) => ban?.[key]).join(' ');
  const usual = textOf(defaultSite.bans[service === 'ssh' ? 'sshd' : 'postfix']);
  const own = Object.keys(jails).flatMap((jail) => (jails[jail] === service ? (bans[jail] ?? []) : []));
  const given = own.filter((ban) => textOf(ban) !== usual);
  const [first = null, ...others] = given.length > 0 ? given : own;
  return others.every((ban) => textOf(ban) === textOf(first ?? undefined)) ? first : null;
}

/** What no statistic finds: settings, the method, the article of 2019 itself, and what follows from the findings. */
export function factsOf({ site, synthetic, period, findings }: Material): Finding[] {
  const settings = (['ssh', 'smtp'] as const).flatMap((service) => {
    const ban = settingsOf(service, site);
    return keys.map((key) => [`settings.${service}_${key}`, ban?.[key] ?? null, 's'] as const);
  });
  const counted = period && countedDates(period, site);
  // The forged year is that of the article; another server of that year has nothing to do with it.
  const is2019 = synthetic && site.period?.from === '2018-12-01' && site.period.to === '2019-12-01';
  const derived = Object.entries(derivedOf(findings, counted));
  const facts: (readonly [string, string | number | null, string | null])[] = [
    ...settings,
    ...derived.map(([path, value]) => [path, value, null] as const),
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
