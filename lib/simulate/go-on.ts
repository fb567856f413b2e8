import type { World } from './world.js';

/** Tries that come again and again: the rows of one visit, and after `period` seconds the same. */
export interface Pace {
  /** Seconds from the first of them, in order. */
  readonly offsets: readonly number[];
  readonly failures: readonly number[];
  readonly attempts: readonly number[];
  readonly period: number;
}

/** Cycles of ban and new tries that are played before the rest is taken to be like the last. */
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

/**
 * Plays an attacker who goes on at his pace, ban or no ban.
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
  const snapshot = (one: number) => {
    const { bans, through, stopped, banned } = outcome;
    return { one, bans, through, stopped, banned };
  };
  let unbanned = 0;
  let cycles = 0;
  let length = 0;
  let before = snapshot(triesBefore(from, start, pace));
  for (let { one } = before; one < last; ) {
    const time = timeOf(one);
    const until = world.bannedUntil(time);
    if (until === null) {
      unbanned += 1;
      if (unbanned > triesPlayed) {
        outcome.through += attemptsOf(one, last, pace);
        return;
      }
      world.meet(time, pace.failures[one % size] ?? 0, pace.attempts[one % size] ?? 0, 0);
      one += 1;
      continue;
    }
    const next = until >= end ? last : Math.min(last, triesBefore(until + 1, start, pace));
    outcome.stopped += attemptsOf(one, next, pace);
    one = next;
    unbanned = 0;
    const isLike = !grows || one - before.one === length;
    length = one - before.one;
    cycles = isLike ? cycles + 1 : 0;
    const left = Math.floor((last - one) / length) - 1;
    if (cycles > cyclesPlayed && left > 0) {
      outcome.bans += left * (outcome.bans - before.bans);
      outcome.through += left * (outcome.through - before.through);
      outcome.stopped += left * (outcome.stopped - before.stopped);
      outcome.banned += left * (outcome.banned - before.banned);
      outcome.skipped.push(timeOf(one), timeOf(one + left * length));
      one += left * length;
      cycles = 0;
    }
    before = snapshot(one);
  }
}
