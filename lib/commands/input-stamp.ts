import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { namesFile } from '../enrich/known-names.js';
import { risksFile } from '../enrich/known-risks.js';
import { listFiles } from '../sources/list-files.js';
import { codeHash } from '../version.js';

/**
 * Hashes of what frames are made from: which files, of which size and time, under which settings, by which code; and
 * on a line of its own, which answers. When it is the same as that of the frames at hand, making them again would
 * change nothing.
 */
export function inputStamp(paths: readonly string[], cache: string, settings: unknown): string {
  const files = listFiles(paths).map(({ path, error }) => {
    const stat = error ? undefined : statSync(path);
    return [path, error, stat?.size, stat?.mtimeMs];
  });
  const inputs = createHash('sha256').update(JSON.stringify([process.cwd(), files, settings, codeHash()]));
  return `${inputs.digest('hex')}\n${cacheStamp(cache)}`;
}

/** A hash of the answers in a cache. */
function cacheStamp(cache: string): string {
  const hash = createHash('sha256');
  for (const file of [namesFile(cache), risksFile(cache)])
    hash.update(`${file}\n`).update(existsSync(file) ? readFileSync(file) : '');
  return hash.digest('hex');
}

/** Where the stamp of a folder of frames is kept. */
export const stampFile = (frames: string): string => join(frames, '.inputs');

/** True when the frames at hand were made from the same. */
export const isCurrent = (frames: string, stamp: string): boolean =>
  existsSync(stampFile(frames)) && readFileSync(stampFile(frames), 'utf8') === stamp;
