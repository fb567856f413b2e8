import assert from 'node:assert/strict';
import { test } from 'node:test';
import { certain } from '../../lib/simulate/table-size.js';

for (const [name, a, b, spans] of [
  ['the same', [0, 10, 30, 40], [0, 10, 30, 40], [0, 10, 30, 40]],
  ['one that ends earlier', [0, 10], [0, 8], [0, 8]],
  [
    'the first that differ, and nothing after it',
    [0, 10, 20, 30, 50, 60],
    [0, 10, 25, 35, 50, 60],
    [0, 10, 25, 30],
  ],
  ['bans apart', [0, 10, 12, 22], [0, 10, 30, 40], [0, 10]],
  ['none of one', [0, 10], [], []],
] as const)
  test(`what is certain of two ways: ${name}`, () => assert.deepEqual(certain(a, b), spans));
