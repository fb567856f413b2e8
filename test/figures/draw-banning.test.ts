import assert from 'node:assert/strict';
import { test } from 'node:test';
import { drawBanning } from '../../lib/figures/index.js';
import { openBanning } from '../../lib/simulate/index.js';
import { sampleFrames } from '../simulate/sample-frames.js';
import { notesOf, traceOf } from './options.js';

test('the charts of a jail, in both languages', async (t) => {
  const { folder, engine } = await sampleFrames(t);
  const banning = await openBanning(folder);
  const outcomes = await banning.play({ maxretry: [1, 3], bantime: [36_000, 360_000, -1] });
  const { all } = banning.front(outcomes);
  // Days at a try every few seconds are no number to plan by.
  assert.deepEqual(
    new Set(banning.rows(outcomes).map(({ stopped }) => /^[\d,]+ or more$/.test(String(stopped)))),
    new Set([true]),
  );
  for (const locale of ['en', 'ja'] as const) {
    const draw = drawBanning(banning, { synthetic: true, period: engine.period, locale });
    const through = traceOf(draw.through(outcomes), 0);
    assert.equal((through.x as number[]).length, outcomes.length);
    const settings = draw.settings(outcomes, all);
    assert.equal(settings.data.length, 3);
    // Each point has its band, from a place on the axis to another.
    for (const index of [0, 1, 2]) {
      const { x, y, error_x, error_y } = traceOf(settings, index) as Record<string, unknown>;
      for (const [middles, band] of [
        [x, error_x],
        [y, error_y],
      ] as [number[], { array: number[]; arrayminus: number[] }][])
        for (const [at, middle] of middles.entries()) {
          assert.ok((band.array[at] ?? -1) >= 0);
          assert.ok(middle - (band.arrayminus[at] ?? Number.POSITIVE_INFINITY) >= 0.1 - 1e-9);
        }
    }
    assert.deepEqual((traceOf(settings, 2).hovertext as string[]).length, 1);
    for (const figure of [draw.gaps(), draw.returns(), settings]) {
      assert.ok(figure.alt.length > 20);
      assert.match(notesOf(figure).join(), locale === 'en' ? /synthetic data/ : /合成データ/);
    }
    assert.equal(draw.gaps().layout.shapes?.length, 1);
  }
});
