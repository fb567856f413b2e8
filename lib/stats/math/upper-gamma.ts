import { logGamma } from './log-gamma.js';

const tiny = 1e-300;
const close = 1e-15;

/**
 * The regularised upper incomplete gamma function Q(a, x), by its series below x = a + 1 and by its continued fraction
 * above (NIST Digital Library of Mathematical Functions, 8.7.1 and 8.9.2), where each converges quickly.
 * `upperGamma(df / 2, chi2 / 2)` is the p-value of a chi-square.
 * @param a above zero; @param x zero or more
 */
export function upperGamma(a: number, x: number): number {
  if (!(a > 0) || !(x >= 0))
    throw new RangeError(`upperGamma requires a above zero and x of zero or more, got ${a} and ${x}`);
  if (x === 0) return 1;
  // Through its logarithm: the power and the gamma function each leave the range of numbers long before their ratio.
  const factor = Math.exp(a * Math.log(x) - x - logGamma(a));
  return x < a + 1 ? 1 - factor * series(a, x) : factor * fraction(a, x);
}

function series(a: number, x: number): number {
  let term = 1 / a;
  let sum = term;
  for (let n = 1; n < 10_000 && term > sum * close; n++) {
    term *= x / (a + n);
    sum += term;
  }
  return sum;
}

/** By Lentz's method, which keeps numerators and denominators from leaving the range of numbers. */
function fraction(a: number, x: number): number {
  let b = x + 1 - a;
  let c = 1 / tiny;
  let d = 1 / (Math.abs(b) < tiny ? tiny : b);
  let value = d;
  for (let n = 1; n < 10_000; n++) {
    const numerator = -n * (n - a);
    b += 2;
    d = numerator * d + b;
    d = 1 / (Math.abs(d) < tiny ? tiny : d);
    c = b + numerator / c;
    if (Math.abs(c) < tiny) c = tiny;
    value *= c * d;
    if (Math.abs(c * d - 1) < close) break;
  }
  return value;
}
