import type { BanSettings } from '../../lib/ban-settings.js';
import { botnets } from '../../lib/forge/campaigns.js';
import { banTime, isIgnored } from '../../lib/forge/jails.js';
import { second } from '../../lib/forge/log-line.js';
import { segments } from '../../lib/forge/period.js';
import { planOf } from '../../lib/forge/plan.js';
import { type Random, random } from '../../lib/forge/random.js';
import { storyOf } from '../../lib/forge/story.js';
import { timeline } from '../../lib/forge/timeline.js';
import { Campaigns } from '../../lib/forge/truth.js';
import { stubborn } from '../../lib/forge/visitors.js';
import { type JailLog, type JailRow, jailLog, type RealBan } from '../../lib/simulate/jail-log.js';
import type { Outcome } from '../../lib/simulate/outcome.js';
import { world } from '../../lib/simulate/world.js';
import { zoneClock } from '../../lib/zone.js';
import { type Life, loginKey } from './attackers.js';

type Mood = 'goes on' | 'ends the visit' | 'leaves';

/** A visit as it is planned: the tries that the log has, and those that a ban kept from it. */
interface Visit {
  readonly rows: readonly Omit<JailRow, 'address'>[];
  /** Seconds from the end of the ban before to the first try. */
  readonly pause: number;
}

/** A host of the forge, with what it would have done. */
interface Host {
  readonly visits: readonly Visit[];
  /** Whether it comes back so long after the end of each ban, and not at its own time. */
  readonly follows: boolean;
  readonly moodAt: (ban: number) => Mood;
}

export interface ForgedYear {
  readonly log: JailLog;
  readonly rows: readonly JailRow[];
  /** What really happens under settings. */
  live(settings: BanSettings): Life;
}

const zone = 'Asia/Tokyo';
const [from, to] = ['2018-12-01', '2019-12-01'];

/** What the ssh jail of a year of `banbook forge` sees. */
export interface Seen {
  readonly seed: number;
  readonly rows: readonly JailRow[];
  readonly bans: readonly RealBan[];
  readonly addresses: number;
  /** Those of which the forge says that they come back after each ban. */
  readonly followers: ReadonlySet<number>;
}

export function seenInYear(seed: number, scale: number): Seen {
  const clock = zoneClock(zone);
  const parts = segments(from, to, clock);
  const story = storyOf(parts, clock);
  const campaigns = new Campaigns();
  const span = { start: parts[0]?.start ?? 0, end: parts.at(-1)?.end ?? 0 };
  const plan = planOf(parts, scale, story.outage);
  const nets = botnets(random(seed, 5), span);
  const year = { seed, home: 'JP', scale, segments: parts, plan, story, botnets: nets, clock, campaigns };
  const rows: JailRow[] = [];
  const bans: RealBan[] = [];
  const ids = new Map<string, number>();
  const idOf = (address: string): number => {
    const id = ids.get(address) ?? ids.size;
    ids.set(address, id);
    return id;
  };
  for (const item of timeline(year)) {
    const time = item.at / second;
    if (item.kind === 'ban' && item.jail === 'ssh')
      bans.push({ address: idOf(item.address), from: time, to: time + banTime / second });
    if (item.kind !== 'line' || !item.fact || !('address' in item.fact) || isIgnored(item.fact.address))
      continue;
    const { of, address } = item.fact;
    if (of === 'ssh-failed') rows.push({ address: idOf(address), time, failures: 1, attempts: 1, login: 0 });
    if (of === 'ssh-accepted')
      rows.push({ address: idOf(address), time, failures: 0, attempts: 0, login: 1 });
  }
  const back = campaigns.result([stubborn]).flatMap(({ addresses }) => addresses);
  return { seed, rows, bans, addresses: ids.size, followers: new Set(back.map(idOf)) };
}

/**
 * How hosts go about what the log does not have. Steady ones go on with the pauses of their tries in the same order, and
 * come back when the log has them; free ones take their pauses at random, and those of which the forge says so are back
 * so long after the end of each ban, whenever that is.
 */
export type Manner = 'steady' | 'free';

