import assert from 'node:assert/strict';
import { test } from 'node:test';
import { barsByHour } from '../../lib/figures/index.js';
import { notesOf, options, traceOf } from './options.js';

const rows = Array.from({ length: 24 }, (_, hour) => ({
  hour,
  value: hour === 3 ? 30 : hour === 5 ? 10 : 0,
  share: hour === 3 ? 0.75 : hour === 5 ? 0.25 : 0,
}));

test('per cent by hour with a dashed line at a twenty-fourth', () => {
  const figure = barsByHour(rows, 'bans', options);
  const [bars, even] = [traceOf(figure, 0), traceOf(figure, 1)];
  assert.deepEqual(
    bars.x,
    rows.map((row) => row.hour),
  );
  assert.deepEqual(
    bars.y,
    rows.map((row) => row.share * 100),
  );
  assert.equal((bars.hovertext as string[])[3], '03:00–04:00<br>75.0 %<br>30 bans');
  assert.deepEqual(even.y, [100 / 24, 100 / 24]);
  assert.deepEqual(even.line, { color: '#D55E00', width: 2, dash: 'dash' });
  assert.equal(figure.layout.yaxis?.rangemode, 'tozero');
  assert.equal(
    figure.alt,
    'A title: most in the hour from 03:00 (75.0 %), least in the hour from 00:00 (0.0 %); 4.2 % would be even.',
  );
});

test('no shares are no data', () => {
  const figure = barsByHour(
    rows.map((row) => ({ ...row, value: 0, share: null })),
    'bans',
    options,
  );
  assert.deepEqual(figure.data, []);
  assert.ok(notesOf(figure).includes('no data'));
});
