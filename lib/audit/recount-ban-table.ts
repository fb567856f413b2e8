import type { Observation } from './observation.js';
import type { Recount, RecountContext, RecountedRow, RecountRule } from './recount.js';
import { coveredBy, isWithin } from './recount.js';

type Service = 'ssh' | 'smtp';

const serviceOf = ({ name }: Observation, { site }: RecountContext): Service | null => {
  const jail = name.toLowerCase();
  const service = Object.hasOwn(site.jails, jail) ? site.jails[jail] : null;
  return service === 'ssh' || service === 'smtp' ? service : null;
};

interface Stay {
  readonly from: number;
  readonly to: number;
}

const msOf = (local: string): number => Date.parse(`${local}Z`);

/** From when to when each address was in the table. The statistic sweeps over all changes; here each address goes alone. */
function staysOf(recount: Recount): Stay[] {
  const { context, kept } = recount;
  const byAddress = new Map<string, Observation[]>();
  for (const seen of kept) {
    const service = serviceOf(seen, context);
    if (service === null || (seen.kind === 'ban' && seen.via !== recount.sourceOf(service))) continue;
    const who = `${service} ${seen.address}`;
    const known = byAddress.get(who);
    if (known) known.push(seen);
    else byAddress.set(who, [seen]);
  }
  return [...byAddress.values()].flatMap((seen) => {
    const ordered = seen.sort(
      (a, b) => msOf(a.local) - msOf(b.local) || Number(b.kind === 'unban') - Number(a.kind === 'unban'),
    );
    return ordered.flatMap(({ kind, local, name }, i) => {
      if (kind === 'unban') return [];
      const next = ordered[i + 1];
      const bantime = context.site.bans[name.toLowerCase()]?.bantime ?? 0;
      const due = bantime < 0 ? Number.POSITIVE_INFINITY : msOf(local) + 1000 * bantime;
      const told = next ? msOf(next.local) : Number.POSITIVE_INFINITY;
      return [{ from: msOf(local), to: next?.kind === 'unban' ? told : Math.min(due, told) }];
    });
  });
}

/** Mean by the time that each stay has in the window; the most by counting beginnings and ends apart. */
function sizeIn(
  stays: readonly Stay[],
  opens: number,
  closes: number,
): { exact_mean: number; exact_max: number } {
  const within = stays.filter(({ from, to }) => from < closes && to > opens && to > from);
  const time = within.reduce((sum, { from, to }) => sum + Math.min(to, closes) - Math.max(from, opens), 0);
  const starts = within.map(({ from }) => Math.max(from, opens)).sort((a, b) => a - b);
  const ends = within.map(({ to }) => to).sort((a, b) => a - b);
  let [ended, most] = [0, 0];
  for (const [i, start] of starts.entries()) {
    while ((ends[ended] ?? Number.POSITIVE_INFINITY) <= start) ended++;
    most = Math.max(most, i + 1 - ended);
  }
  return { exact_mean: time / (closes - opens), exact_max: most };
}

function banTable(recount: Recount): Map<string, RecountedRow> {
  const { site } = recount.context;
  const dates = new Map<string, string[]>();
  const all = new Set((['ssh', 'smtp'] as const).flatMap((service) => coveredBy('mail', recount, service)));
  for (const date of [...all].sort()) {
    if (!isWithin(date, site)) continue;
    const month = `${date.slice(0, 7)}-01`;
    dates.set(month, [...(dates.get(month) ?? []), date]);
  }
  const stays = staysOf(recount);
  const rows = new Map<string, RecountedRow>();
  const months = [...dates.keys()];
  for (let month = months[0]; month !== undefined && month <= (months.at(-1) ?? ''); ) {
    const days = dates.get(month) ?? [];
    const [year = 0, number = 0] = month.split('-').map(Number);
    const days_in_month = new Date(Date.UTC(year, number, 0)).getUTCDate();
    const [opens, closes] = [Date.parse(days[0] ?? ''), Date.parse(days.at(-1) ?? '') + 86_400_000];
    const bans = recount.groups.get(month)?.count ?? 0;
    const none = { exact_mean: null, exact_max: null, bans: null };
    rows.set(month, {
      ...(days.length === 0 ? none : { ...sizeIn(stays, opens, closes), bans }),
      days_covered: days.length,
      days_in_month,
    });
    month = new Date(Date.UTC(year, number, 1)).toISOString().slice(0, 10);
  }
  return rows;
}

/** The morning reports are not read again: the audit names their columns as not audited. */
export const banTableRule: RecountRule = {
  key: 'month',
  keyOf: (seen, context) =>
    seen.kind === 'ban' && serviceOf(seen, context) !== null ? `${seen.local.slice(0, 7)}-01` : null,
  familyOf: (seen, context) => serviceOf(seen, context) ?? '',
  keeps: ({ kind, address }) =>
    address !== null && (kind === 'ban' || kind === 'unban' || kind === 'restore'),
  table: banTable,
};