/** Tries that a ban kept from the log: with the pauses of those before it, at the longest until the ban's end. */
function unseen(numbers: Random, manner: Manner, rows: readonly JailRow[], { to: end }: RealBan): JailRow[] {
  const gaps = rows.slice(1).flatMap(({ time }, at) => time - (rows[at]?.time ?? 0) || []);
  const tries: JailRow[] = [];
  const last = rows.at(-1);
  if (!last || gaps.length === 0) return [];
  let { time } = last;
  for (let left = Math.ceil(numbers.exponential(100)); left > 0; left--) {
    time += manner === 'steady' ? (gaps[tries.length % gaps.length] ?? 0) : numbers.pick(gaps);
    if (time >= end) break;
    tries.push({ ...last, time });
  }
  return tries;
}

function hostOf(
  numbers: Random,
  manner: Manner,
  rows: readonly JailRow[],
  bans: readonly RealBan[],
  follows: boolean,
): Host {
  let before = 0;
  let free = 0;
  const visits = [...bans, null].flatMap((ban): Visit[] => {
    const mine = rows.filter(({ time }) => time > before && (!ban || time <= ban.from));
    const pause = (mine[0]?.time ?? 0) - free;
    if (ban) [before, free] = [ban.from, ban.to];
    return mine.length > 0
      ? [{ rows: [...mine, ...(ban ? unseen(numbers, manner, mine, ban) : [])], pause }]
      : [];
  });
  const moods = Array.from({ length: 50 }, () => numbers.pick(['goes on', 'ends the visit'] as const));
  const one = numbers.pick([
    'goes on',
    'ends the visit',
    visits.length > 1 ? 'ends the visit' : 'leaves',
  ] as const);
  const isFickle = numbers.chance(0.25);
  return {
    visits,
    follows,
    moodAt: (ban) => (follows ? 'ends the visit' : isFickle ? moods[ban % 50] : one) ?? one,
  };
}

/** A forged year with hosts who go on when they are banned, end the visit, or now this and now that. */
export function forgedYear({ seed, rows, bans, addresses, followers }: Seen, manner: Manner): ForgedYear {
  const [start, end] = [rows[0]?.time ?? 0, rows.at(-1)?.time ?? 0];
  const numbers = random(seed, 11);
  const byAddress = <T extends { address: number }>(all: readonly T[]): T[][] => {
    const lists: T[][] = Array.from({ length: addresses }, () => []);
    for (const one of all) lists[one.address]?.push(one);
    return lists;
  };
  const bansOf = byAddress(bans);
  const hosts = byAddress(rows).map((mine, address) =>
    hostOf(numbers, manner, mine, bansOf[address] ?? [], manner === 'free' && followers.has(address)),
  );
  const log = jailLog(
    { addresses, rows: rows.length, bans: bans.length },
    (visit) => rows.forEach(visit),
    (visit) => bans.forEach(visit),
    { from: start, to: end },
  );
  return {
    log,
    rows,
    live: (settings) => {
      const place = world(settings, start, end, () => 0.5);
      const lockedOut = new Set<string>();
      const outcomes = hosts.map((host, address): Outcome => {
        place.begin(address);
        const meet = (row: Omit<JailRow, 'address'>): number | null => {
          const isIn = place.meet(row.time, row.failures, row.attempts, row.login);
          if (!isIn && row.login > 0) lockedOut.add(loginKey(address, row.time));
          return place.bannedUntil(row.time);
        };
        visit(host, meet, end);
        return place.end();
      });
      return { outcomes, rows: [], bans: [], lockedOut };
    },
  };
}

/** @param meet tells until when the host is banned after a try */
function visit(
  { visits, follows, moodAt }: Host,
  meet: (row: Omit<JailRow, 'address'>) => number | null,
  end: number,
): void {
  let [bans, shift] = [0, 0];
  let known = false;
  let isGone = false;
  for (const [index, { rows }] of visits.entries()) {
    const next = visits[index + 1];
    let until: number | null = null;
    let isOver = isGone;
    for (const row of rows) {
      const time = row.time + shift;
      if (time > end || time >= (next?.rows[0]?.time ?? Number.POSITIVE_INFINITY) + shift) break;
      // Who knows a password uses it, whatever became of the tries before.
      if (isOver && row.login === 0) continue;
      until = meet({ ...row, time });
      const mood = until !== null && !known ? moodAt(bans++) : 'goes on';
      known = until !== null;
      isGone ||= mood === 'leaves';
      isOver ||= mood !== 'goes on';
    }
    known = false;
    if (follows && next && until !== null) shift = until + next.pause - (next.rows[0]?.time ?? 0);
  }
}
