import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cut, escapeLabel, pieces, wrap } from '../../lib/figures/label.js';

test('tags, entities and formulas become letters', () => {
  assert.equal(escapeLabel('<b>x</b>'), '&#60;b&#62;x&#60;/b&#62;');
  assert.equal(escapeLabel('&amp;'), '&#38;amp;');
  assert.equal(escapeLabel('$x$'), '&#36;x&#36;');
  assert.equal(escapeLabel('plain 日本語 😀'), 'plain 日本語 😀');
});

test('characters that cannot be seen are written out', () => {
  assert.equal(escapeLabel('a\0b\n\x1b[31m\x7f'), 'a#000b#012#033[31m#177');
  assert.equal(escapeLabel('a\u202eb'), 'a&#60;U+202E&#62;b');
});

test('long names are cut at whole characters', () => {
  assert.equal(cut('x'.repeat(32)), 'x'.repeat(32));
  assert.equal(cut('x'.repeat(33)), `${'x'.repeat(31)}…`);
  assert.equal(cut('日'.repeat(17)), `${'日'.repeat(15)}…`);
  assert.equal(cut('😀'.repeat(40)), `${'😀'.repeat(15)}…`);
});

test('titles break at spaces and between wide characters', () => {
  assert.deepEqual(wrap(pieces('one two three'), '', 8), { text: 'one two<br>three', lines: 2 });
  assert.deepEqual(wrap(pieces('日本(東京)'), '', 6), { text: '日本<br>(東京)', lines: 2 });
  assert.deepEqual(wrap(pieces('a 😀😀'), '', 4), { text: 'a 😀<br>😀', lines: 2 });
  assert.deepEqual(wrap(pieces('<b> $x'), '', 40), { text: '&#60;b&#62; &#36;x', lines: 1 });
});
