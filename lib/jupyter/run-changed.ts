import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { UserError } from '../errors.js';
import { inputHash } from './input-hash.js';
import { runNotebooks } from './run-notebooks.js';

export interface ChangedOptions {
  readonly frames: string;
  readonly outDir: string;
  /** Run all, changed or not. */
  readonly force: boolean;
}

const stampOf = (path: string, outDir: string): string => join(outDir, `.${basename(path)}.sha256`);

function isFresh(path: string, hash: string, outDir: string): boolean {
  const stamp = stampOf(path, outDir);
  return (
    existsSync(join(outDir, basename(path))) && existsSync(stamp) && readFileSync(stamp, 'utf8') === hash
  );
}

/**
 * Executes the notebooks whose inputs differ from those of their last good run.
 * The kernels find the frames by BANBOOK_FRAMES.
 */
export async function runChanged(paths: readonly string[], options: ChangedOptions): Promise<void> {
  const { frames, outDir, force } = options;
  for (const path of paths) if (!existsSync(path)) throw new UserError(`no such notebook: ${path}`);
  mkdirSync(outDir, { recursive: true });
  const hashes = new Map(paths.map((path) => [path, inputHash(path, frames)]));
  const changed = paths.filter((path) => force || !isFresh(path, hashes.get(path) ?? '', outDir));
  for (const path of changed) rmSync(stampOf(path, outDir), { force: true });
  if (changed.length < paths.length) {
    process.stderr.write(`${paths.length - changed.length} of ${paths.length} notebooks unchanged\n`);
  }
  if (changed.length === 0) return;
  await runNotebooks(changed, {
    outDir,
    env: { BANBOOK_FRAMES: resolve(frames) },
    onDone: (path) => writeFileSync(stampOf(path, outDir), hashes.get(path) ?? ''),
  });
}
