import assert from 'node:assert/strict';
import { test } from 'node:test';
import { countryData } from '../../lib/enrich/country.js';
import { addresses } from '../../lib/forge/addresses.js';
import { countryWeights } from '../../lib/forge/countries.js';
import { permutation } from '../../lib/forge/permutation.js';

/** Written apart from the ranges of lib/forge/country-blocks.ts. */
const reserved =
  /^(0|10|127|22[4-9]|2[3-5]\d)\.|^100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.|^169\.254\.|^172\.(1[6-9]|2\d|3[01])\.|^192\.168\.|^192\.0\.[02]\.|^192\.88\.99\.|^198\.1[89]\.|^198\.51\.100\.|^203\.0\.113\./;

test('each address is public, new, and of the country that was asked for', () => {
  const { codes } = countryWeights('JP');
  const pool = addresses(1, codes);
  const { countryOf } = countryData();
  const seen = new Set<string>();
  for (const code of codes)
    for (let draw = 0; draw < 50; draw++) {
      const address = pool.draw(code);
      assert.equal(countryOf(address), code);
      assert.doesNotMatch(address, reserved);
      assert.doesNotMatch(address, /\.(0|255)$/);
      seen.add(address);
    }
  assert.equal(seen.size, 50 * 40);
});

test('a country without addresses is an error', () => {
  assert.throws(() => addresses(1, ['ZZ']).draw('ZZ'), { name: 'UserError', message: /home: .*"ZZ"/ });
});

for (const size of [1, 2, 3, 254, 1000])
  test(`a permutation of ${size} numbers has each of them once, in another order for another seed`, () => {
    const orders = [1, 2].map((seed) =>
      Array.from({ length: size }, (_, index) => permutation(size, seed)(index)),
    );
    const [first = [], second] = orders;
    assert.deepEqual(
      first.toSorted((a, b) => a - b),
      Array.from({ length: size }, (_, index) => index),
    );
    if (size > 100) assert.notDeepEqual(first, second);
  });
