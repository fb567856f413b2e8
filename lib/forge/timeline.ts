import { TimeQueue } from '../time-queue.js';
import type { ZoneClock } from '../zone.js';
import { type Account, accountOf, accounts } from './accounts.js';
import {
  bannedVisit,
  botHabit,
  briefVisit,
  type Habit,
  intrusion,
  longestVisit,
  scan,
  scannerHabit,
  slowVisit,
} from './attackers.js';
import { type Botnet, botnetAt } from './campaigns.js';
import type { Source } from './connection.js';
import { distributedGuessing } from './distributed.js';
import { mailboxGuess } from './dovecot-visits.js';
import { pids, second, type TimelineItem, type Visitor } from './log-line.js';
import type { MonthlyKind } from './months.js';
import { daysOf, type Segment } from './period.js';
import { type Kind, kinds, type Plan, type Stretch } from './plan.js';
import { drawFrom } from './quotas.js';
import { type Random, random } from './random.js';
import { dropped, routine } from './routine.js';
import { longestSmtpVisit, misnamed, refused, smtpBan, smtpTry } from './smtp-visits.js';
import type { Story } from './story.js';
import { type Host, type VisitorOptions, type Visitors, visitors } from './visitors.js';

export interface TimelineOptions extends VisitorOptions {
  readonly scale: number;
  readonly segments: readonly Segment[];
  readonly plan: Plan;
  readonly story: Story;
  readonly botnets: readonly Botnet[];
  readonly clock: ZoneClock;
}

/** How far the lines of a visit may stand before its ban. */
const lookahead = Math.max(longestVisit, longestSmtpVisit + 10 * 60 * second);

/**
 * Everything that happens on the server, in the order of time. Kept in memory are the hosts that may come back and
 * the lines of visits under way, so a longer period needs no more than that.
 */
export function* timeline(options: TimelineOptions): Generator<TimelineItem> {
  const { segments, plan, clock, seed } = options;
  const source = sourceOf(seed);
  const hosts = visitors(random(seed, 1), options);
  const next = visits(source, hosts, options);
  const usual = routine({ random: random(seed, 3), nextPid: source.nextPid });
  const patient = distributedGuessing(source, hosts.anyone, { ...options, span: options.story.distributed });
  const day = (at: number): TimelineItem[] => [...usual(at), ...patient(at)];
  const queue = new TimeQueue<TimelineItem>();
  const add = (items: readonly TimelineItem[]) => {
    for (const item of items) queue.push(item);
  };
  const start = segments[0]?.start ?? 0;
  const end = segments.at(-1)?.end ?? start;
  const days = daysOf({ start, end }, clock);
  add([{ kind: 'started', at: start + second }]);
  add(intruder(source, hosts, options));

  for (const stretch of plan.stretches) {
    // A visit has to begin within the period, and its lines have to end in it.
    const span = { start: Math.max(stretch.start + second, start + lookahead), end: stretch.end };
    const counts = kinds.map((kind) => stretch.counts[kind]);
    const named = [stretch.named, stretch.counts.sshBan - stretch.named];
    for (const at of arrivals(source.random, span, counts)) {
      for (; (days[0] ?? end) <= at; days.shift()) add(day(days[0] ?? at));
      while (queue.next < at - lookahead) yield* take(queue);
      add(next(kinds[drawFrom(source.random, counts)] ?? 'scan', at, stretch, named));
    }
  }
  for (const left of days) add(day(left));
  while (queue.next < end) yield* take(queue);
}

function* take(queue: TimeQueue<TimelineItem>): Generator<TimelineItem> {
  const item = queue.pop();
  if (item) yield item;
}

function sourceOf(seed: number): Source {
  const numbers = random(seed);
  return { random: numbers, nextPid: pids(() => numbers.int(2, 9)) };
}

/** Uniform instants in order, as many as the counts have, each made when it is asked for. */
function* arrivals(
  numbers: Random,
  { start, end }: Pick<Stretch, 'start' | 'end'>,
  counts: readonly number[],
): Generator<number> {
  let at = start;
  for (let left = counts.reduce((a, b) => a + b, 0); left > 0; left--) {
    // The earliest of n uniform instants is at 1 - u^(1/n) of the span that is left.
    at += (end - at) * (1 - Math.exp(Math.log(numbers.unit()) / left));
    yield Math.min(Math.floor(at / second) * second, end - second);
  }
}

type Next = (kind: Kind, at: number, stretch: Stretch, named: number[]) => TimelineItem[];

/** Makes visits by their kind. */
function visits(source: Source, hosts: Visitors, { seed, botnets, campaigns }: TimelineOptions): Next {
  const nextAccount = accounts(random(seed, 4));
  const sshBan = (at: number, host: Host): TimelineItem[] => {
    const isNew = host.botnet === undefined;
    const botnet = isNew
      ? botnetAt(source.random, botnets, at)
      : (botnets.find(({ id }) => id === host.botnet) ?? null);
    hosts.bannedAt(host, at);
    host.botnet = botnet?.id ?? null;
    if (botnet) campaigns.enter(botnet.id, at, host.address, isNew);
    const habit = botnet ? botHabit(source, botnet, host.place) : scannerHabit(source, nextAccount);
    return [...bannedVisit(source, at, host, habit), ...(isNew ? [asked(at, host)] : [])];
  };
  const scanner = (): Habit => scannerHabit(source, nextAccount);
  const other: Record<
    Exclude<Kind, 'sshBan'>,
    (at: number, host: Host, kind: MonthlyKind) => TimelineItem[]
  > = {
    brief: (at, host) => briefVisit(source, at, host, scanner()),
    slow: (at, host) => slowVisit(source, at, host, scanner()),
    scan: (at, host) => scan(source, at, host),
    mailBans: (at, host) => [...smtpBan(source, at, host), asked(at, host)],
    smtpTries: (at, host) => smtpTry(source, at, host),
    mailboxGuesses: (at, host) => mailboxGuess(source, at, host),
    zen: (at, host, kind) => refused(source, at, host, kind),
    spamcop: (at, host, kind) => refused(source, at, host, kind),
    otherRejects: (at, host, kind) => refused(source, at, host, kind),
    noService: (at, host, kind) => misnamed(source, at, host, kind),
    noAddress: (at, host, kind) => misnamed(source, at, host, kind),
    drops: (at, host) => dropped(source, at, host.address),
  };
  return (kind, at, stretch, named) => {
    if (kind !== 'sshBan') return other[kind](at, hosts.anyone(), kind as MonthlyKind);
    return sshBan(
      at,
      stretch.mailed ? hosts.banned(at, named) : hosts.anyone(drawFrom(source.random, named) === 0),
    );
  };
}

const asked = (at: number, { address, host }: Visitor): TimelineItem => ({ kind: 'name', at, address, host });

/** The accounts that the intruder tries, over and over; the last one has a weak password. */
const intruderNames: readonly Account[] = Array.from({ length: 3 }, () =>
  ['root', 'admin', 'ftp', 'operator', 'test', 'backup'].map(accountOf),
).flat();

function intruder(source: Source, hosts: Visitors, { story }: TimelineOptions): TimelineItem[] {
  if (story.intrusion === null) return [];
  const host = hosts.anyone(false);
  return [...intrusion(source, story.intrusion, host, intruderNames), asked(story.intrusion, host)];
}
