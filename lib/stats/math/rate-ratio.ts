import { wilsonInterval } from './wilson-interval.js';

/**
 * Interval of 95 % for the ratio of two rates, after by before, from the counts of equal times. Of all events together
 * the part that came after is a share; its interval (Wilson) is turned into one of the ratio. It takes the events for
 * independent.
 * @returns null without any event before
 * @example rateRatio(100, 200) // => [1.57…, 2.54…]
 */
export function rateRatio(before: number, after: number): readonly [low: number, high: number] | null {
  const interval = before > 0 ? wilsonInterval(after, before + after) : null;
  if (!interval) return null;
  const [low, high] = interval;
  return [low / (1 - low), high / (1 - high)];
}
