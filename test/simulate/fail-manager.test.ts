import assert from 'node:assert/strict';
import { test } from 'node:test';
import { failManager, roundHalfEven } from '../../lib/simulate/fail-manager.js';

test('halves are rounded to the even number, as Python does', () => {
  // print([round(x) for x in (0.5, 1.5, 2.5, 3.5, 2.4999, 2.5001, 7)])
  assert.deepEqual([0.5, 1.5, 2.5, 3.5, 2.4999, 2.5001, 7].map(roundHalfEven), [0, 2, 2, 4, 2, 3, 7]);
});

test('a count that spans more than findtime is scaled to one findtime', () => {
  const failures = failManager(100, 600);
  for (const time of [0, 300, 600]) failures.add(1, time, time, 1);
  // Three in 600 s; at 720 s the rate gives 3 / 720 * 600 = 2.5, so 2, and the new one.
  assert.equal(failures.add(1, 720, 720, 1).retry, 3);
  // An address whose last failure is a findtime old is forgotten.
  assert.equal(failures.add(1, 1320, 1320, 1).retry, 1);
});

test('no more addresses are kept than are active', () => {
  const failures = failManager(5, 600);
  for (let second = 0; second < 100_000; second++) failures.add(second, second, second, 1);
  assert.ok(failures.size <= 2 * 1024, `${failures.size} addresses`);
});
