import { messageOf } from '../errors.js';
import type { InputFile } from '../sources/list-files.js';
import { type Copy, findCopies } from './copies.js';
import { type Inspection, inspectSource } from './inspect-source.js';

/** One file with what is to be done with it. */
export type Job =
  | { readonly file: InputFile; readonly id: string; readonly error: string }
  | { readonly file: InputFile; readonly id: string; readonly found: Inspection; readonly copy: Copy }
  | { readonly file: InputFile; readonly id: string; readonly found: Inspection };

/** A file to be read. */
export type FileJob = Extract<Job, { found: Inspection }>;

/** Looks at each file, and gives each an id of its own. */
export async function jobsOf(inputs: readonly InputFile[]): Promise<Job[]> {
  // One after the other: a Maildir has more files than a process may have open.
  const looked: { file: InputFile; found: Inspection | { error: string } }[] = [];
  for (const file of inputs)
    looked.push({ file, found: file.error ? { error: file.error } : await inspect(file) });
  const copies = await findCopies(
    looked.flatMap(({ file, found }) => ('id' in found ? { ...found, path: file.path } : [])),
  );
  const ids = new Map<InputFile, string>();
  const taken = new Map<string, number>();
  // What is read has its id before its copies: it stays the same when one appears.
  const copied = (file: InputFile): number => Number(copies.has(file.path));
  for (const { file, found } of [...looked].sort((a, b) => copied(a.file) - copied(b.file))) {
    const name = 'id' in found ? found.id : 'unreadable';
    const n = (taken.get(name) ?? 0) + 1;
    taken.set(name, n);
    ids.set(file, n === 1 ? name : `${name}-${n}`);
  }
  return looked.map(({ file, found }) => {
    const id = ids.get(file) ?? '';
    const copy = copies.get(file.path);
    if ('error' in found) return { file, id, error: found.error };
    return copy ? { file, id, found, copy } : { file, id, found };
  });
}

async function inspect(file: InputFile): Promise<Inspection | { error: string }> {
  try {
    return await inspectSource(file.path);
  } catch (error) {
    return { error: `cannot be read (${messageOf(error)})` };
  }
}
