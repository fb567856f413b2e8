import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rateRatio } from '../../lib/stats/math/rate-ratio.js';
import { shareDifference } from '../../lib/stats/math/share-difference.js';

const near = (found: readonly [number, number] | null, low: number, high: number): void => {
  assert.ok(found && Math.abs(found[0] - low) < 5e-5 && Math.abs(found[1] - high) < 5e-5, `${found}`);
};

test('the difference of two shares: examples of Newcombe (1998), table II, method 10', () => {
  near(shareDifference(48 / 80, 80, 56 / 70, 70), 0.0524, 0.3339);
  near(shareDifference(3 / 10, 10, 9 / 10, 10), 0.1705, 0.809);
  near(shareDifference(0, 20, 10 / 10, 10), 0.6791, 1);
  assert.equal(shareDifference(0, 0, 0.5, 10), null);
});

test('the ratio of two rates is the interval of the share that came after', () => {
  // Wilson's interval of 200 in 300 is 0.611515 to 0.717609.
  near(rateRatio(100, 200), 1.5741, 2.5412);
  const [low, high] = rateRatio(50, 50) ?? [0, 0];
  assert.ok(Math.abs(low * high - 1) < 1e-12);
  assert.equal(rateRatio(10, 0)?.[0], 0);
  assert.equal(rateRatio(0, 10), null);
});
