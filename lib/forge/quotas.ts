import type { Random } from './random.js';

/**
 * Shares a whole number out in proportion to weights, by largest remainders: the parts add up to the
 * total exactly, and no seed can change them.
 * @example quotas(10, [2, 1]); // => [7, 3]
 */
export function quotas(total: number, weights: readonly number[]): number[] {
  const sum = weights.reduce((a, b) => a + b, 0);
  if (sum === 0) return weights.map(() => 0);
  const exact = weights.map((weight) => (total * weight) / sum);
  const parts = exact.map(Math.floor);
  const missing = total - parts.reduce((a, b) => a + b, 0);
  const byRemainder = exact
    .map((value, index) => ({ index, rest: value - Math.floor(value) }))
    .sort((a, b) => b.rest - a.rest || a.index - b.index);
  for (const { index } of byRemainder.slice(0, missing)) parts[index] = (parts[index] ?? 0) + 1;
  return parts;
}

/** Draws without replacement: after as many draws as there were, each index came exactly its quota of times. */
export function drawFrom(random: Random, left: number[]): number {
  const index = random.weighted(left);
  left[index] = (left[index] ?? 0) - 1;
  return index;
}
