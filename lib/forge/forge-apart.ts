import { Worker } from 'node:worker_threads';
import { UserError } from '../errors.js';
import { isCompiled } from '../version.js';
import { type ForgeSummary, forge } from './forge.js';
import type { ForgeOptions } from './options.js';

/** What the thread tells: how far it is, its end, or what was wrong with the options. */
export type ForgeNews =
  | { readonly part: number }
  | { readonly summary: ForgeSummary }
  | { readonly wrong: string; readonly exitCode: 1 | 2 };

/**
 * Forges in a thread that has room for what lives at a time, some 14 MB at any scale, and little more: without a bound
 * V8 lets the heap of a longer run grow (173 MB in all at scale 1, 222 MB at scale 10).
 * @throws UserError as forge does
 */
export function forgeApart(options: ForgeOptions, onProgress: (part: number) => void): Promise<ForgeSummary> {
  if (!isCompiled) return forge(options, onProgress);
  const thread = new Worker(new URL('./forge-worker.js', import.meta.url), {
    workerData: options,
    resourceLimits: { maxYoungGenerationSizeMb: 24, maxOldGenerationSizeMb: 64 },
  });
  return new Promise((resolve, reject) => {
    thread.once('error', reject);
    thread.on('message', (news: ForgeNews) => {
      if ('part' in news) onProgress(news.part);
      else if ('summary' in news) resolve(news.summary);
      else reject(new UserError(news.wrong, news.exitCode));
    });
  });
}
