/** A seeded source of random numbers; the same seed gives the same sequence on every machine. */
export interface Random {
  /** A number from 0 up to, not including, 1. */
  unit(): number;
  /** A whole number from `low` to `high`, both included. */
  int(low: number, high: number): number;
  /** True with this probability. */
  chance(probability: number): boolean;
  /** One of the items, each as likely as the next. */
  pick<T>(items: readonly T[]): T;
  /** The index of one weight, in proportion to the weights. */
  weighted(weights: readonly number[]): number;
  /** A waiting time with this mean. */
  exponential(mean: number): number;
}

/** One step of splitmix32: spreads neighbouring seeds far apart, which sfc32 alone does not. */
function spread(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x9e3779b9) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return (mixed ^ (mixed >>> 15)) >>> 0;
  };
}

/** The generator sfc32 (Chris Doty-Humphrey, PractRand). */
function sfc32(seed: number, stream: number): () => number {
  // A seed beyond 32 bits keeps its upper half in a word of its own.
  const low = spread(seed % 2 ** 32);
  const high = spread(Math.floor(seed / 2 ** 32));
  let a = low();
  let b = low();
  let c = high();
  let counter = 1 + stream;
  const next = () => {
    const out = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + out) | 0;
    return out >>> 0;
  };
  // Streams differ by the counter alone until it has been mixed in.
  for (let round = 0; round < 15; round++) next();
  return next;
}

/** @param seed a safe integer; @param stream one seed has independent sequences by this number */
export function random(seed: number, stream = 0): Random {
  const next = sfc32(seed, stream);
  const unit = () => next() / 2 ** 32;
  const int = (low: number, high: number) => low + Math.floor(unit() * (high - low + 1));
  return {
    unit,
    int,
    chance: (probability) => unit() < probability,
    exponential: (mean) => -mean * Math.log(1 - unit()),
    pick: <T>(items: readonly T[]): T => {
      if (items.length === 0) throw new RangeError('random.pick requires at least one item');
      return items[int(0, items.length - 1)] as T;
    },
    weighted: (weights) => {
      let left = unit() * weights.reduce((sum, weight) => sum + weight, 0);
      let last = -1;
      for (const [index, weight] of weights.entries()) {
        if (weight <= 0) continue;
        last = index;
        left -= weight;
        if (left < 0) return index;
      }
      if (last < 0) throw new RangeError('random.weighted requires a weight above zero');
      return last;
    },
  };
}
