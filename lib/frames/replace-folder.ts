import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { messageOf, UserError } from '../errors.js';

/**
 * Fills a new folder and puts it in the place of the old one, so that a run that fails or is killed leaves the
 * old content and no mixture.
 * @throws UserError when the folder holds something else than frames
 */
export async function replaceFolder(folder: string, fill: (fresh: string) => Promise<void>): Promise<void> {
  const place = resolve(folder);
  const fresh = join(dirname(place), `.${basename(place)}.new`);
  const old = join(dirname(place), `.${basename(place)}.old`);
  const clear = (): void => {
    for (const rest of [fresh, old]) rmSync(rest, { recursive: true, force: true });
  };
  refuseOther(place, folder);
  try {
    clear();
    // In two steps: with `recursive` Node tries for ever where the system says ENOENT to a new folder, as in /proc.
    mkdirSync(dirname(place), { recursive: true });
    mkdirSync(fresh);
  } catch (error) {
    throw new UserError(`${folder}: cannot write here (${messageOf(error)})`);
  }
  try {
    await fill(fresh);
    if (existsSync(place)) renameSync(place, old);
    renameSync(fresh, place);
  } finally {
    clear();
  }
}

/** @throws UserError for a file, and for a folder whose content is not ours to replace */
function refuseOther(place: string, folder: string): void {
  const stat = statSync(place, { throwIfNoEntry: false });
  if (!stat) return;
  if (!stat.isDirectory())
    throw new UserError(`${folder}: a file; give a folder for the frames with --out`, 2);
  if (readdirSync(place).length > 0 && !existsSync(join(place, 'datapackage.json')))
    throw new UserError(`${folder}: not a folder of frames; give an empty or a new folder with --out`, 2);
}
