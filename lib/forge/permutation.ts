/**
 * A shuffled order of the numbers 0 to size - 1 that is not kept in memory: a Feistel network of four rounds over
 * the next power of four, walked until it lands below the size.
 * @param seed another one gives another order
 */
export function permutation(size: number, seed: number): (index: number) => number {
  const half = Math.max(1, Math.ceil(Math.log2(Math.max(2, size)) / 2));
  const base = 2 ** half;
  const mixed = (value: number, round: number): number => {
    let mix = Math.imul(value ^ (seed + round * 0x9e3779b9), 0x85ebca6b);
    mix = Math.imul(mix ^ (mix >>> 13), 0xc2b2ae35);
    return ((mix ^ (mix >>> 16)) >>> 0) % base;
  };
  const once = (index: number): number => {
    let left = Math.floor(index / base);
    let right = index % base;
    for (let round = 0; round < 4; round++) [left, right] = [right, left ^ mixed(right, round)];
    return left * base + right;
  };
  return (index) => {
    let at = once(index);
    while (at >= size) at = once(at);
    return at;
  };
}
