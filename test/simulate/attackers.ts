import type { BanSettings } from '../../lib/ban-settings.js';
import { type Random, random } from '../../lib/forge/random.js';
import type { FigureName } from '../../lib/simulate/figures-of-setting.js';
import { type JailLog, type JailRow, jailLog, type RealBan } from '../../lib/simulate/jail-log.js';
import type { Outcome } from '../../lib/simulate/outcome.js';
import { tableSize } from '../../lib/simulate/table-size.js';
import { world } from '../../lib/simulate/world.js';

/** One who tries passwords: when, and what a ban makes of it. */
export interface Attacker {
  /** Seconds of the first try of each visit that is planned, and how many tries. */
  readonly visits: readonly { readonly start: number; readonly tries: number }[];
  /** Seconds between tries. */
  readonly gap: number;
  /** What it does at its nth ban: goes on, ends the visit, or is not seen again. */
  readonly onBan: (ban: number) => 'goes on' | 'ends the visit' | 'leaves';
  /** One who knows the password, and types it right in the end of a visit. */
  readonly knows: boolean;
}

export const day = 86_400;
export const start = 1_559_347_200;
/** Length of the synthetic log, seconds. */
export const span = 60 * day;

interface Kind {
  /** Visits that it plans. One that a ban turns away for good has one: no log could tell of those after it. */
  readonly visits: number;
  readonly of: (numbers: Random) => Pick<Attacker, 'gap' | 'onBan'>;
}

/** Who knows the password ends a visit that is banned. */
const user: Kind = {
  visits: 4,
  of: (numbers) => ({ gap: numbers.pick([2, 11, 100]), onBan: () => 'ends the visit' }),
};

const kinds: readonly Kind[] = [
  // A program that does not care.
  { visits: 4, of: (numbers) => ({ gap: numbers.pick([2, 7, 40, 300, 700]), onBan: () => 'goes on' }) },
  // Gone for good at the first ban.
  { visits: 1, of: (numbers) => ({ gap: numbers.pick([1, 3, 20, 200]), onBan: () => 'leaves' }) },
  // Comes back for its next visit.
  user,
  // The 17 to 18 minutes of the article.
  { visits: 4, of: (numbers) => ({ gap: numbers.int(1020, 1080), onBan: () => 'goes on' }) },
  // Now this, now that.
  {
    visits: 1,
    of: (numbers) => {
      const moods = Array.from({ length: 50 }, () => numbers.chance(0.5));
      return { gap: numbers.pick([5, 60, 400]), onBan: (ban) => (moods[ban % 50] ? 'goes on' : 'leaves') };
    },
  },
];

/** A population of known behaviour: each kind of attacker, and few who know the password. */
export function population(seed: number, size: number): Attacker[] {
  const numbers = random(seed, 7);
  return Array.from({ length: size }, (_, index) => {
    const knows = index % 20 === 0;
    const kind = knows ? user : (kinds[index % kinds.length] ?? user);
    let at = start + numbers.int(0, span / 2);
    const visits = Array.from({ length: numbers.int(1, kind.visits) }, () => {
      const tries = knows ? numbers.int(0, 4) : Math.ceil(numbers.exponential(40));
      const visit = { start: at, tries };
      at += numbers.int(11, 15) * day;
      return visit;
    });
    return { ...kind.of(numbers), visits, knows };
  });
}

/**
 * A population whose later visits mostly fall into a ban: some bring single tries with long pauses, others whole visits
 * after minutes or days.
 */
export function returners(seed: number, size: number): Attacker[] {
  const numbers = random(seed, 9);
  return Array.from({ length: size }, () => {
    const isSlow = numbers.chance(0.5);
    const gap = numbers.pick([2, 7, 40, 300]);
    const mood = numbers.pick(['goes on', 'ends the visit'] as const);
    let at = start + numbers.int(0, span / 2);
    const visits = Array.from({ length: numbers.int(2, isSlow ? 60 : 12) }, (_, index) => {
      const tries = isSlow && index > 0 ? 1 : Math.ceil(numbers.exponential(10));
      const visit = { start: at, tries };
      at += tries * gap + (isSlow ? numbers.int(400, 20_000) : numbers.int(100, 200_000));
      return visit;
    });
    return { gap, visits, onBan: () => mood, knows: false };
  });
}

