import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Table, toDataFrame } from '../../lib/engine/index.js';

const table: Table = {
  columns: [
    { name: 'account', type: 'string' },
    { name: 'count', type: 'integer' },
    { name: 'share', type: 'number' },
    { name: 'known', type: 'boolean' },
    { name: 'month', type: 'date' },
  ],
  rows: [
    { account: '00123', count: 3_000_000_000, share: 0.1, known: true, month: '2019-06-01' },
    { account: '', count: null, share: null, known: null, month: null },
    { account: null, count: 1, share: 16_777_217.25, known: false, month: '2019-07-01' },
  ],
};

test('values, nulls and the order of columns stay as they are', () => {
  const frame = toDataFrame(table);
  assert.deepEqual(frame.columns, ['account', 'count', 'share', 'known', 'month']);
  assert.deepEqual(frame.dtypes, ['string', 'int32', 'float32', 'boolean', 'string']);
  assert.deepEqual(
    frame.values,
    table.rows.map((row) => Object.values(row)),
  );
  assert.deepEqual(frame.column('count').values, [3_000_000_000, null, 1]);
});

test('a table without rows keeps its columns', () => {
  const frame = toDataFrame({ ...table, rows: [] });
  assert.deepEqual(frame.columns, ['account', 'count', 'share', 'known', 'month']);
  assert.deepEqual(frame.shape, [0, 5]);
  assert.doesNotThrow(() => frame.toString());
});

test('column names that danfojs breaks on are refused', () => {
  for (const name of ['values', 'shape', 'head', 'columns', '$data', '2019'])
    assert.throws(() => toDataFrame({ columns: [{ name, type: 'integer' }], rows: [{ [name]: 1 }] }), {
      name: 'UserError',
      message: new RegExp(`"${name.replace('$', '\\$')}"`),
    });
});
