import { contentHashes } from './survey.js';

/** A file that is read elsewhere: all of it is in another, or at another's beginning. */
export interface Copy {
  readonly of: string;
  /** False when the other one goes on where this one ends. */
  readonly whole: boolean;
}

/**
 * Which files are copies: a rotated file that came back under another name, compressed or not, or a copy from before
 * the log grew on. Told by content and never by name. Of equal ones the first is read.
 * @param files with what they begin with, such as their first line; empty files are no copies of each other
 */
export async function findCopies(
  files: readonly { readonly path: string; readonly begins: string }[],
): Promise<Map<string, Copy>> {
  const alike = new Map<string, string[]>();
  for (const { path, begins } of files) alike.set(begins, [...(alike.get(begins) ?? []), path]);
  const copies = new Map<string, Copy>();
  for (const [begins, paths] of alike)
    if (begins !== '' && paths.length > 1)
      for (const [path, copy] of await amongAlike(paths)) copies.set(path, copy);
  return copies;
}

async function amongAlike(paths: readonly string[]): Promise<Map<string, Copy>> {
  const known: { path: string; length: number; sha256: string; order: number }[] = [];
  for (const [order, path] of paths.entries()) {
    const hashes = await contentHashes(path);
    if (hashes) known.push({ path, order, ...hashes.whole });
  }
  // The longest first: what is at the beginning of several is a copy of the longest.
  known.sort((a, b) => b.length - a.length || a.order - b.order);
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
