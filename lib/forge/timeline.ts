import { TimeQueue } from '../time-queue.js';
import type { ZoneClock } from '../zone.js';
import { accounts } from './accounts.js';
import { addresses } from './addresses.js';
import { bannedVisit, briefVisit, jail, longestVisit, type Source, scan, slowVisit } from './attackers.js';
import { countryWeights } from './countries.js';
import { pids, second, type TimelineItem } from './log-line.js';
import { daysOf, type Segment } from './period.js';
import { drawFrom, quotas } from './quotas.js';
import { type Random, random } from './random.js';
import { routine } from './routine.js';

export interface TimelineOptions {
  readonly seed: number;
  readonly home: string;
  readonly bans: number;
  readonly segments: readonly Segment[];
  readonly clock: ZoneClock;
}

/** Visits of each kind for one visit that is banned. */
const perBan = { brief: 0.25, slow: 0.015, scan: 0.1 };

/** Share of the attackers that come back after their first ban, and after a later one. */
const comeBack = { first: 0.1, again: 0.5 };

/** An address that will come back some time after its ban ended. */
interface Returner {
  readonly at: number;
  readonly address: string;
}

/**
 * Everything that happens on the server, in the order of time. Kept in memory are the addresses that
 * were used and the lines of visits under way, so a longer or busier period needs no more than that.
 */
export function* timeline(options: TimelineOptions): Generator<TimelineItem> {
  const source = sourceOf(options.seed);
  const visits = visitors(source, options);
  const day = routine(source);
  const queue = new TimeQueue<TimelineItem>();
  const add = (items: readonly TimelineItem[]) => {
    for (const item of items) queue.push(item);
  };
  const bansOf = quotas(
    options.bans,
    options.segments.map((segment) => segment.share),
  );
  add([{ kind: 'started', at: (options.segments[0]?.start ?? 0) + second }]);

  for (const [index, segment] of options.segments.entries()) {
    const counts = visitCounts(bansOf[index] ?? 0);
    const days = daysOf(segment, options.clock);
    // A visit of the last hour would carry its ban out of the period, and the total would not be exact.
    const isLast = index === options.segments.length - 1;
    const end = segment.end - (isLast ? longestVisit : 0);
    for (const at of arrivals(source.random, segment.start + second, end, counts)) {
      for (; (days[0] ?? at) < at; days.shift()) add(day(days[0] ?? at));
      while (queue.next < at) yield* take(queue);
      add(visits.next(drawFrom(source.random, counts), at));
    }
    for (const left of days) add(day(left));
    while (queue.next < segment.end) yield* take(queue);
  }
}

function* take(queue: TimeQueue<TimelineItem>): Generator<TimelineItem> {
  const item = queue.pop();
  if (item) yield item;
}

function sourceOf(seed: number): Source {
  const numbers = random(seed);
  return { random: numbers, nextAccount: accounts(numbers), nextPid: pids(() => numbers.int(2, 9)) };
}

/** How many visits are banned, brief, slow, and scans. */
function visitCounts(bans: number): number[] {
  return [bans, bans * perBan.brief, bans * perBan.slow, bans * perBan.scan].map(Math.round);
}

/** Uniform instants in order, as many as the counts have, each made when it is asked for. */
function* arrivals(
  numbers: Random,
  start: number,
  end: number,
  counts: readonly number[],
): Generator<number> {
  let at = start;
  for (let left = counts.reduce((a, b) => a + b, 0); left > 0; left--) {
    // The earliest of n uniform instants is at 1 - u^(1/n) of the span that is left.
    at += (end - at) * (1 - Math.exp(Math.log(numbers.unit()) / left));
    yield Math.floor(at / second) * second;
  }
}

/** Makes visits: the country by quota, the address new or one that comes back. */
function visitors(source: Source, { home, bans, seed }: TimelineOptions) {
  const { codes, weights } = countryWeights(home);
  const left = quotas(bans, weights);
  const waiting = codes.map(() => new TimeQueue<Returner>());
  // Addresses have a sequence of their own: how many draws one takes depends on the country data.
  const pool = addresses(random(seed, 1));
  const anywhere = () => pool.draw(codes[source.random.weighted(weights)] ?? home);

  const banned = (at: number): TimelineItem[] => {
    const index = drawFrom(source.random, left);
    const country = codes[index] ?? home;
    const back = waiting[index]?.next ?? Number.POSITIVE_INFINITY;
    const known = back <= at ? waiting[index]?.pop() : undefined;
    const address = known?.address ?? pool.draw(country);
    const items = bannedVisit(source, at, address, country);
    if (source.random.chance(known ? comeBack.again : comeBack.first)) {
      const free = (items.at(-1)?.at ?? at) + jail.banTime;
      waiting[index]?.push({ at: free + Math.ceil(source.random.exponential(86_400)) * second, address });
    }
    return items;
  };
  return {
    next(kind: number, at: number): TimelineItem[] {
      if (kind === 0) return banned(at);
      return ([briefVisit, slowVisit][kind - 1] ?? scan)(source, at, anywhere());
    },
  };
}