/** A login, by who and when. */
export const loginKey = (address: number, time: number) => `${address} ${time}`;

export interface Life {
  /** Logins that met a ban. */
  readonly lockedOut: ReadonlySet<string>;
  readonly outcomes: readonly Outcome[];
  /** What the log has of it. */
  readonly rows: readonly JailRow[];
  readonly bans: readonly RealBan[];
}

/** Lets the population live under settings: what really happens, and what the log has of it. */
export function live(attackers: readonly Attacker[], settings: BanSettings): Life {
  const rows: JailRow[] = [];
  const bans: RealBan[] = [];
  const lockedOut = new Set<string>();
  const place = world(settings, start, start + span, () => 0.5);
  const outcomes = attackers.map((attacker, address) => {
    place.begin(address);
    const meet = (time: number, row: Omit<JailRow, 'address' | 'time'>): boolean => {
      const isIn = place.meet(time, row.failures, row.attempts, row.login);
      if (isIn) rows.push({ address, time, ...row });
      else if (row.login > 0) lockedOut.add(loginKey(address, time));
      return isIn;
    };
    attack(attacker, meet, (time) => place.bannedUntil(time) !== null);
    const outcome = place.end();
    for (let at = 0; at < outcome.spans.length; at += 2)
      bans.push({ address, from: outcome.spans[at] ?? 0, to: outcome.spans[at + 1] ?? 0 });
    return outcome;
  });
  rows.sort((a, b) => a.time - b.time);
  return { outcomes, rows, bans, lockedOut };
}

/** What the log of a life has, sorted to the attackers. */
export function logOf(attackers: readonly Attacker[], { rows, bans }: Pick<Life, 'rows' | 'bans'>): JailLog {
  return jailLog(
    { addresses: attackers.length, rows: rows.length, bans: bans.length },
    (visit) => rows.forEach(visit),
    (visit) => bans.forEach(visit),
    { from: start, to: start + span },
  );
}

function attack(
  { visits, gap, onBan, knows }: Attacker,
  meet: (time: number, row: Omit<JailRow, 'address' | 'time'>) => boolean,
  isBanned: (time: number) => boolean,
): void {
  let known = false;
  let bans = 0;
  for (const [index, visit] of visits.entries()) {
    const end = Math.min(start + span, (visits[index + 1]?.start ?? Number.POSITIVE_INFINITY) - 1);
    let time = visit.start;
    for (let left = visit.tries; left > 0 && time < end; left--, time += gap) {
      meet(time, { failures: 1, attempts: 1, login: 0 });
      const banned = isBanned(time);
      const mood = banned && !known ? onBan(bans++) : 'goes on';
      known = banned;
      if (mood === 'leaves' && !knows) return;
      if (mood === 'ends the visit') break;
    }
    // The same moment whatever became of the tries before, so that worlds can be held against each other.
    time = visit.start + visit.tries * gap;
    if (knows && time < end) meet(time, { failures: 0, attempts: 0, login: 1 });
    known = false;
  }
}

/** The true figures of a life. @param logged rows of the log in question: of its logins those that would be locked out count; @param seconds of the log */
export function truthOf(
  { outcomes, lockedOut }: Life,
  logged: readonly JailRow[],
  seconds: number = span,
): Record<FigureName, number> {
  const sum = (of: (outcome: Outcome) => number) =>
    outcomes.reduce((total, outcome) => total + of(outcome), 0);
  const table = tableSize();
  for (const { spans } of outcomes) table.add(spans);
  return {
    bans: sum(({ bans }) => bans),
    through: sum(({ through }) => through),
    stopped: sum(({ stopped }) => stopped),
    tableMean: sum(({ banned }) => banned) / seconds,
    tableMax: table.most(),
    repeatOffenders: sum(({ bans }) => (bans > 1 ? 1 : 0)),
    lockedOut: logged.filter(
      ({ address, time, login }) => login > 0 && lockedOut.has(loginKey(address, time)),
    ).length,
  };
}
