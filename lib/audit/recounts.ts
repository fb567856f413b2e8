import type { Observation } from './observation.js';
import { type Group, type Recount, type RecountedRow, type RecountRule, ranked, sumOf } from './recount.js';
import { accountRules } from './recount-accounts.js';
import { banTableRule } from './recount-ban-table.js';
import { byMonth, isBanOf, monthOf } from './recount-months.js';
import { nameRules } from './recount-names.js';

const bansByMonth = (service: 'ssh' | 'smtp'): RecountRule => ({
  key: 'month',
  keyOf: (seen, context) => (isBanOf(service, seen, context) ? monthOf(seen.local) : null),
  table: byMonth('mail', countAs('bans')),
});

/** Other signs of a failed login as root, in the columns beside the failed passwords. */
function rootAside(seen: Observation): ReturnType<NonNullable<RecountRule['asideOf']>> {
  const { kind, name, local, count, connection } = seen;
  if (name !== 'root') return [];
  const at = (column: string, value: number | string) => ({ key: monthOf(local), column, value });
  if (kind === 'pam') return [at('pam_failures', count)];
  if (kind !== 'failure' && kind !== 'refused') return [];
  return [
    ...(count === 1 ? [at('fail2ban_matches', 1)] : []),
    ...(connection === undefined ? [] : [at('connections', connection)]),
  ];
}

const countAs =
  (column: string, aside: readonly string[] = []) =>
  (group: Group | undefined, recount: Recount, month: string): Readonly<Record<string, number>> => ({
    [column]: group?.count ?? 0,
    addresses: group?.addresses.size ?? 0,
    ...Object.fromEntries(aside.map((name) => [name, recount.asideAt(month, name)])),
  });

/** Refusals by the two lists of the settings, or by the two that refuse most. */
function rejects(group: Group | undefined, { groups, context }: Recount): Readonly<Record<string, number>> {
  const sums = new Map<string, number>();
  for (const { parts } of groups.values())
    for (const [part, n] of parts) if (part.startsWith('rbl ')) sums.set(part, (sums.get(part) ?? 0) + n);
  const most = [...sums].sort(([a, m], [b, n]) => n - m || Buffer.compare(Buffer.from(a), Buffer.from(b)));
  const two = context.site.lists?.map((list) => `rbl ${list}`) ?? most.map(([part]) => part);
  const of = (part: string | undefined): number => group?.parts.get(part ?? '') ?? 0;
  const [no_service, no_address] = [of('no_service'), of('no_address')];
  const [rbl_1, rbl_2] = [of(two[0]), of(two[1])];
  const count = group?.count ?? 0;
  return {
    rejects: count,
    rbl_1,
    rbl_2,
    other_lists: count - rbl_1 - rbl_2 - no_service - no_address,
    no_service,
    no_address,
    addresses: group?.addresses.size ?? 0,
  };
}

function byHour(recount: Recount): Map<string, RecountedRow> {
  const sum = sumOf(recount);
  const dates = new Map<string, number>();
  for (const group of recount.groups.values())
    for (const [date, count] of group.dates) dates.set(date, (dates.get(date) ?? 0) + count);
  const hours = Array.from({ length: 24 }, (_, hour): [string, RecountedRow] => {
    const group = recount.groups.get(String(hour));
    const bans = group?.count ?? 0;
    const parts = [...dates].map(
      ([date, all]) => ((group?.dates.get(date) ?? 0) - all / 24) ** 2 / (all / 24),
    );
    const dispersion = parts.reduce((total, part) => total + part, 0) / parts.length;
    return [
      String(hour),
      {
        hour,
        bans,
        share: sum === 0 ? null : bans / sum,
        dispersion: parts.length === 0 ? null : dispersion,
      },
    ];
  });
  return new Map(hours);
}

/** Down to the home country; the unknown, whose key is empty, at the end and without a rank. */
function byCountry(recount: Recount): Map<string, RecountedRow> {
  const sum = sumOf(recount);
  const known = ranked(recount).filter(([country]) => country !== '');
  const unknown = [...recount.groups].filter(([country]) => country === '');
  return new Map(
    [...known, ...unknown].map(([country, { count, addresses }], i) => [
      country,
      { rank: country === '' ? null : i + 1, bans: count, share: count / sum, addresses: addresses.size },
    ]),
  );
}

/** A statistic without a rule is not audited, and the audit says so. */
export const recountRules: Readonly<Record<string, RecountRule>> = {
  'ssh-bans-by-month': bansByMonth('ssh'),
  'postfix-bans-by-month': bansByMonth('smtp'),
  'root-failures-by-month': {
    key: 'month',
    keyOf: (seen) => (seen.kind === 'failure' && seen.name === 'root' ? monthOf(seen.local) : null),
    asideOf: rootAside,
    table: byMonth('log', countAs('failures', ['pam_failures', 'connections', 'fail2ban_matches']), 'sshd'),
  },
  'ssh-bans-by-hour': {
    key: 'hour',
    keyOf: (seen, context) =>
      isBanOf('ssh', seen, context) ? String(Number(seen.local.slice(11, 13))) : null,
    table: byHour,
  },
  countries: {
    key: 'country',
    keyOf: (seen, context) =>
      isBanOf('ssh', seen, context) ? (context.countryOf.get(seen.address ?? '') ?? '') : null,
    table: byCountry,
  },
  ...accountRules,
  'ban-table-by-month': banTableRule,
  ...nameRules,
  'rejects-by-month': {
    key: 'month',
    keyOf: (seen) => (seen.kind === 'reject' ? monthOf(seen.local) : null),
    partOf: ({ name }) => name,
    table: byMonth('log', rejects, 'postfix'),
  },
};
