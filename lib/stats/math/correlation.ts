/**
 * Pearson's coefficient of correlation: 1 where two numbers rise and fall together in proportion, 0 where a straight
 * line says nothing of the one by the other. @returns null with fewer than three pairs, or where one does not vary
 * @example correlation([[1, 2], [2, 4], [3, 6]]) // => 1
 */
export function correlation(pairs: readonly (readonly [number, number])[]): number | null {
  if (pairs.length < 3) return null;
  const mean = (at: 0 | 1): number => pairs.reduce((sum, pair) => sum + pair[at], 0) / pairs.length;
  const [x, y] = [mean(0), mean(1)];
  const sum = (of: (a: number, b: number) => number): number =>
    pairs.reduce((total, [a, b]) => total + of(a - x, b - y), 0);
  const spread = Math.sqrt(sum((a) => a * a) * sum((_, b) => b * b));
  return spread === 0 ? null : sum((a, b) => a * b) / spread;
}
