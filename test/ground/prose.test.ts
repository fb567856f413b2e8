import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fill } from '../../lib/prose.js';
import type { Finding } from '../../lib/schema.js';

const finding = (key: string, value: string | null, unit: string | null = null): Finding => ({
  statistic: 's',
  key,
  value,
  unit,
  n: 1,
});
const findings = [
  finding('total', '65507', 'bans'),
  finding('share', '0.4305', 'share'),
  finding('rate', '-12345.0305', 'bans per day'),
  finding('top', '<b>{total}</b>'),
  finding('year', '2019'),
  finding('none', null, 'rank'),
];

test('numbers get their thousands, shares their per cent, names stay as they are', () => {
  assert.equal(
    fill('{total} bans, {share}, {top}, {year}.', 's', findings),
    '65,507 bans, 43.0 %, <b>{total}</b>, 2019.',
  );
  assert.equal(fill('{rate}', 's', findings), '-12,345.0305');
});

test('a missing value replaces its sentence rather than leave a gap', () => {
  assert.equal(fill('Number {none} of {total}.', 's', findings), 'These frames do not tell: no none of s.');
});

test('a finding that does not exist is a mistake of the writer', () => {
  assert.throws(() => fill('{totl}', 's', findings), {
    name: 'UserError',
    message: /no finding "totl" of s; known: total, share/,
  });
});
