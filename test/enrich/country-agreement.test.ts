import assert from 'node:assert/strict';
import { test } from 'node:test';
import { countryAgreement } from '../../lib/enrich/country-agreement.js';

test('two sources of countries: what they agree on, and what it does to the ranking', () => {
  const found = countryAgreement(
    [
      { first: 'CN', second: 'CN', bans: 5 },
      { first: 'CN', second: 'HK', bans: 4 },
      { first: 'US', second: 'US', bans: 7 },
      { first: 'FR', second: null, bans: 2 },
      { first: null, second: 'JP', bans: 1 },
      { first: null, second: null, bans: 3 },
      { first: 'JP', second: 'JP', bans: 1 },
    ],
    'JP',
    2,
  );
  assert.deepEqual([found.both, found.same, found.share], [17, 13, 13 / 17]);
  assert.deepEqual([found.onlyFirst, found.onlySecond, found.neither], [2, 1, 3]);
  assert.deepEqual(found.matrix, {
    columns: ['country', 'CN', 'US', 'other', 'none'],
    rows: [
      ['CN', 5, 0, 4, 0],
      ['US', 0, 7, 0, 0],
      ['other', 0, 0, 1, 2],
      ['none', 0, 0, 1, 3],
    ],
  });
  // China leads by one source and the United States by the other; the home country is shown though it is fourth.
  assert.deepEqual(found.ranking.rows, [
    ['CN', 1, 9, 2, 5, -1],
    ['US', 2, 7, 1, 7, 1],
    ['JP', 4, 1, 4, 2, 0],
  ]);
});

test('nothing to compare is no share', () => {
  const found = countryAgreement([{ first: 'CN', second: null, bans: 1 }], 'JP');
  assert.equal(found.share, null);
  assert.deepEqual(found.ranking.rows, [
    ['CN', 1, 1, null, null, null],
    ['JP', null, null, null, null, null],
  ]);
});
