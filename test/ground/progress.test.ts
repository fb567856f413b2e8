import assert from 'node:assert/strict';
import { test } from 'node:test';
import { progressBar } from '../../lib/progress.js';

function bar(isTTY: boolean) {
  const written: string[] = [];
  let time = 0;
  const stream = { isTTY, columns: 80, write: (text: string) => written.push(text) };
  return { written, at: (ms: number) => (time = ms), ...progressBar(() => time, stream) };
}

test('nothing in the first second, then a bar with percent, time left and label, at last nothing', () => {
  const { written, at, update, done } = bar(true);
  at(900);
  update(0.2, 'secure');
  assert.deepEqual(written, []);
  at(2000);
  update(0.25, 'se\u001bcure');
  assert.match(written[0] ?? '', /^\r\u001b\[K██████░{18} 25 % · 6 s left · se#033cure$/);
  at(2050);
  update(0.26, 'secure');
  assert.equal(written.length, 1);
  done();
  assert.equal(written.at(-1), '\r\u001b[K');
});

test('nothing at all when stderr is no terminal', () => {
  const { written, at, update, done } = bar(false);
  at(5000);
  update(0.5, 'secure');
  done();
  assert.deepEqual(written, []);
});
