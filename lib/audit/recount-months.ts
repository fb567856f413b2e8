import type { Observation } from './observation.js';
import {
  coveredBy,
  type Group,
  isWithin,
  type Recount,
  type RecountContext,
  type RecountedRow,
  type RecountRule,
} from './recount.js';

/** Whether it is a ban by a jail of the service. */
export const isBanOf = (
  service: 'ssh' | 'smtp',
  { kind, name }: Observation,
  { site }: RecountContext,
): boolean => {
  const jail = name.toLowerCase();
  return kind === 'ban' && Object.hasOwn(site.jails, jail) && site.jails[jail] === service;
};

export const monthOf = (local: string): string => `${local.slice(0, 7)}-01`;

export const daysInMonth = (month: string): number =>
  new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5, 7)), 0)).getUTCDate();

/** Every month from the first to the last in which anything is covered or counted. */
export function byMonth(
  kind: 'log' | 'mail',
  values: (group: Group | undefined, recount: Recount, month: string) => RecountedRow,
  daemon?: 'postfix' | 'sshd',
): RecountRule['table'] {
  return (recount) => {
    const { groups, context } = recount;
    const dates = coveredBy(kind, recount).filter((date) => isWithin(date, context.site));
    const written = daemon && new Set([...context.covered[daemon]].map(monthOf));
    const days = new Map<string, number>();
    for (const date of dates) days.set(monthOf(date), (days.get(monthOf(date)) ?? 0) + 1);
    const months = [...days.keys(), ...groups.keys()].sort();
    const rows = new Map<string, RecountedRow>();
    for (let month = months[0]; month !== undefined && month <= (months.at(-1) ?? ''); ) {
      const [year = 0, number = 0] = month.split('-').map(Number);
      const group = groups.get(month);
      const covered = (!written || written.has(month) ? days.get(month) : 0) ?? 0;
      const counted = Object.entries(values(group, recount, month));
      const missing = !group && covered === 0;
      rows.set(month, {
        ...Object.fromEntries(counted.map(([name, value]) => [name, missing ? null : value])),
        days_covered: covered,
        per_day: covered > 0 ? (group?.count ?? 0) / covered : null,
        days_in_month: daysInMonth(month),
      });
      month = new Date(Date.UTC(year, number, 1)).toISOString().slice(0, 10);
    }
    return rows;
  };
}
