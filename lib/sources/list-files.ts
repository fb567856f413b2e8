import { readdirSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { globSync } from 'tinyglobby';
import { messageOf } from '../errors.js';

/** An input file, or a path that could not be turned into one. */
export interface InputFile {
  readonly path: string;
  /** What the files of one rotated set have in common: the path without date, number and compression. */
  readonly set: string;
  /** Why there is nothing to read behind the path. */
  readonly error?: string;
}

/**
 * Files behind the given paths: a file is itself, a folder all files below it, a text with wildcards what it
 * matches. Each file once, rotated sets oldest first. What is missing or empty comes back as an error entry.
 */
export function listFiles(paths: readonly string[]): InputFile[] {
  const found = paths.flatMap((path) => expand(path));
  const seen = new Set<string>();
  const once = found.filter(({ path, error }) => {
    const real = error ? path : realpathSync(path);
    return !seen.has(real) && Boolean(seen.add(real));
  });
  return once
    .map((file) => ({ file, key: rotationKey(file.path) }))
    .sort((a, b) => compareKeys(a.key, b.key))
    .map(({ file, key }) => ({ ...file, set: String(key[0]) }));
}

type Found = Omit<InputFile, 'set'>;

function expand(path: string): Found[] {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat?.isDirectory()) return folder(path);
  if (stat?.isFile()) return [{ path }];
  if (stat) return [{ path, error: 'not a regular file: expected a log file, a mailbox or a folder' }];
  if (!/[*?[{]/.test(path)) return [{ path, error: 'no such file or folder' }];
  const matches = globSync(path, { absolute: path.startsWith('/'), dot: true, expandDirectories: false });
  return matches.length > 0
    ? matches.map((match) => ({ path: match }))
    : [{ path, error: 'no file matches' }];
}

function folder(path: string): Found[] {
  try {
    const entries = readdirSync(path, { recursive: true, withFileTypes: true });
    const files = entries
      .map((entry) => ({ entry, path: join(entry.parentPath, entry.name) }))
      // A Maildir's tmp/ holds mails that are still being delivered.
      .filter((file) => statSync(file.path, { throwIfNoEntry: false })?.isFile() && !inMaildirTmp(file.path));
    return files.length > 0
      ? files.map((file) => ({ path: file.path }))
      : [{ path, error: 'no file in this folder' }];
  } catch (error) {
    return [{ path, error: `cannot read the folder (${messageOf(error)})` }];
  }
}

const inMaildirTmp = (path: string): boolean =>
  basename(dirname(path)) === 'tmp' &&
  ['cur', 'new'].every((name) =>
    statSync(join(dirname(dirname(path)), name), { throwIfNoEntry: false })?.isDirectory(),
  );

const compression = /\.(gz|bz2|xz|zst)$/;
const dated = /[-._](\d{4})-?(\d\d)-?(\d\d)$/;
const numbered = /\.(\d{1,4})$/;

/**
 * Sort key of a file in its rotated set (logrotate): `secure-20181201` (dateext) from old to new, then
 * `secure.2.gz`, `secure.1` by falling number, then `secure`, which is being written.
 */
function rotationKey(path: string): (string | number)[] {
  const bare = path.replace(compression, '');
  const date = dated.exec(bare);
  if (date) return [bare.slice(0, date.index), 0, Number(date.slice(1).join(''))];
  const number = numbered.exec(bare);
  return number ? [bare.slice(0, number.index), 1, -Number(number[1])] : [bare, 2, 0];
}

function compareKeys(a: (string | number)[], b: (string | number)[]): number {
  for (const [i, left] of a.entries()) {
    const right = b[i] ?? '';
    if (left !== right) return left < right ? -1 : 1;
  }
  return 0;
}

/** Date in a rotated file's name (`secure-20181209.gz`: no line is later), as UTC digits of its midnight, or null. */
export function dateInName(path: string): number | null {
  const date = dated.exec(basename(path).replace(compression, ''));
  const time = date ? Date.parse(`${date[1]}-${date[2]}-${date[3]}T00:00:00Z`) : Number.NaN;
  return Number.isNaN(time) ? null : time;
}
