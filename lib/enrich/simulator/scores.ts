import { createHash } from 'node:crypto';

/** What the simulator says of a name; the same for the same seed and name. */
export interface SimulatedRisk {
  readonly risk_score: number;
  readonly blocked: boolean;
  /** 0 to 1 for each of the eight other indicators, in the order of `indicators`. */
  readonly parts: readonly number[];
}

/** The documented indicators but for the block status. */
export const indicators = [
  'Geo Popularity Score',
  'Keyword Score',
  'Lexical',
  'Popularity 1 Day',
  'Popularity 7 Day',
  'Popularity 30 Day',
  'Popularity 90 Day',
  'TLD Rank Score',
] as const;

/** One name in fifty is not known to the service, one in eighty is blocked. */
const unknownShare = 1 / 50;
const blockedShare = 1 / 80;

/**
 * A risk that is made up. The shape of all of them is that of the article: most are benign, the number falls with the
 * score, and the blocked ones stand at 100. Nothing of it says anything about a real name.
 * @returns null where the name is not known
 */
export function simulatedRisk(seed: number, name: string): SimulatedRisk | null {
  const bytes = createHash('sha256').update(`${seed} ${name}`).digest();
  const draw = (i: number): number => bytes.readUInt16BE(2 * i) / 65536;
  if (draw(0) < unknownShare) return null;
  const parts = indicators.map((_, i) => draw(3 + i));
  if (draw(1) < blockedShare) return { risk_score: 100, blocked: true, parts };
  // Half of all are below 6, one in ten above 38, one in a hundred above 71.
  return { risk_score: Math.round(99 * draw(2) ** 4), blocked: false, parts };
}
