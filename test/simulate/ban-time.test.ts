import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type BanIncrement, incrementDefaults } from '../../lib/ban-settings.js';
import { banTimeOf } from '../../lib/simulate/ban-time.js';

const rows: readonly (readonly [string, Partial<BanIncrement>, count: number, seconds: number | null])[] = [
  ['doubles', {}, 1, 1200],
  ['doubles twenty times', {}, 30, 600 * 2 ** 20],
  ['no less than bantime', { formula: '1' }, 3, 600],
  ['a chain that holds', { formula: 'ban.Time*100 if 1 < ban.Count < 3 else ban.Time' }, 2, 60_000],
  ['a chain that does not', { formula: 'ban.Time*100 if 1 < ban.Count < 3 else ban.Time' }, 3, 600],
  ['division by zero', { formula: 'ban.Time / (ban.Count - 2)' }, 2, null],
  ['division by zero beside maxtime', { formula: '1 / 0', maxtime: 3600 }, 2, null],
  ['overflow', { formula: 'math.exp(ban.Time * ban.Count)' }, 2, null],
  ['no real number', { formula: 'ban.Time ** 0.5 + (-1) ** 0.5' }, 2, null],
  ['infinity is for ever', { formula: '1e308 * ban.Time' }, 2, Number.POSITIVE_INFINITY],
  ['infinity up to maxtime', { formula: '1e308 * ban.Time', maxtime: 3600 }, 2, 3600],
  ['what is no number is not more', { formula: '1e999 - 1e999' }, 2, 600],
  ['an int too large for a random time', { formula: '10 ** 400', rndtime: 60 }, 2, null],
  ['a random time', { rndtime: 60 }, 1, 1230],
  ['multipliers', { multipliers: [1, 5, 30], factor: '0.5' }, 1, 1500],
  ['the last multiplier', { multipliers: [1, 5, 30] }, 9, 18_000],
];

for (const [name, increment, count, seconds] of rows)
  test(name, () => {
    assert.equal(banTimeOf({ ...incrementDefaults, ...increment }, () => 0.5)(600, count), seconds);
  });

test('a factor without a value is refused, as fail2ban does', () => {
  assert.throws(() => banTimeOf({ ...incrementDefaults, factor: '1 / 0' }, () => 0), {
    name: 'UserError',
    message: 'bantime.factor must have a value, got "1 / 0", an error in Python',
  });
});
