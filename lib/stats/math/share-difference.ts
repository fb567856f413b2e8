import { wilsonInterval } from './wilson-interval.js';

/**
 * Interval of 95 % for the difference of two shares, after minus before, from the Wilson interval of each (R. G.
 * Newcombe, Interval estimation for the difference between independent proportions, 1998, method 10).
 * @param before share of `beforeN` events; @param after share of `afterN` events
 * @returns null where one of the two has no events
 * @example shareDifference(48 / 80, 80, 56 / 70, 70) // => [0.0524…, 0.3339…], Newcombe's own example
 */
export function shareDifference(
  before: number,
  beforeN: number,
  after: number,
  afterN: number,
): readonly [low: number, high: number] | null {
  const [old, now] = [wilsonInterval(before * beforeN, beforeN), wilsonInterval(after * afterN, afterN)];
  if (!old || !now) return null;
  const difference = after - before;
  return [
    difference - Math.hypot(after - now[0], old[1] - before),
    difference + Math.hypot(now[1] - after, before - old[0]),
  ];
}
