import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { namesFile } from './known-names.js';
import { risksFile } from './known-risks.js';

/** Where the stamp of a folder of frames is kept: a line for the input, a line for the cache. */
export const stampFile = (frames: string): string => join(frames, '.inputs');

/** A hash of the answers in a cache. */
export function cacheStamp(cache: string): string {
  const hash = createHash('sha256');
  for (const file of [namesFile(cache), risksFile(cache)])
    hash.update(`${file}\n`).update(existsSync(file) ? readFileSync(file) : '');
  return hash.digest('hex');
}

/** True when the frames have what the cache has now. @param frames folder; of one without a stamp it is not known */
export const hasCache = (frames: string, cache: string): boolean =>
  existsSync(stampFile(frames)) && readFileSync(stampFile(frames), 'utf8').endsWith(`\n${cacheStamp(cache)}`);

/** Notes in a folder that is being made of other frames that it has the answers of that stamp. */
export function stampCache(fresh: string, of: string, stamp: string): void {
  const [inputs] = readFileSync(stampFile(of), 'utf8').split('\n');
  writeFileSync(stampFile(fresh), `${inputs}\n${stamp}`);
}
