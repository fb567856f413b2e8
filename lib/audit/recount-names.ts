import type { Observation } from './observation.js';
import type { Group, Recount, RecountContext, RecountedRow, RecountRule } from './recount.js';
import { byMonth, isBanOf, monthOf } from './recount-months.js';

const addressOf = ({ address }: Observation): string => address ?? '';

/** Square of the sum by the sum of the squares; null of nothing. */
function effective(counts: readonly number[]): number | null {
  const sum = counts.reduce((total, n) => total + n, 0);
  return sum === 0 ? null : sum ** 2 / counts.reduce((total, n) => total + n ** 2, 0);
}

function names(group: Group | undefined, { context }: Recount): RecountedRow {
  const parts = [...(group?.parts ?? [])].map(([address, n]) => ({
    n,
    address,
    status: context.nameStatusOf.get(address) ?? 'never asked',
  }));
  const of = (...statuses: string[]): typeof parts => parts.filter(({ status }) => statuses.includes(status));
  const sum = (some: typeof parts): number => some.reduce((total, { n }) => total + n, 0);
  const bans = sum(parts);
  const [named, unnamed] = [sum(of('confirmed', 'unconfirmed')), sum(of('none'))];
  const isAnswered = named + unnamed > 0;
  return {
    bans,
    named,
    unnamed,
    unanswered: sum(of('timeout', 'refused', 'error')),
    never_asked: sum(of('never asked')),
    confirmed: sum(of('confirmed')),
    addresses: group?.addresses.size ?? 0,
    addresses_never_asked: of('never asked').filter(({ address }) => address !== '').length,
    share: isAnswered ? named / bans : null,
    highest_share: isAnswered ? (bans - unnamed) / bans : null,
    effective_n: effective(parts.map(({ n }) => n)),
  };
}

function namesByMonth(recount: Recount): Map<string, RecountedRow> {
  const all = new Map<string, number>();
  for (const { parts } of recount.groups.values())
    for (const [address, n] of parts) all.set(address, (all.get(address) ?? 0) + n);
  const effective_n_in_all = effective([...all.values()]);
  const rows = byMonth('mail', names)(recount);
  return new Map([...rows].map(([month, row]) => [month, { ...row, effective_n_in_all }]));
}

/** Lower ends of the bins, the last of which has the 100 too. */
const tens = [0, 10, 20, 30, 40, 50, 60, 70, 80, 90];
const binAt = (low: number): string => `${low}-${low === 90 ? 100 : low + 9}`;
const withoutScore = ['no_score', 'error', 'not_asked', 'no_name', 'name_unknown'];

function binOf(address: string, { riskOf, nameStatusOf }: RecountContext): string {
  const risk = riskOf.get(address);
  if (risk?.risk_score != null) return binAt(Math.min(90, 10 * Math.floor(risk.risk_score / 10)));
  if (risk) return risk.status;
  const status = nameStatusOf.get(address) ?? '';
  if (status === 'none') return 'no_name';
  return status.endsWith('confirmed') ? 'not_asked' : 'name_unknown';
}

function byBin({ groups, context }: Recount): Map<string, RecountedRow> {
  const of = (bin: string): string[] => [...(groups.get(bin)?.addresses ?? [])];
  const scored = tens.reduce((sum, low) => sum + of(binAt(low)).length, 0);
  return new Map(
    [...tens.map(binAt), ...withoutScore].map((bin) => [
      bin,
      {
        addresses: of(bin).length,
        bans: groups.get(bin)?.count ?? 0,
        share: scored === 0 || withoutScore.includes(bin) ? null : of(bin).length / scored,
        simulated: of(bin).filter((address) => context.riskOf.get(address)?.api === 'simulator').length,
      },
    ]),
  );
}

const risk = (isHome: boolean): RecountRule => ({
  key: 'bin',
  keyOf: (seen, context) => {
    const isMeant = !isHome || context.countryOf.get(addressOf(seen)) === context.site.home;
    // A ban of a network is none of an address.
    return isBanOf('ssh', seen, context) && seen.address !== null && isMeant
      ? binOf(addressOf(seen), context)
      : null;
  },
  table: byBin,
});

/** Rules of the statistics of names and their risk. */
export const nameRules: Readonly<Record<string, RecountRule>> = {
  'reverse-names-by-month': {
    key: 'month',
    keyOf: (seen, context) => (isBanOf('ssh', seen, context) ? monthOf(seen.local) : null),
    partOf: addressOf,
    table: namesByMonth,
  },
  'risk-scores': risk(false),
  'risk-scores-home': risk(true),
};
