import assert from 'node:assert/strict';
import { test } from 'node:test';
import { comparisonTable } from '../../lib/article/comparison-table.js';
import type { Compared, Comparison } from '../../lib/compare.js';

const year = (folder: string, first: string, last: string): Comparison['before'] => ({
  folder,
  period: { first, last },
  zone: 'UTC',
  home: 'JP',
  synthetic: true,
});
const row = (path: string, more: Partial<Compared>): Compared => ({
  statistic: path.split('.')[0] ?? '',
  key: path.split('.')[1] ?? '',
  unit: 'bans',
  before: null,
  value: null,
  change: null,
  change_low: null,
  change_high: null,
  measure: null,
  ...more,
});
const share = {
  unit: 'share',
  measure: 'difference',
  change: -0.0004,
  change_low: -0.03,
  change_high: 0.02,
} as const;
const comparison: Comparison = {
  before: year('a', '2018-12-01', '2019-11-30'),
  after: year('b', '2019-12-01', '2020-11-30'),
  rows: [
    row('ssh-bans-by-month.total', {
      before: '1000',
      value: '1123',
      change: 0.1234,
      change_low: 0.05,
      change_high: 0.2,
      measure: 'relative per covered day',
    }),
    row('ssh-bans-by-month.peak_month', { before: '2019-05', value: '2020-03' }),
    row('countries.top_country', { before: 'CN', value: 'US' }),
    row('countries.top_share', { ...share, before: '0.2656', value: '0.2652' }),
    row('countries.home_rank', { unit: 'rank', before: '26', value: '31', change: 5, measure: 'difference' }),
    row('rejects-by-month.total', {}),
  ],
  cautions: [
    { en: 'One.', ja: '一。' },
    { en: 'Two.', ja: '二。' },
  ],
};

test('the main findings of two years, in words, without those that neither tells', () => {
  const { table, caption, cautions } = comparisonTable(comparison, 'en');
  assert.deepEqual(Reflect.get(table, 'rows'), [
    ['ssh bans', '1,000', '1,123', '+12.3 %', '+5.0 % … +20.0 %'],
    ['first country', 'China', 'United States', null, null],
    ['its share', '26.6 %', '26.5 %', '0.0 points', '-3.0 points … +2.0 points'],
    ['rank of the home country', '26', '31', '+5', null],
  ]);
  assert.equal(caption, '2018-12-01 – 2019-11-30 → 2019-12-01 – 2020-11-30');
  assert.equal(cautions, 'One. Two.');
  const words = Reflect.get(comparisonTable(comparison, 'ja').table, 'rows') as string[][];
  assert.deepEqual(words[2], [
    'その割合',
    '26.6 %',
    '26.5 %',
    '0.0 ポイント',
    '-3.0 ポイント … +2.0 ポイント',
  ]);
});

test('a share is compared only where both years know enough for it', () => {
  const shareOf = (statistic: string, key: string) =>
    row(`${statistic}.${key}`, { ...share, before: '0.4', value: '0.5' });
  const labels = (before: string, value: string, scored: string): string[] => {
    const rows = [
      shareOf('reverse-names-by-month', 'share'),
      row('reverse-names-by-month.unknown_share', { before, value }),
      shareOf('countries', 'top_share'),
      row('countries.unknown_share', { before, value }),
      shareOf('risk-scores', 'below_50_share'),
      row('risk-scores.scored', { before: '1000', value: scored }),
    ];
    const { table } = comparisonTable({ ...comparison, rows }, 'en');
    return (Reflect.get(table, 'rows') as string[][]).map(([label = '']) => label);
  };
  assert.deepEqual(labels('0.0200', '0.0300', '20'), [
    'its share',
    'share with a host name',
    'scores below 50',
  ]);
  assert.deepEqual(labels('0.0200', '0.9734', '20'), ['scores below 50']);
  assert.deepEqual(labels('0.0200', '0.0300', '19'), ['its share', 'share with a host name']);
});
