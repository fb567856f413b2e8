import assert from 'node:assert/strict';
import test from 'node:test';
import { expandShorthand } from '../../lib/jupyter/expand-shorthand.js';

test('short properties are written out, lines stay', () => {
  assert.equal(expandShorthand('f({x, y: 1,\n z /* c */ })'), 'f({x: x, y: 1,\n z: z /* c */ })');
  assert.equal(expandShorthand('const a = {b: {c}, d}'), 'const a = {b: {c: c}, d: d}');
});

test('an assignment pattern means the same', () => {
  assert.equal(expandShorthand('({x, y = {z}} = o)'), '({x: x, y: y = {z: z}} = o)');
});

test('what only looks short stays', () => {
  for (const source of [
    'const {a, b} = o',
    'import {a} from "b"',
    'if (a) {x}',
    'let s = "{x}"',
    'const = {',
  ])
    assert.equal(expandShorthand(source), source);
});
