import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { UserError } from '../errors.js';
import { codeHash } from '../version.js';
import { joined, readNotebook } from './read-notebook.js';

/** What describes all of a folder's frames. @throws UserError when there are none */
function descriptionOf(frames: string): Buffer {
  const path = join(frames, 'datapackage.json');
  if (!existsSync(path))
    throw new UserError(`no frames in ${frames}: datapackage.json is not there; run make frames`);
  return readFileSync(path);
}

/**
 * Hash of what one run of a notebook depends on: its code, the frames, the language, banbook, the packages and Node.
 * @param before frames of an earlier year, for notebooks that compare with them
 */
export function inputHash(notebook: string, frames: string, locale: string, before: string | null): string {
  // The outputs that a notebook comes with do not count: they are those of another run.
  const cells = readNotebook(notebook).cells.map(({ cell_type, source }) => [cell_type, joined(source)]);
  return createHash('sha256')
    .update(JSON.stringify([codeHash(), locale, resolve(notebook), resolve(frames), cells, before]))
    .update(descriptionOf(frames))
    .update(before === null ? '' : descriptionOf(before))
    .digest('hex');
}
