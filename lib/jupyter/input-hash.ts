import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../errors.js';
import { codeHash, root } from '../version.js';

/** Hash of what one run of a notebook depends on: its cells, the frames, the code, the packages and Node. */
export function inputHash(notebook: string, frames: string): string {
  const description = join(frames, 'datapackage.json');
  if (!existsSync(description))
    throw new UserError(`no frames in ${frames}: datapackage.json is not there; run make frames`);
  const hash = createHash('sha256').update(codeHash());
  for (const path of [notebook, description, `${root}requirements.txt`])
    hash.update(`\0${path}\0`).update(readFileSync(path));
  return hash.digest('hex');
}
