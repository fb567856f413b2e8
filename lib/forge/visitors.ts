import { TimeQueue } from '../time-queue.js';
import { addresses } from './addresses.js';
import { freeAt, longestVisit } from './attackers.js';
import type { About } from './campaigns.js';
import { countryWeights } from './countries.js';
import { namedHost, namelessHost } from './host-names.js';
import { day, minute, second, type Visitor } from './log-line.js';
import type { Plan } from './plan.js';
import { drawFrom, quotas } from './quotas.js';
import type { Random } from './random.js';
import type { CampaignLog } from './truth.js';

/** A visitor of ssh, with what it keeps from one visit to the next. */
export interface Host extends Visitor {
  /** The botnet it belongs to; null for a single scanner, undefined until its first visit. */
  botnet?: string | null;
  /** Next place in the botnet's list. */
  readonly place: { next: number };
  /** How many times it still comes back at once after each ban. */
  stubborn: number;
}

/** A host that will come back some time after its ban ended. */
interface Returner {
  readonly at: number;
  readonly host: Host;
}

/** Share of the hosts that come back after their first ban, and after a later one. */
const comeBack = { first: 0.1, again: 0.5 };

/** Hosts that come back after each ban, and how often at scale 1. */
const comingBack = { hosts: 3, returns: 70, fewest: 5 };

export const stubborn: About = {
  id: 'comeback-1',
  about: 'three hosts that do not belong together: each is back two to six hours after the end of every ban',
};

/** Share of addresses with a host name among those that no quota is kept of. */
const namedElsewhere = 0.45;

export interface Visitors {
  /** A host for a ban that counts: its country and whether it has a name by what is left of the quotas. */
  banned(at: number, left: number[]): Host;
  /** A host that no quota is kept of. */
  anyone(named?: boolean): Host;
  /** Tells that a host was banned, and may come back. */
  bannedAt(host: Host, at: number): void;
}

export interface VisitorOptions {
  readonly home: string;
  readonly seed: number;
  /** The quotas of countries are made for its bans. */
  readonly plan: Pick<Plan, 'bans'>;
  readonly campaigns: CampaignLog;
}

export function visitors(
  random: Random,
  { home, seed, plan: { bans }, campaigns }: VisitorOptions,
): Visitors {
  const { codes, weights } = countryWeights(home);
  const left = quotas(bans, weights);
  const waiting = codes.flatMap(() => [new TimeQueue<Returner>(), new TimeQueue<Returner>()]);
  const pool = addresses(seed, codes);
  const returns = Math.max(comingBack.fewest, Math.round(comingBack.returns * Math.min(1, bans / 65_507)));
  let persistent = 0;
  const back = new TimeQueue<Returner>();

  const make = (country: string, named: boolean): Host => {
    const address = pool.draw(country);
    const host = named ? namedHost(random, address, country) : namelessHost(random);
    return { address, country, host, place: { next: 0 }, stubborn: 0 };
  };
  const indexOf = (host: Host): number => codes.indexOf(host.country);
  const slot = (host: Host): number => (host.host.name === null ? 1 : 0);

  return {
    banned(at, namedLeft) {
      const due = back.next <= at ? back.pop()?.host : undefined;
      if (due && (left[indexOf(due)] ?? 0) > 0 && (namedLeft[slot(due)] ?? 0) > 0) {
        const index = indexOf(due);
        left[index] = (left[index] ?? 0) - 1;
        namedLeft[slot(due)] = (namedLeft[slot(due)] ?? 0) - 1;
        return due;
      }
      const index = drawFrom(random, left);
      const named = drawFrom(random, namedLeft);
      const queue = waiting[2 * index + named];
      const known = queue && queue.next <= at ? queue.pop() : undefined;
      return known?.host ?? make(codes[index] ?? home, named === 0);
    },
    anyone: (named = random.chance(namedElsewhere)) => make(codes[random.weighted(weights)] ?? home, named),
    bannedAt(host, at) {
      const free = freeAt(at);
      const isNew = host.botnet === undefined;
      if (isNew && persistent < comingBack.hosts) {
        host.stubborn = returns + 1;
        persistent++;
        campaigns.enter(stubborn.id, at, host.address, true);
      } else if (host.stubborn > 0) campaigns.enter(stubborn.id, at, host.address, false);
      if (host.stubborn > 0) {
        host.stubborn--;
        back.push({ at: free + random.int(120, 360) * minute, host });
      } else if (random.chance(isNew ? comeBack.first : comeBack.again)) {
        const pause = longestVisit + Math.ceil(random.exponential(day / second)) * second;
        waiting[2 * indexOf(host) + slot(host)]?.push({ at: free + pause, host });
      }
    },
  };
}
