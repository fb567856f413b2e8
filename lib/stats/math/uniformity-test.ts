import { upperGamma } from './upper-gamma.js';

export interface UniformityTest {
  readonly chi2: number;
  readonly df: number;
  /** Chance of a chi-square at least as large where all classes are equally likely and the events independent. */
  readonly p: number;
  /** Cohen's w, the square root of chi2 / n: how uneven it is, whatever the number; 0.1 is small, 0.3 medium. */
  readonly w: number;
}

/**
 * Pearson's chi-square test of whether all classes are equally likely. Events that come in bursts vary more than
 * independent ones: with their dispersion (1 for independent ones) the chi-square is divided by it.
 * @param counts events of each class; @returns null without any event
 * @example uniformityTest([16, 18, 16, 14, 12, 12]) // => chi2 2, df 5, p 0.849
 */
export function uniformityTest(counts: readonly number[], dispersion = 1): UniformityTest | null {
  const n = counts.reduce((sum, count) => sum + count, 0);
  if (counts.length < 2 || n === 0) return null;
  const expected = n / counts.length;
  const raw = counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
  const [chi2, df] = [raw / dispersion, counts.length - 1];
  return { chi2, df, p: upperGamma(df / 2, chi2 / 2), w: Math.sqrt(raw / n) };
}
