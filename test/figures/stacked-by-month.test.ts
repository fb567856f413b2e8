import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type MonthStack, stackedByMonth } from '../../lib/figures/index.js';
import { notesOf, options, traceOf } from './options.js';

const stack = (month: string, values: readonly (number | null)[], daysCovered = 30): MonthStack => ({
  month,
  values,
  daysCovered,
  daysInMonth: 30,
});
const series = [
  { name: 'RBL 1 <b>.example', color: '#111111' },
  { name: 'nothing', color: '#222222' },
  { name: 'other', color: '#333333' },
];
const rows = [
  stack('2019-04', [4, 0, 1]),
  stack('2019-06', [1200, 0, 2], 18),
  stack('2019-09', [null, null, null], 0),
];
const stacked = { ...options, unit: 'refusals' };

test('one trace a series that has anything, from the axis up, and a cross where nothing is covered', () => {
  const figure = stackedByMonth(rows, series, { ...stacked, line: { name: 'spike', value: 100 } });
  assert.deepEqual(
    figure.data.map((_, i) => [traceOf(figure, i).name, traceOf(figure, i).y]),
    [
      ['RBL 1 &#60;b&#62;.example', [4, 1200]],
      ['other', [1, 2]],
      ['part of month', [0]],
      ['spike', [100, 100, 100]],
      ['not covered', [0]],
    ],
  );
  assert.deepEqual(traceOf(figure, 0).hovertext, [
    '2019-04<br>RBL 1 &#60;b&#62;.example: 4<br>30 of 30 days covered',
    '2019-06<br>RBL 1 &#60;b&#62;.example: 1,200<br>18 of 30 days covered',
  ]);
  assert.deepEqual(traceOf(figure, 0).marker, {
    color: '#111111',
    pattern: { shape: ['', '/'], fillmode: 'overlay', fgcolor: '#FFFFFF', size: 6, solidity: 0.3 },
  });
  assert.equal(figure.layout.barmode, 'stack');
  assert.equal(figure.layout.yaxis?.rangemode, 'tozero');
  assert.deepEqual(figure.layout.xaxis?.categoryarray, ['2019-04', '2019-06', '2019-09']);
});

test('the sentence for those who do not see it', () => {
  assert.equal(
    stackedByMonth(rows, series, stacked).alt,
    'A title, in refusals: RBL 1 <b>.example 1,204 (most in 2019-06: 1,200); other 3 (most in 2019-06: 2).',
  );
  assert.match(
    stackedByMonth(rows, series, { ...stacked, locale: 'ja' }).alt,
    /other 合計3\(最多は2019-06の2\)。/,
  );
});

test('no covered month is no data', () => {
  const figure = stackedByMonth(rows.slice(2), series, stacked);
  assert.deepEqual(figure.data, []);
  assert.ok(notesOf(figure).includes('no data'));
});
