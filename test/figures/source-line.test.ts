import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sourceLine, sourceParts } from '../../lib/figures/source-line.js';
import { options } from './options.js';

test('number, months and synthetic data', () => {
  assert.equal(
    sourceParts(options.source).join(' · '),
    'n = 1,655 bans · 2018-12 to 2019-11 · synthetic data (banbook forge)',
  );
  assert.equal(
    sourceParts({ ...options.source, unit: 'BAN件数' }, 'ja').join(' · '),
    'n = 1,655(BAN件数) · 2018-12〜2019-11 · 合成データ(banbook forge)',
  );
});

test('data of a name, one month, country data, nothing counted', () => {
  assert.deepEqual(
    sourceParts({
      n: null,
      unit: 'bans',
      period: { from: '2019-01-05', to: '2019-01-31' },
      data: 'one server',
      synthetic: false,
      countryAsOf: '2023-11-15',
    }),
    ['no data', '2019-01', 'one server', 'country data of 2023-11-15'],
  );
});

test('a long line breaks between its parts', () => {
  const { text } = sourceLine({ ...options.source, data: 'x'.repeat(50) }, 'en', 60, 60);
  assert.equal(
    text,
    `n = 1,655 bans · 2018-12 to 2019-11<br>${'x'.repeat(50)}<br>synthetic data (banbook forge)`,
  );
});
