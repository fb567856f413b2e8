import assert from 'node:assert/strict';
import { test } from 'node:test';
import { countryWeights } from '../../lib/forge/countries.js';
import { drawFrom, quotas } from '../../lib/forge/quotas.js';
import { random } from '../../lib/forge/random.js';

test('the parts add up to the total', () => {
  assert.deepEqual(quotas(10, [2, 1]), [7, 3]);
  assert.deepEqual(quotas(0, [2, 1]), [0, 0]);
  for (const total of [1, 66, 655, 65_507])
    assert.equal(
      quotas(total, countryWeights('JP').weights).reduce((a, b) => a + b, 0),
      total,
    );
});

test('draws without replacement use the quota up', () => {
  const left = [2, 0, 3];
  const numbers = random(1);
  const drawn = Array.from({ length: 5 }, () => drawFrom(numbers, left));
  assert.deepEqual(drawn.sort(), [0, 0, 2, 2, 2]);
  assert.throws(() => drawFrom(numbers, left), RangeError);
});

// Below 0.008 of the article's year the counts are too small to tell neighbours apart.
for (const scale of [0.008, 0.01, 0.02, 0.1, 1, 10])
  test(`at scale ${scale} China, the United States and France lead and Japan alone is 26th`, () => {
    const { codes, weights } = countryWeights('JP');
    const parts = quotas(Math.round(65_507 * scale), weights);
    assert.deepEqual(codes.slice(0, 3), ['CN', 'US', 'FR']);
    const home = parts[codes.indexOf('JP')] ?? 0;
    assert.equal(parts.filter((part) => part > home).length, 25);
    assert.equal(parts.filter((part) => part === home).length, 1);
    assert.ok(codes.length >= 30);
  });

test('another home country takes place 26', () => {
  assert.equal(countryWeights('DE').codes[25], 'DE');
  assert.equal(countryWeights('DE').codes[6], 'JP');
  assert.equal(countryWeights('NZ').codes[25], 'NZ');
  assert.equal(new Set(countryWeights('DE').codes).size, 40);
});
