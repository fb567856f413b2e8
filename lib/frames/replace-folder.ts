import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { UserError } from '../errors.js';

/**
 * Fills a new folder and puts it in the place of the old one, so that a run that fails or is killed leaves the
 * old content and no mixture.
 * @throws UserError when the folder holds something else than frames
 */
export async function replaceFolder(folder: string, fill: (fresh: string) => Promise<void>): Promise<void> {
  const place = resolve(folder);
  if (existsSync(place) && readdirSync(place).length > 0 && !existsSync(join(place, 'datapackage.json')))
    throw new UserError(`${folder}: not a folder of frames; give an empty or a new folder with --out`, 2);
  mkdirSync(dirname(place), { recursive: true });
  const fresh = join(dirname(place), `.${basename(place)}.new`);
  const old = join(dirname(place), `.${basename(place)}.old`);
  for (const rest of [fresh, old]) rmSync(rest, { recursive: true, force: true });
  mkdirSync(fresh);
  try {
    await fill(fresh);
    if (existsSync(place)) renameSync(place, old);
    renameSync(fresh, place);
  } finally {
    for (const rest of [fresh, old]) rmSync(rest, { recursive: true, force: true });
  }
}
