import type { Observation } from './observation.js';
import type { Recount, RecountContext, RecountedRow, RecountRule } from './recount.js';
import { coveredBy, isWithin } from './recount.js';
import { daysInMonth, monthOf } from './recount-months.js';

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
    if (
      service === null ||
      seen.kind === 'listed' ||
      (seen.kind === 'ban' && seen.via !== recount.sourceOf(service))
    )
      continue;
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
    const month = monthOf(date);
    dates.set(month, [...(dates.get(month) ?? []), date]);
  }
  const stays = staysOf(recount);
  const snapshots = snapshotsOf(recount);
  const rows = new Map<string, RecountedRow>();
  const months = [...dates.keys()];
  for (let month = months[0]; month !== undefined && month <= (months.at(-1) ?? ''); ) {
    const days = dates.get(month) ?? [];
    const [year = 0, number = 0] = month.split('-').map(Number);
    const [opens, closes] = [Date.parse(days[0] ?? ''), Date.parse(days.at(-1) ?? '') + 86_400_000];
    const bans = recount.groups.get(month)?.count ?? 0;
    rows.set(month, {
      ...(days.length === 0 ? noTable : { ...sizeIn(stays, opens, closes), bans }),
      ...(snapshots.get(month) ?? noSnapshots),
      days_covered: days.length,
      days_in_month: daysInMonth(month),
    });
    month = new Date(Date.UTC(year, number, 1)).toISOString().slice(0, 10);
  }
  for (const [month, snapshot] of snapshots)
    if (!rows.has(month))
      rows.set(month, { ...noTable, ...snapshot, days_covered: 0, days_in_month: daysInMonth(month) });
  return rows;
}

const noTable = { exact_mean: null, exact_max: null, bans: null };
const noSnapshots = { snapshot_mean: null, snapshots: 0 };

/** What the reports listed, by the month of the morning after their day, in which they were written. */
function snapshotsOf({ kept, context }: Recount): Map<string, { snapshot_mean: number; snapshots: number }> {
  const tables = new Map<string, Map<string, { total: number | null; readonly addresses: Set<string> }>>();
  for (const seen of kept) {
    if (seen.kind !== 'listed' || serviceOf(seen, context) === null) continue;
    const morning = new Date(msOf(seen.local) + 86_400_000).toISOString().slice(0, 10);
    if (!isWithin(morning, context.site)) continue;
    const jails = tables.get(morning) ?? new Map();
    tables.set(morning, jails);
    const jail = `${seen.host} ${seen.name.toLowerCase()}`;
    const known = jails.get(jail) ?? { total: null, addresses: new Set() };
    jails.set(jail, known);
    if (seen.address === null) known.total = Math.max(known.total ?? 0, seen.count);
    else known.addresses.add(seen.address);
  }
  const sizes = new Map<string, number[]>();
  for (const [morning, jails] of tables) {
    const size = [...jails.values()].reduce(
      (sum, { total, addresses }) => sum + (total ?? addresses.size),
      0,
    );
    const month = monthOf(morning);
    sizes.set(month, [...(sizes.get(month) ?? []), size]);
  }
  return new Map(
    [...sizes].map(([month, all]) => [
      month,
      { snapshot_mean: all.reduce((sum, size) => sum + size, 0) / all.length, snapshots: all.length },
    ]),
  );
}

export const banTableRule: RecountRule = {
  key: 'month',
  keyOf: (seen, context) =>
    seen.kind === 'ban' && serviceOf(seen, context) !== null ? monthOf(seen.local) : null,
  familyOf: (seen, context) => serviceOf(seen, context) ?? '',
  keeps: ({ kind, address }) =>
    kind === 'listed' || (address !== null && (kind === 'ban' || kind === 'unban' || kind === 'restore')),
  table: banTable,
};
