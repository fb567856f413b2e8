import assert from 'node:assert/strict';
import { test } from 'node:test';
import { random } from '../../lib/forge/random.js';

const first = (seed: number, stream = 0, count = 5) => {
  const numbers = random(seed, stream);
  return Array.from({ length: count }, () => numbers.int(0, 999));
};

test('a seed has one sequence, on every machine', () => {
  assert.deepEqual(first(1), [739, 34, 595, 879, 927]);
  assert.notDeepEqual(first(1), first(2));
  assert.notDeepEqual(first(1), first(1, 1));
  assert.notDeepEqual(first(1), first(-1));
  assert.notDeepEqual(first(1), first(1 + 2 ** 32));
});

test('int reaches both of its bounds and nothing beyond', () => {
  const numbers = random(3);
  const seen = new Set(Array.from({ length: 500 }, () => numbers.int(-1, 2)));
  assert.deepEqual(
    [...seen].sort((a, b) => a - b),
    [-1, 0, 1, 2],
  );
});

test('weighted picks in proportion and never a weight of zero', () => {
  const numbers = random(4);
  const drawn = Array.from({ length: 10_000 }, () => numbers.weighted([3, 0, 1]));
  const first = drawn.filter((index) => index === 0).length;
  assert.ok(!drawn.includes(1));
  assert.ok(Math.abs(first - 7500) < 250, `expected about 7500, got ${first}`);
  assert.throws(() => numbers.weighted([0, 0]), RangeError);
});

test('exponential has the mean it was given', () => {
  const numbers = random(5);
  let sum = 0;
  for (let draw = 0; draw < 20_000; draw++) sum += numbers.exponential(60);
  assert.ok(Math.abs(sum / 20_000 - 60) < 2, `expected about 60, got ${sum / 20_000}`);
});
