import { thousands } from './words.js';

/** Where an axis of powers of ten has its zero, and all that is less than this. */
export const zeroPlace = 0.1;

/** A place on an axis of powers of ten. */
export const placeOf = (value: number): number => Math.max(value, zeroPlace);

/**
 * Ticks of an axis of powers of ten between two places, and 2 and 5 times these where they are near to each other. All
 * are of one format: where there is 10,000 or more, 1,000 is 1k.
 * @param zero what stands at the place of zero, which is no 0.1
 */
export function powerTicks(
  places: readonly number[],
  zero: string,
): { tickmode: 'array'; tickvals: number[]; ticktext: string[] } {
  const [from, to] = [Math.min(...places), Math.max(...places)];
  const steps = to / from > 30 ? [1] : [1, 2, 5];
  const tickvals = Array.from({ length: 14 }, (_, power) => power - 1)
    .flatMap((power) => steps.map((step) => Number(`${step}e${power}`)))
    .filter((value) => value >= from / 2 && value <= to * 2);
  const isShort = Math.max(...tickvals) >= 10_000;
  const text = (value: number): string => {
    if (value <= zeroPlace) return zero;
    if (value < 1000 || !isShort) return thousands(value);
    return value < 1e6 ? `${thousands(value / 1e3)}k` : `${thousands(value / 1e6)}M`;
  };
  return { tickmode: 'array', tickvals, ticktext: tickvals.map(text) };
}
