import { resolve } from 'node:path';
import { yearInPath } from '../parsers/year-rule.js';
import { dateInName } from '../sources/list-files.js';
import { contentHashes } from './survey.js';

/** A file that is read elsewhere: all of it is in another, or at another's beginning. */
export interface Copy {
  readonly of: string;
  /** False when the other one goes on where this one ends. */
  readonly whole: boolean;
}

/**
 * Which files are copies: a rotated file that came back under another name, compressed or not, or a copy from before
 * the log grew on. Told by content and never by name. Of equal ones that is read whose name or time says most of its year.
 * @param files with what they begin with, such as their first line; empty files are no copies of each other
 */
export async function findCopies(files: readonly MayBeCopy[]): Promise<Map<string, Copy>> {
  const alike = new Map<string, MayBeCopy[]>();
  for (const file of files) alike.set(file.begins, [...(alike.get(file.begins) ?? []), file]);
  const copies = new Map<string, Copy>();
  for (const [begins, files] of alike)
    if (begins !== '' && files.length > 1)
      for (const [path, copy] of await amongAlike(files)) copies.set(path, copy);
  return copies;
}

interface MayBeCopy {
  readonly path: string;
  readonly begins: string;
  /** When it was modified, milliseconds. */
  readonly modified: number;
}

async function amongAlike(files: readonly MayBeCopy[]): Promise<Map<string, Copy>> {
  const known: { path: string; length: number; sha256: string; vague: number; order: number }[] = [];
  for (const [order, { path, modified }] of files.entries()) {
    const hashes = await contentHashes(path);
    if (hashes) known.push({ path, order, vague: vagueness(path, modified), ...hashes.whole });
  }
  // The longest first: what is at the beginning of several is a copy of the longest.
  known.sort((a, b) => b.length - a.length || a.vague - b.vague || a.order - b.order);
  const copies = new Map<string, Copy>();
  for (const [i, file] of known.entries()) {
    if (copies.has(file.path)) continue;
    const shorter = known.slice(i + 1).filter(({ path }) => !copies.has(path));
    if (shorter.length === 0) continue;
    const hashes = await contentHashes(
      file.path,
      shorter.map(({ length }) => length),
    );
    for (const { path, length, sha256 } of shorter)
      if (hashes?.beginnings.some((start) => start.length === length && start.sha256 === sha256))
        copies.set(path, { of: file.path, whole: length === file.length });
  }
  return copies;
}

/** The less, the more a file says of its year; see firstYear. A time is the better the earlier, as copying makes it later. */
const vagueness = (path: string, modified: number): number =>
  dateInName(path) !== null ? -2 : yearInPath(resolve(path)) ? -1 : Math.floor(modified / 86_400_000);
