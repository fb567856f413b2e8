import type { Contender } from './contenders.js';
import type { Run } from './measure.js';

/** One contender's row: medians of its runs, scaled to the whole input where it read a part. */
export interface Result {
  readonly name: string;
  readonly apt: string | null;
  readonly input: string;
  /** null: it is not installed. */
  readonly wall: number | null;
  /** Quickest and slowest round. */
  readonly spread: readonly [number, number] | null;
  readonly cpu: number | null;
  readonly peak: number | null;
  /** How many times as long as banbook it takes for the same input. */
  readonly ratio: number | null;
  /** Part of the lines that it read. */
  readonly part: number;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

/** @param runs of each contender; none for what is not installed */
export function resultsOf(runs: ReadonlyMap<Contender, readonly Run[]>): Result[] {
  const wallOf = (contender: Contender, list: readonly Run[]): number =>
    (median(list.map(({ wall }) => wall)) * contender.input.lines) / contender.lines;
  const own = new Map<string, number>();
  // The first of banbook's own is what the others are held against.
  for (const [contender, list] of runs)
    if (contender.apt === null && !own.has(contender.input.name))
      own.set(contender.input.name, wallOf(contender, list));
  return [...runs].map(([contender, list]) => {
    const { name, apt, input, lines } = contender;
    const row = { name, apt, input: input.name, part: lines / input.lines };
    if (list.length === 0) return { ...row, wall: null, spread: null, cpu: null, peak: null, ratio: null };
    const scaled = list.map(({ wall }) => wall / row.part);
    const wall = wallOf(contender, list);
    return {
      ...row,
      wall,
      spread: [Math.min(...scaled), Math.max(...scaled)] as const,
      cpu: median(list.map(({ cpu }) => cpu)) / row.part,
      peak: median(list.map(({ peak }) => peak)),
      ratio: wall / (own.get(input.name) ?? Number.NaN),
    };
  });
}
