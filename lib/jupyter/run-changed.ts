import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { UserError } from '../errors.js';
import { inputHash } from './input-hash.js';
import { runNotebooks, type Task } from './run-notebooks.js';

/** A notebook to run, the place of its executed copy, and the language of what it says. */
export interface Wanted {
  readonly path: string;
  readonly executed: string;
  readonly locale?: 'en' | 'ja';
}

const stampOf = (out: string): string => join(dirname(out), `.${basename(out)}.sha256`);

const isFresh = (out: string, hash: string): boolean =>
  existsSync(out) && existsSync(stampOf(out)) && readFileSync(stampOf(out), 'utf8') === hash;

/**
 * Executes the notebooks whose inputs differ from those of their last good run. The kernels find the frames by
 * BANBOOK_FRAMES, those of an earlier year by BANBOOK_BEFORE, and the language by BANBOOK_LOCALE.
 * @param options `force` runs all, changed or not
 */
export async function runChanged(
  wanted: readonly Wanted[],
  options: { readonly frames: string; readonly before?: string | undefined; readonly force: boolean },
): Promise<void> {
  const frames = resolve(options.frames);
  const before = options.before === undefined ? null : resolve(options.before);
  for (const { path } of wanted) if (!existsSync(path)) throw new UserError(`no such notebook: ${path}`);
  const hashes = new Map<string, string>();
  const tasks = wanted.flatMap(({ path, executed, locale = 'en' }): Task[] => {
    const hash = inputHash(path, frames, locale, before);
    if (!options.force && isFresh(executed, hash)) return [];
    const out = resolve(executed);
    rmSync(stampOf(out), { force: true });
    hashes.set(out, hash);
    // The kernel runs in the notebook's folder, from where a relative path leads elsewhere.
    const env = { BANBOOK_FRAMES: frames, BANBOOK_BEFORE: before ?? '', BANBOOK_LOCALE: locale };
    return [{ path: resolve(path), out, env }];
  });
  if (tasks.length < wanted.length)
    process.stderr.write(`${wanted.length - tasks.length} of ${wanted.length} notebooks unchanged\n`);
  const onDone = ({ out }: Task): void => writeFileSync(stampOf(out), hashes.get(out) ?? '');
  if (tasks.length > 0) await runNotebooks(tasks, { onDone });
}
