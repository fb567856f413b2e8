import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { cacheStamp, stampFile } from '../enrich/cache-stamp.js';
import { listFiles } from '../sources/list-files.js';
import { codeHash } from '../version.js';

/**
 * Hashes of what frames are made from: which files, of which size and time, under which settings, by which code; and
 * on a line of its own, which answers. When it is the same as that of the frames at hand, making them again would
 * change nothing. Files and answers are looked at when it is called; the code is hashed while threads begin.
 */
export async function inputStamp(
  paths: readonly string[],
  cache: string,
  settings: unknown,
): Promise<string> {
  const files = listFiles(paths).map(({ path, error }) => {
    const stat = error ? undefined : statSync(path);
    return [path, error, stat?.size, stat?.mtimeMs];
  });
  const answers = cacheStamp(cache);
  await null;
  const inputs = createHash('sha256').update(JSON.stringify([process.cwd(), files, settings, codeHash()]));
  return `${inputs.digest('hex')}\n${answers}`;
}

/** True when the frames at hand were made from the same. */
export const isCurrent = (frames: string, stamp: string): boolean =>
  existsSync(stampFile(frames)) && readFileSync(stampFile(frames), 'utf8') === stamp;
