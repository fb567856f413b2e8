import assert from 'node:assert/strict';
import { test } from 'node:test';
import { powerTicks } from '../../lib/figures/power-ticks.js';

for (const [places, texts] of [
  [[0.1, 400], '0 1 10 100'],
  [[0.1, 300_000], '0 1 10 100 1k 10k 100k'],
  [[2, 6000], '1 10 100 1k 10k'],
  [[2, 4000], '1 10 100 1,000'],
  [[2340, 19_983], '2k 5k 10k 20k'],
  [[600, 2400], '500 1,000 2,000'],
  [[5e5, 4e8], '1M 10M 100M'],
] as const)
  test(`ticks from ${places[0]} to ${places[1]}`, () => {
    const { tickvals, ticktext } = powerTicks(places, '0');
    assert.equal(tickvals.length, ticktext.length);
    assert.equal(ticktext.join(' '), texts);
  });
