import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Folder of the project, with a slash at its end; the same seen from lib/ and from dist/. */
export const root = fileURLToPath(new URL('../', import.meta.url));

/** False from lib/ under a loader of TypeScript, from where Node 20 cannot start a thread. */
export const isCompiled = import.meta.url.endsWith('.js');

/** banbook's version, as package.json has it. */
export const version: string = (
  JSON.parse(readFileSync(`${root}package.json`, 'utf8')) as { version: string }
).version;

/**
 * Hash of the compiled code and of what it comes with: the same code makes the same of the same input.
 * @param part only files whose path below dist/ matches
 */
export function codeHash(part = /./): string {
  const known = hashes.get(part.source) ?? hashCode(part);
  hashes.set(part.source, known);
  return known;
}

const hashes = new Map<string, string>();

function hashCode(part: RegExp): string {
  const hash = createHash('sha256').update(process.version);
  for (const folder of ['dist', 'lib/jupyter/page'].filter((name) => existsSync(join(root, name))))
    for (const file of readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).sort())
      if (/\.(js|css)$/.test(file) && part.test(file))
        hash.update(file).update(readFileSync(join(root, folder, file)));
  return hash.update(readFileSync(join(root, 'package-lock.json'))).digest('hex');
}
