import type { Outcome, World } from './outcome.js';

/** Tries that come again and again: the rows of one visit, and after `period` seconds the same. */
export interface Pace {
  /** Seconds from the first of them, in order. */
  readonly offsets: readonly number[];
  readonly failures: readonly number[];
  readonly attempts: readonly number[];
  readonly period: number;
}

/** Cycles of ban and new tries, one as long as the next, after which bans that may grow are taken to grow no more. */
const cyclesPlayed = 6;
/** Tries without a ban after which there will be none: the count of a steady pace has settled long before. */
const triesPlayed = 400;

/** How many of the tries come before a time, the first at `start`. */
function triesBefore(time: number, start: number, { offsets, period }: Pace): number {
  const whole = Math.max(0, Math.floor((time - start) / period));
  let within = 0;
  while (within < offsets.length && start + whole * period + (offsets[within] ?? 0) < time) within += 1;
  return whole * offsets.length + within;
}

/** Attempts of the tries from one up to another. */
function attemptsOf(first: number, end: number, { attempts }: Pace): number {
  const all = attempts.reduce((sum, each) => sum + each, 0);
  const upTo = (tries: number): number => {
    let sum = Math.floor(tries / attempts.length) * all;
    for (let at = 0; at < tries % attempts.length; at++) sum += attempts[at] ?? 0;
    return sum;
  };
  return upTo(end) - upTo(first);
}

/** How far it had come at the first try after a ban. */
interface Mark extends Pick<Outcome, 'bans' | 'through' | 'stopped' | 'banned'> {
  readonly one: number;
}

const markAt = (one: number, { bans, through, stopped, banned }: Outcome): Mark => ({
  one,
  bans,
  through,
  stopped,
  banned,
});

/** Enters what came since a mark as often again as it has room. @returns the try from which on to play */
function repeat(
  before: Mark,
  one: number,
  last: number,
  outcome: Outcome,
  timeOf: (one: number) => number,
): number {
  const length = one - before.one;
  const left = Math.floor((last - one) / length) - 1;
  if (left <= 0) return one;
  outcome.bans += left * (outcome.bans - before.bans);
  outcome.through += left * (outcome.through - before.through);
  outcome.stopped += left * (outcome.stopped - before.stopped);
  outcome.banned += left * (outcome.banned - before.banned);
  outcome.skipped.push(timeOf(one), timeOf(one + left * length));
  return one + left * length;
}

/**
 * Plays an attacker who goes on at his pace, ban or no ban. After a ban nothing is counted of him, so once a ban has
 * ended at the same place of the pattern as an earlier one, what lies between the two comes again and again.
 * @param start second of the first try; @param from those before it are left out; @param end no try from here on
 * @param grows whether bans grow, so that one cycle need not be like the one before
 */
export function goOn(
  world: World,
  pace: Pace,
  start: number,
  from: number,
  end: number,
  grows: boolean,
): void {
  const { outcome } = world;
  const size = pace.offsets.length;
  const last = triesBefore(end, start, pace);
  const timeOf = (one: number) =>
    start + Math.floor(one / size) * pace.period + (pace.offsets[one % size] ?? 0);
  const marks: (Mark | undefined)[] = [];
  let [length, cycles, unbanned] = [0, 0, 0];
  let one = triesBefore(from, start, pace);
  let begun = one;
  let counted = Number.NaN;
  while (one < last) {
    const time = timeOf(one);
    let until = world.bannedUntil(time);
    if (until === null) {
      world.meet(time, pace.failures[one % size] ?? 0, pace.attempts[one % size] ?? 0, 0);
      one += 1;
      until = world.bannedUntil(time);
    }
    if (until === null) {
      unbanned += 1;
      if (unbanned % size !== 0) continue;
      const before = counted;
      counted = world.counted();
      if (counted !== before && unbanned < triesPlayed) continue;
      outcome.through += attemptsOf(one, last, pace);
      return;
    }
    const next = until >= end ? last : Math.min(last, triesBefore(until + 1, start, pace));
    outcome.stopped += attemptsOf(one, next, pace);
    one = next;
    [unbanned, counted] = [0, Number.NaN];
    if (grows) {
      cycles = one - begun === length ? cycles + 1 : 0;
      length = one - begun;
      if (cycles < cyclesPlayed) marks.length = 0;
    }
    const before = marks[one % size];
    if (before) one = repeat(before, one, last, outcome, timeOf);
    marks[one % size] = before ? undefined : markAt(one, outcome);
    begun = one;
  }
}
