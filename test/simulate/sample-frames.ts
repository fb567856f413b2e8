import type { TestContext } from 'node:test';
import { type Engine, openEngine } from '../../lib/engine/index.js';
import { makeFrames } from '../../lib/make-frames.js';
import { readSite } from '../../lib/site.js';
import { scratch } from '../scratch.js';

const sample = new URL('../../data/sample/', import.meta.url).pathname;

/** Frames of the committed sample, open. `make test` has made them already. */
export async function sampleFrames(t: TestContext): Promise<{ folder: string; engine: Engine }> {
  const folder = process.env.BANBOOK_FRAMES ?? `${scratch(t)}/frames`;
  if (!process.env.BANBOOK_FRAMES)
    await makeFrames([`${sample}raw`], folder, readSite(`${sample}site.json`), {
      year: null,
      threads: 1,
      onProgress: () => {},
    });
  const engine = await openEngine(folder);
  t.after(() => engine.close());
  return { folder, engine };
}
