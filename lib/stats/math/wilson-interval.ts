/** The 97.5th percentile of the normal distribution: for intervals of 95 %. */
const z = 1.959_963_984_540_054;

/**
 * Wilson's interval of 95 % for a share (E. B. Wilson, 1927), which stays within 0 to 1 and is right for small numbers
 * too. It takes the events for independent; of bursts the true interval is wider.
 * @param part of n events; @returns null without any event
 * @example wilsonInterval(5, 50) // => [0.0434..., 0.2136...]
 */
export function wilsonInterval(part: number, n: number): readonly [low: number, high: number] | null {
  if (n === 0) return null;
  const share = part / n;
  const middle = share + z ** 2 / (2 * n);
  const half = z * Math.sqrt((share * (1 - share)) / n + (z / (2 * n)) ** 2);
  const all = 1 + z ** 2 / n;
  // At the ends rounding would leave a trace below 0 or above 1.
  return [part === 0 ? 0 : (middle - half) / all, part === n ? 1 : (middle + half) / all];
}
