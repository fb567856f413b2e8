import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../errors.js';
import { root } from './paths.js';

/** Every compiled file, and the template: what a notebook or the article may have called. */
function codeFiles(): string[] {
  const below = (folder: string) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name));
  return [
    ...below(`${root}dist`).filter((path) => path.endsWith('.js')),
    ...below(`${root}lib/jupyter/template`),
  ]
    .filter((path) => /\.\w+$/.test(path))
    .sort();
}

/** Hash of what one run of a notebook depends on: its cells, the frames, the code, the packages and Node. */
export function inputHash(notebook: string, frames: string): string {
  const description = join(frames, 'datapackage.json');
  if (!existsSync(description)) {
    throw new UserError(`no frames in ${frames}: datapackage.json is not there; run make frames`);
  }
  const settings = ['package-lock.json', 'requirements.txt', 'data/site.json'].map(
    (name) => `${root}${name}`,
  );
  const files = [notebook, description, ...settings.filter((path) => existsSync(path)), ...codeFiles()];
  const hash = createHash('sha256').update(process.version);
  for (const path of files) hash.update(`\0${path}\0`).update(readFileSync(path));
  return hash.digest('hex');
}
