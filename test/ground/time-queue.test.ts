import assert from 'node:assert/strict';
import { test } from 'node:test';
import { random } from '../../lib/forge/random.js';
import { TimeQueue } from '../../lib/time-queue.js';

test('items come back by time, and equal times in the order they were added', () => {
  const numbers = random(1);
  const items = Array.from({ length: 500 }, (_, order) => ({ at: numbers.int(0, 50), order }));
  const queue = new TimeQueue<{ at: number; order: number }>();
  for (const item of items) queue.push(item);
  const out = items.map(() => queue.pop());
  assert.deepEqual(
    out,
    [...items].sort((a, b) => a.at - b.at || a.order - b.order),
  );
  assert.equal(queue.pop(), undefined);
  assert.equal(queue.next, Number.POSITIVE_INFINITY);
});
