import { type Dirent, readdirSync, realpathSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
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
  const seen = new Set<string>();
  const once = paths
    .flatMap((path) => expand(path))
    .map(settle)
    .filter(({ real }) => real === null || (!seen.has(real) && Boolean(seen.add(real))));
  return once
    .map(({ path, error }) => ({ file: { path, ...(error ? { error } : {}) }, key: rotationKey(path) }))
    .sort((a, b) => compareKeys(a.key, b.key))
    .map(({ file, key }) => ({ ...file, set: String(key[0]) }));
}

type Found = Omit<InputFile, 'set'>;

/** The file behind a path, links followed; null for what is none. */
function settle(file: Found): Found & { real: string | null } {
  if (file.error) return { ...file, real: null };
  try {
    return { ...file, real: realpathSync(file.path) };
  } catch (error) {
    return { ...file, error: `cannot be reached (${messageOf(error)})`, real: null };
  }
}

/** What a path is once links are followed. */
function kindOf(path: string): 'file' | 'folder' | 'other' | 'missing' | Error {
  try {
    const stat = statSync(path, { throwIfNoEntry: false });
    return !stat ? 'missing' : stat.isFile() ? 'file' : stat.isDirectory() ? 'folder' : 'other';
  } catch (error) {
    return error as Error;
  }
}

function expand(path: string): Found[] {
  const kind = kindOf(path);
  if (kind === 'folder') {
    const files = folder(path);
    return files.length > 0 ? files : [{ path, error: 'no file in this folder' }];
  }
  if (kind === 'missing' && /[*?[{]/.test(path)) return matches(path);
  return [entry(path, kind)];
}

function entry(path: string, kind: ReturnType<typeof kindOf>): Found {
  if (kind === 'file') return { path };
  if (kind === 'missing') return { path, error: 'no such file or folder' };
  if (kind instanceof Error) return { path, error: `cannot be reached (${kind.message})` };
  return { path, error: 'not a regular file: expected a log file, a mailbox or a folder' };
}

/** Files and folders that a pattern matches, folders with all that is below them. */
function matches(pattern: string): Found[] {
  const options = {
    absolute: pattern.startsWith('/'),
    dot: true,
    expandDirectories: false,
    onlyFiles: false,
  };
  const found = globSync(pattern, options).map((match) => match.replace(/\/$/, ''));
  return found.length > 0
    ? found.flatMap((path) => (kindOf(path) === 'folder' ? folder(path) : [entry(path, kindOf(path))]))
    : [{ path: pattern, error: 'no file matches' }];
}

/** All files below a folder. What is no file gets an entry that says so; links to folders are not followed. */
function folder(path: string): Found[] {
  let entries: Dirent[];
  try {
    entries = readdirSync(path, { withFileTypes: true });
  } catch (error) {
    return [{ path, error: `cannot read the folder (${messageOf(error)})` }];
  }
  // A Maildir's tmp/ holds mails that are still being delivered.
  const names = entries.map(({ name }) => name);
  const isMaildir = ['cur', 'new', 'tmp'].every((name) => names.includes(name));
  return entries.flatMap((found) => {
    const below = join(path, found.name);
    if (found.isDirectory()) return isMaildir && found.name === 'tmp' ? [] : folder(below);
    const kind = kindOf(below);
    return [
      kind === 'folder'
        ? { path: below, error: 'a link to a folder: name the folder itself' }
        : entry(below, kind),
    ];
  });
}

const compression = /\.(gz|bz2|xz|zst)$/;
/**
 * logrotate's dateext: a date, with an hour or the seconds since 1970 by other dateformats; its `extension` keeps `.log`
 * at the end of the name. A number or `.old` behind it is of who moved the file again.
 */
const dated =
  /[-._](\d{4})-?(\d\d)-?(\d\d)(?:[-_T]?(\d\d(?:\d\d){0,2}|(?<=-)\d{9,10}))?(?:\.(\d{1,3}|old))?(\.log)?$/;
/** `2019-01-06-auth.log` */
const datedBefore = /^(\d{4})-?(\d\d)-?(\d\d)[-._]/;
/** Four digits are a year rather than a number. */
const numbered = /\.(\d{1,3})(\.log)?$/;

/**
 * Sort key of a file in its rotated set (logrotate): `secure-20181201` (dateext) from old to new, then
 * `secure.2.gz`, `secure.1` by falling number, then `secure`, which is being written.
 */
function rotationKey(path: string): (string | number)[] {
  const bare = path.replace(compression, '');
  const date = dated.exec(bare);
  if (date) {
    const [, year, month, day, time = '', again = '', extension = ''] = date;
    const set = bare.slice(0, date.index) + extension;
    return [
      set,
      0,
      Number(`${year}${month}${day}`),
      Number(time.padEnd(6, '0')),
      -Number.parseInt(again, 10) || 0,
    ];
  }
  const name = basename(bare);
  const before = datedBefore.exec(name);
  if (before) {
    const [prefix, year, month, day] = before;
    return [
      bare.slice(0, -name.length) + name.slice(prefix.length),
      0,
      Number(`${year}${month}${day}`),
      0,
      0,
    ];
  }
  const number = numbered.exec(bare);
  if (!number) return [bare, 2, 0, 0, 0];
  return [bare.slice(0, number.index) + (number[2] ?? ''), 1, -Number(number[1]), 0, 0];
}

function compareKeys(a: (string | number)[], b: (string | number)[]): number {
  for (const [i, left] of a.entries()) {
    const right = b[i] ?? '';
    if (left !== right) return left < right ? -1 : 1;
  }
  return 0;
}

/** Date in a rotated file's name (`secure-20181209.gz`: no line is later than its day), as UTC digits of its midnight, or null. */
export function dateInName(path: string): number | null {
  const name = basename(path).replace(compression, '');
  const date = dated.exec(name) ?? datedBefore.exec(name);
  const time = date ? Date.parse(`${date[1]}-${date[2]}-${date[3]}T00:00:00Z`) : Number.NaN;
  return Number.isNaN(time) ? null : time;
}
