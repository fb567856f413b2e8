import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type RankedBar, rankingBars } from '../../lib/figures/index.js';
import { notesOf, options, traceOf } from './options.js';

const ranking = { ...options, unit: 'failed logins', of: 'account' };
const row = (rank: number | null, label: string | null, value: number): RankedBar => ({
  rank,
  label,
  value,
  share: value / 100,
});

const hostile = [
  '<b>x</b>',
  '<script>alert(1)</script>',
  '&amp;',
  '<a href="javascript:alert(1)">x</a>',
  '123',
  '2019-01',
  '1e5',
  'null',
  '__proto__',
  '$\\alpha$',
  'a\nb',
];

test('hostile names stand as letters, on an axis of categories', () => {
  const figure = rankingBars(
    hostile.map((label, index) => row(index + 1, label, 50 - index)),
    ranking,
  );
  const { yaxis } = figure.layout;
  assert.equal(yaxis?.type, 'category');
  assert.deepEqual(yaxis?.ticktext, [
    '&#60;b&#62;x&#60;/b&#62;',
    '&#60;script&#62;alert(1)&#60;/script&#62;',
    '&#38;amp;',
    '&#60;a href="javascript:alert(1)"&#62;x…',
    '123',
    '2019-01',
    '1e5',
    'null',
    '__proto__',
    '&#36;\\alpha&#36;',
    'a#012b',
  ]);
  assert.deepEqual(yaxis?.tickvals, traceOf(figure, 0).y);
  for (const text of traceOf(figure, 0).hovertext as string[])
    assert.doesNotMatch(text.replaceAll('<br>', ''), /[<>$]/);
});

test('an empty name and a null are words of their own; the one without a rank comes last', () => {
  const figure = rankingBars([row(null, null, 90), row(2, '', 10), row(1, 'unknown', 20)], ranking);
  assert.deepEqual(figure.layout.yaxis?.ticktext, ['unknown', '(empty)', 'unknown']);
  assert.deepEqual(traceOf(figure, 0).x, [20, 10, 90]);
  assert.deepEqual(traceOf(figure, 0).marker, { color: ['#0072B2', '#0072B2', '#767676'] });
  assert.equal(figure.alt, 'A title, in failed logins: first unknown (20), (empty) (10); unknown: 90.');
});

test('two long names that look alike when cut stay two bars, whole in the hover', () => {
  const names = ['a', 'b'].map((end) => `${'x'.repeat(60)}${end}`);
  const figure = rankingBars(
    names.map((label, index) => row(index + 1, label, 2 - index)),
    ranking,
  );
  assert.deepEqual(figure.layout.yaxis?.ticktext, [`${'x'.repeat(31)}…`, `${'x'.repeat(31)}…`]);
  assert.equal(new Set(traceOf(figure, 0).y as string[]).size, 2);
  assert.deepEqual(
    (traceOf(figure, 0).hovertext as string[]).map((text) => text.replace('<br>', '').split('<br>')[0]),
    names,
  );
});

test('home stands out', () => {
  const figure = rankingBars([row(1, 'CN', 9), row(2, 'JP', 3)], { ...ranking, highlight: 'JP' });
  assert.deepEqual(traceOf(figure, 0).marker, { color: ['#0072B2', '#D55E00'] });
  assert.equal(figure.alt, 'A title, in failed logins: first CN (9), JP (3); number 2 is JP (3).');
});

test('no rows are no data', () => {
  const figure = rankingBars([], ranking);
  assert.deepEqual(figure.data, []);
  assert.ok(notesOf(figure).includes('no data'));
});
