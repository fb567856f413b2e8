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
    looked.flatMap(({ file, found }) => ('id' in found ? { path: file.path, begins: found.begins } : [])),
  );
  const ids = new Map<string, number>();
  return looked.map(({ file, found }) => {
    const name = 'id' in found ? found.id : 'unreadable';
    const n = (ids.get(name) ?? 0) + 1;
    ids.set(name, n);
    const id = n === 1 ? name : `${name}-${n}`;
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
