import assert from 'node:assert/strict';
import { test } from 'node:test';
import { changePoint } from '../../lib/stats/math/change-point.js';
import { logGamma } from '../../lib/stats/math/log-gamma.js';
import { uniformityTest } from '../../lib/stats/math/uniformity-test.js';
import { upperGamma } from '../../lib/stats/math/upper-gamma.js';
import { wilsonInterval } from '../../lib/stats/math/wilson-interval.js';

const near = (value: number | undefined, expected: number, by = 1e-10): void =>
  assert.ok(
    value !== undefined && Math.abs(value - expected) <= by * Math.max(1, Math.abs(expected)),
    `${value} is not ${expected}`,
  );

test('logGamma: factorials, the half, and what is no number of it', () => {
  let factorial = 1;
  for (let n = 1; n < 30; n++) {
    near(logGamma(n), Math.log(factorial), 1e-12);
    factorial *= n;
  }
  near(logGamma(0.5), Math.log(Math.PI) / 2);
  near(logGamma(0.25), Math.log(3.625_609_908_221_908), 1e-12);
  for (const x of [0, -1, Number.NaN]) assert.throws(() => logGamma(x), RangeError);
});

test('upperGamma: closed forms, and the percentiles of chi-square in every table', () => {
  // Q(1, x) = exp(-x); Q(2, x) = (1 + x) exp(-x).
  for (const x of [0, 0.1, 1, 2.5, 10, 50, 600]) {
    near(upperGamma(1, x), Math.exp(-x));
    near(upperGamma(2, x), (1 + x) * Math.exp(-x));
  }
  // Abramowitz and Stegun, table 26.8: chi-square at the probabilities 0.05 and 0.001.
  for (const [df, chi2, p] of [
    [1, 3.841_46, 0.05],
    [10, 18.307, 0.05],
    [23, 35.1725, 0.05],
    [30, 43.773, 0.05],
    [1, 10.828, 0.001],
    [23, 49.728, 0.001],
  ] as const)
    near(upperGamma(df / 2, chi2 / 2), p, 1e-5);
  near(upperGamma(11.5, 0), 1);
  assert.equal(upperGamma(11.5, 5000), 0);
  for (const [a, x] of [
    [0, 1],
    [1, -1],
    [Number.NaN, 1],
  ] as const)
    assert.throws(() => upperGamma(a, x), RangeError);
});

test('uniformityTest: the six frequencies of the example in the documentation of scipy.stats.chisquare', () => {
  const found = uniformityTest([16, 18, 16, 14, 12, 12]);
  near(found?.chi2, 2);
  near(found?.p, 0.849_145_036_084_604_9);
  assert.equal(found?.df, 5);
  near(found?.w, Math.sqrt(2 / 88));
});

test('uniformityTest: even, all in one class, bursts, nothing', () => {
  assert.deepEqual(uniformityTest([7, 7, 7]), { chi2: 0, df: 2, p: 1, w: 0 });
  // All of 10 in one of four: chi2 = 10 × 3, and w is the root of 3 whatever the number.
  near(uniformityTest([10, 0, 0, 0])?.w, Math.sqrt(3));
  near(uniformityTest([10, 0, 0, 0])?.chi2, 30);
  // Events in bursts of two are half as telling.
  near(uniformityTest([20, 0, 0, 0], 2)?.chi2, 30);
  near(uniformityTest([20, 0, 0, 0], 2)?.w, Math.sqrt(3));
  assert.equal(uniformityTest([0, 0]), null);
  assert.equal(uniformityTest([5]), null);
});

test('wilsonInterval: Newcombe (Statistics in Medicine 17, 1998), table I, method 3', () => {
  for (const [part, n, low, high] of [
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ] as const) {
    const found = wilsonInterval(part, n);
    near(found?.[0], low, 5e-5);
    near(found?.[1], high, 5e-5);
  }
  const all = wilsonInterval(20, 20);
  assert.equal(all?.[1], 1);
  near(all?.[0], 1 - (wilsonInterval(0, 20)?.[1] ?? 0));
  assert.equal(wilsonInterval(0, 0), null);
});

const spans = (counts: readonly number[], exposure = 30) => counts.map((count) => ({ count, exposure }));

test('changePoint: the coal mining disasters by year, whose rate fell about 1890', () => {
  // Disasters in British coal mines by year, 1851 to 1961 (Jarrett, Biometrika 66, 1979).
  const disasters = [
    4, 5, 4, 1, 0, 4, 3, 4, 0, 6, 3, 3, 4, 0, 2, 6, 3, 3, 5, 4, 5, 3, 1, 4, 4, 1, 5, 5, 3, 4, 2, 5, 2, 2, 3,
    4, 2, 1, 3, 2, 2, 1, 1, 1, 1, 3, 0, 0, 1, 0, 1, 1, 0, 0, 3, 1, 0, 3, 2, 2, 0, 1, 1, 1, 0, 1, 0, 1, 0, 0,
    0, 2, 1, 0, 0, 0, 1, 1, 0, 2, 3, 3, 1, 1, 2, 1, 1, 1, 1, 2, 4, 2, 0, 0, 1, 4, 0, 0, 0, 1, 0, 0, 0, 0, 0,
    1, 0, 0, 1, 0, 1,
  ];
  const found = changePoint(spans(disasters, 1));
  assert.ok(found);
  // Its usual estimate is 1890 to 1892, from about 3.1 to about 0.9 a year.
  assert.ok(1851 + found.index >= 1890 && 1851 + found.index <= 1892, `${1851 + found.index}`);
  assert.ok(found.from <= found.index && found.index <= found.to && found.to - found.from < 12);
  near(found.before, 3.1, 0.05);
  near(found.after, 0.9, 0.05);
  assert.equal(found.p, 1 / 2000);
});

test('changePoint: twelve months that fall after the sixth', () => {
  const found = changePoint(spans([600, 650, 700, 720, 760, 800, 300, 280, 310, 290, 300, 280]));
  assert.deepEqual([found?.index, found?.from, found?.to], [6, 6, 6]);
  near(found?.before, 4230 / 180);
  near(found?.after, 1760 / 180);
  assert.ok((found?.p ?? 1) < 0.01);
  assert.ok((found?.dispersion ?? 0) > 1);
});

test('changePoint: a month of which only half is covered is no change', () => {
  const even = spans([300, 300, 300, 300, 300, 300]);
  const half = even.map((span, i) => (i === 3 ? { count: 150, exposure: 15 } : span));
  assert.ok((changePoint(half)?.p ?? 0) > 0.05);
  near(changePoint(half)?.before, 10);
  near(changePoint(half)?.after, 10);
});

test('changePoint: no change, and none that could be told', () => {
  const found = changePoint(spans([300, 310, 290, 305, 295, 301, 299, 304, 296, 300, 302, 298]));
  assert.ok((found?.p ?? 0) > 0.05);
  assert.ok((found?.to ?? 0) - (found?.from ?? 0) > 3);
  assert.equal(changePoint(spans([1, 2, 3, 4])), null);
  assert.equal(changePoint(spans([0, 0, 0, 0, 0, 0])), null);
});

test('changePoint: bursts widen the interval', () => {
  const quiet = changePoint(spans([30, 32, 29, 31, 30, 25, 20, 21, 19, 20, 22, 20]));
  const bursts = changePoint(spans([10, 60, 5, 50, 30, 25, 20, 5, 35, 10, 30, 20]));
  assert.ok(quiet && bursts && bursts.dispersion > quiet.dispersion);
  assert.ok(bursts.to - bursts.from > quiet.to - quiet.from);
});
