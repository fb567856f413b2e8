import type { Finding } from '../schema.js';

/** First and last date of what is counted. */
type Dates = { readonly first: string; readonly last: string } | null;

/** Value of a finding by `statistic.key`. */
type Value = (path: string) => string | null;

const monthly = ['ssh-bans-by-month', 'root-failures-by-month', 'postfix-bans-by-month'];

const yes = (said: boolean): string => (said ? 'yes' : 'no');

/** The number of a month, from year nought. @param month such as `2019-05` */
const numberOf = (month: string): number => 12 * Number(month.slice(0, 4)) + Number(month.slice(5, 7));

const monthBefore = (month: string): string => {
  const number = numberOf(month) - 2;
  return `${Math.floor(number / 12)}-${String((number % 12) + 1).padStart(2, '0')}`;
};

const daysIn = (month: string): number =>
  new Date(Date.UTC(+month.slice(0, 4), +month.slice(5, 7), 0)).getUTCDate();

/**
 * What sentences rest on and what follows from the findings, by `statistic.key`: `change_eve` is the last month before a
 * change.
 */
export function derivedOf(
  findings: readonly Finding[],
  dates: Dates,
): Readonly<Record<string, string | null>> {
  const byPath = new Map(findings.map((f) => [`${f.statistic}.${f.key}`, f]));
  const value: Value = (path) => byPath.get(path)?.value ?? null;
  const entries = monthly.flatMap((id): [string, string | null][] => {
    const change = value(`${id}.change_month`);
    const months = byPath.get(`${id}.months_covered_in_full`)?.n ?? 0;
    return [
      [`${id}.change_eve`, change && monthBefore(change)],
      [`${id}.rose_first`, yes(change !== null && roseFirst(id, value, months, dates))],
    ];
  });
  return {
    ...Object.fromEntries(entries),
    'ssh-bans-by-hour.enough': enoughByHour(value),
    'input.about_a_year': yes(isAboutAYear(dates)),
  };
}

/**
 * Did a count that is lower after its change rise to its highest month before? That month must not be the first, and
 * must pass the mean up to the change, of which it is a part, by a quarter and by three standard deviations of
 * independent events.
 */
function roseFirst(id: string, value: Value, months: number, dates: Dates): boolean {
  const [peak, change] = [value(`${id}.peak_month`), value(`${id}.change_month`)];
  if (value(`${id}.trend`) !== 'falling' || !peak || !change || peak >= change || !dates) return false;
  // The statistic may begin after the input does; then its first month is not known.
  const reach = numberOf(dates.last) - numberOf(dates.first) + 1;
  if (months !== reach || numberOf(peak) <= numberOf(dates.first)) return false;
  const count = Number(value(`${id}.peak_bans`) ?? value(`${id}.peak_failures`));
  const usual = Number(value(`${id}.rate_before`)) * daysIn(peak);
  return count >= usual + Math.max(usual / 4, 3 * Math.sqrt(usual));
}

/** Each hour has to expect five bans, as the chi-square test has it, and a fortnight has to show what an hour usually has. */
const least = { bans: 24 * 5, days: 14 };

/** May anything be said of the hours? Null without a ban. */
function enoughByHour(value: Value): string | null {
  const [bans, days] = [
    Number(value('ssh-bans-by-hour.total')),
    Number(value('ssh-bans-by-month.days_covered')),
  ];
  return bans === 0 ? null : yes(bans >= least.bans && days >= least.days);
}

function isAboutAYear(dates: Dates): boolean {
  if (!dates) return false;
  const days = (Date.parse(dates.last) - Date.parse(dates.first)) / 86_400_000 + 1;
  return days >= 330 && days <= 400;
}
