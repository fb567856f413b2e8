import assert from 'node:assert/strict';
import { test } from 'node:test';
import { countryData } from '../../lib/enrich/country.js';
import { addresses } from '../../lib/forge/addresses.js';
import { countryWeights } from '../../lib/forge/countries.js';
import { random } from '../../lib/forge/random.js';

/** Written apart from the ranges of lib/forge/addresses.ts. */
const reserved =
  /^(0|10|127|22[4-9]|2[3-5]\d)\.|^100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.|^169\.254\.|^172\.(1[6-9]|2\d|3[01])\.|^192\.168\.|^192\.0\.[02]\.|^192\.88\.99\.|^198\.1[89]\.|^198\.51\.100\.|^203\.0\.113\./;

test('each address is public, new, and of the country that was asked for', () => {
  const pool = addresses(random(1));
  const { countryOf } = countryData();
  const seen = new Set<string>();
  for (const code of countryWeights('JP').codes)
    for (let draw = 0; draw < 20; draw++) {
      const address = pool.draw(code);
      assert.equal(countryOf(address), code);
      assert.doesNotMatch(address, reserved);
      assert.doesNotMatch(address, /\.(0|255)$/);
      seen.add(address);
    }
  assert.equal(seen.size, 20 * 40);
});

test('a country without addresses is an error, not an endless search', () => {
  assert.throws(() => addresses(random(1)).draw('ZZ'), { name: 'UserError', message: /home: .*"ZZ"/ });
});
