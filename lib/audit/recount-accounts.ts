import type { Observation } from './observation.js';
import {
  type Group,
  groupAt,
  type Recount,
  type RecountedRow,
  type RecountRule,
  ranked,
  sumOf,
} from './recount.js';

const byAccount =
  (places: number): RecountRule['table'] =>
  (recount) => {
    const sum = sumOf(recount);
    return new Map(
      ranked(recount)
        .slice(0, places)
        .map(([account, { count, addresses }], i) => [
          account,
          { rank: i + 1, failures: count, share: count / sum, addresses: addresses.size },
        ]),
    );
  };

const isMailTry = ({ kind }: Observation): boolean => kind === 'auth' || kind === 'login';
const isSshTry = ({ kind, name }: Observation): boolean => kind === 'failure' && name !== 'root';

/** Until all has been read: who tells it, the account, and of mail the day and the address. */
const tellingOf = ({ local, address, kind, name }: Observation): string =>
  JSON.stringify(kind === 'failure' ? [kind, name] : [kind, name, local.slice(0, 10), address]);

/** Of each address and day the fuller telling, by account. */
function fuller(groups: ReadonlyMap<string, Group>): Map<string, Group> {
  const totals = new Map<string, number>();
  const tellings = [...groups].map(([key, group]) => {
    const [kind, account, day, address] = JSON.parse(key) as [string, string, string, string | null];
    const at = (teller: string): string => JSON.stringify([day, address, teller]);
    totals.set(at(kind), (totals.get(at(kind)) ?? 0) + group.count);
    return { account, group, isAuth: kind === 'auth', auth: at('auth'), login: at('login') };
  });
  const settled = new Map<string, Group>();
  for (const { account, group, isAuth, auth, login } of tellings) {
    if (isAuth !== (totals.get(auth) ?? 0) >= (totals.get(login) ?? 0)) continue;
    const into = groupAt(settled, account);
    into.count += group.count;
    for (const number of group.lines) into.lines.push(number);
    for (const address of group.addresses) into.addresses.add(address);
  }
  return settled;
}

/** All accounts of a service in one group, with its parts. */
function together(service: string, accounts: ReadonlyMap<string, Group>, into: Map<string, Group>): void {
  for (const [account, { count, lines }] of accounts) {
    const group = groupAt(into, service);
    group.count += count;
    group.parts.set(account, count);
    for (const number of lines) group.lines.push(number);
  }
}

/** How many of the first add up to half. */
function halfOf(tries: readonly number[], total: number): number {
  let sum = 0;
  return tries.filter((n) => {
    sum += n;
    return 2 * (sum - n) < total;
  }).length;
}

function concentration({ groups }: Recount): Map<string, RecountedRow> {
  return new Map(
    [...groups].map(([service, { count, parts }]) => {
      const tries = [...parts.values()].sort((a, b) => b - a);
      const first = (names: number): number => tries.slice(0, names).reduce((sum, n) => sum + n, 0);
      // Half the mean difference of all pairs, by the mean; from the lowest up.
      const lifted = tries.toReversed().reduce((sum, n, i) => sum + (2 * (i + 1) - tries.length - 1) * n, 0);
      return [
        service,
        {
          failures: count,
          accounts: tries.length,
          top_1_share: first(1) / count,
          top_10_share: first(10) / count,
          top_100_share: first(100) / count,
          top_tenth_share: first(Math.ceil(tries.length / 10)) / count,
          accounts_for_half: halfOf(tries, count),
          gini: lifted / (tries.length * count),
        },
      ];
    }),
  );
}

/** Rules of the statistics of accounts. */
export const accountRules: Readonly<Record<string, RecountRule>> = {
  'ssh-accounts': {
    key: 'account',
    keyOf: (seen) => (isSshTry(seen) ? seen.name : null),
    table: byAccount(20),
  },
  'dovecot-accounts': {
    key: 'account',
    keyOf: (seen) => (isMailTry(seen) ? tellingOf(seen) : null),
    settle: fuller,
    table: byAccount(14),
  },
  'account-concentration': {
    key: 'service',
    keyOf: (seen) => (isSshTry(seen) || isMailTry(seen) ? tellingOf(seen) : null),
    settle: (groups) => {
      const settled = new Map<string, Group>();
      const isSsh = (key: string): boolean => JSON.parse(key)[0] === 'failure';
      const ssh = [...groups].flatMap(([key, group]): [string, Group][] =>
        isSsh(key) ? [[JSON.parse(key)[1], group]] : [],
      );
      together('ssh', new Map(ssh), settled);
      together('mail', fuller(new Map([...groups].filter(([key]) => !isSsh(key)))), settled);
      return settled;
    },
    table: concentration,
  },
};
