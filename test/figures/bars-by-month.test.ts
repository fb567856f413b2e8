import assert from 'node:assert/strict';
import { test } from 'node:test';
import { barsByMonth, type MonthBar } from '../../lib/figures/index.js';
import { notesOf, options, traceOf } from './options.js';

const bar = (month: string, value: number | null, daysCovered: number, daysInMonth: number): MonthBar => ({
  month,
  value,
  daysCovered,
  daysInMonth,
});
const rows = [
  bar('2019-01', 4, 31, 31),
  bar('2019-02', 1200, 18, 28),
  bar('2019-03', null, 0, 31),
  bar('2019-04', 0, 30, 30),
];

test('full months, months in part and months without input are three traces', () => {
  const figure = barsByMonth(rows, 'bans', options);
  assert.equal(figure.data.length, 3);
  const [full, part, gap] = [0, 1, 2].map((index) => traceOf(figure, index));
  assert.deepEqual(
    [full?.x, full?.y],
    [
      ['2019-01', '2019-04'],
      [4, 0],
    ],
  );
  assert.deepEqual([part?.x, part?.y], [['2019-02'], [1200]]);
  assert.deepEqual(part?.hovertext, ['2019-02<br>1,200 bans<br>18 of 28 days covered']);
  assert.deepEqual([gap?.type, gap?.x, gap?.hovertext], ['scatter', ['2019-03'], ['2019-03<br>not covered']]);
  assert.equal(figure.layout.showlegend, true);
});

test('the axis keeps months as names, in order, and counts from zero', () => {
  const { layout } = barsByMonth(rows, 'bans', options);
  assert.equal(layout.xaxis?.type, 'category');
  assert.deepEqual(layout.xaxis?.categoryarray, ['2019-01', '2019-02', '2019-03', '2019-04']);
  assert.equal(layout.yaxis?.rangemode, 'tozero');
  assert.deepEqual(layout.yaxis?.title, { text: 'bans', standoff: 8 });
});

test('full months alone need no legend', () => {
  const figure = barsByMonth(rows.slice(0, 1), 'bans', options);
  assert.equal(figure.data.length, 1);
  assert.equal(figure.layout.showlegend, false);
});

test('the sentence for those who do not see it', () => {
  assert.equal(
    barsByMonth(rows, 'bans', options).alt,
    'A title: 1,204 bans from 2019-01 to 2019-04, most in 2019-02 (1,200), fewest in 2019-04 (0); months covered in part: 1, not covered: 1.',
  );
  assert.match(
    barsByMonth(rows, 'BAN件数', { ...options, locale: 'ja' }).alt,
    /合計は1,204\(BAN件数\)、最多は2019-02/,
  );
});

test('no row, or no covered month, is no data', () => {
  for (const none of [[], [bar('2019-03', null, 0, 31)]]) {
    const figure = barsByMonth(none, 'bans', options);
    assert.deepEqual(figure.data, []);
    assert.ok(notesOf(figure).includes('no data'));
    assert.equal(figure.alt, 'A title: no data');
  }
});

test('the rows are left as they were', () => {
  const frozen = Object.freeze(rows.map((row) => Object.freeze({ ...row })));
  assert.deepEqual(barsByMonth(frozen, 'bans', options), barsByMonth(rows, 'bans', options));
});
