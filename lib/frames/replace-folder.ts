import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { messageOf, UserError } from '../errors.js';
import { schema } from '../schema.js';
import { isRunning } from './is-running.js';

/** What a folder of frames may hold; anything else in it is somebody's work. */
const ours = [
  ...Object.keys(schema).map((frame) => `${frame}.csv`),
  'datapackage.json',
  '.inputs',
  '.import',
];

/** Columnar copies of the frames, which the engine keeps beside them; with more at the end one that was not finished. */
const isColumnarCopy = (name: string): boolean =>
  /^\.[a-z]+\.[\da-f]{16}\.parquet(?:\.[-\da-f]{36})?$/.test(name);

/** Folders beside one that runs have made to fill: `.frames.new-PID-random`, and with `.old` what they replace. */
const beside = (place: string): { path: string; pid: number; old: boolean }[] =>
  namesIn(dirname(place)).flatMap((name) => {
    const prefix = `.${basename(place)}.new-`;
    const found = name.startsWith(prefix) ? /^(\d+)-\w{6}(\.old)?$/.exec(name.slice(prefix.length)) : null;
    return found ? [{ path: join(dirname(place), name), pid: Number(found[1]), old: Boolean(found[2]) }] : [];
  });

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/**
 * Puts in order what a killed run has left beside a folder: where it was killed between taking the old content away
 * and putting the new in its place, the old comes back; what it had begun to fill goes.
 */
export function recoverFolder(folder: string): void {
  const place = resolve(folder);
  for (const { path, pid, old } of beside(place)) {
    if (isRunning(pid)) continue;
    if (old && !existsSync(place)) renameSync(path, place);
    else rmSync(path, { recursive: true, force: true });
  }
}

/**
 * Fills a new folder and puts it in the place of the old one, so that a run that fails or is killed leaves the
 * old content and no mixture. Each run has a folder of its own: of two at once the later one stays.
 * @throws UserError when the folder holds something else than frames
 */
export async function replaceFolder(folder: string, fill: (fresh: string) => Promise<void>): Promise<void> {
  const place = resolve(folder);
  recoverFolder(place);
  refuseOther(place, folder);
  let fresh: string;
  try {
    // Not with `recursive` where the parent exists: where the system says ENOENT, as in /proc, Node tries for ever.
    if (!existsSync(dirname(place))) mkdirSync(dirname(place), { recursive: true });
    fresh = mkdtempSync(join(dirname(place), `.${basename(place)}.new-${process.pid}-`));
  } catch (error) {
    throw new UserError(`${folder}: cannot write here (${messageOf(error)})`);
  }
  try {
    await fill(fresh);
    const old = `${fresh}.old`;
    if (existsSync(place)) renameSync(place, old);
    renameSync(fresh, place);
    rmSync(old, { recursive: true, force: true });
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
}

/** @throws UserError for a file, and for a folder whose content is not ours to replace */
function refuseOther(place: string, folder: string): void {
  const stat = statSync(place, { throwIfNoEntry: false });
  if (!stat) return;
  if (!stat.isDirectory())
    throw new UserError(`${folder}: a file; give a folder for the frames with --out`, 2);
  const names = readdirSync(place);
  const other =
    names.find((name) => !ours.includes(name) && !isColumnarCopy(name)) ??
    (isFrames(place) ? undefined : names[0]);
  if (other !== undefined)
    throw new UserError(
      `${folder}: holds ${other}, which is no frame; give an empty or a new folder with --out`,
      2,
    );
}

function isFrames(place: string): boolean {
  try {
    return 'banbook' in JSON.parse(readFileSync(join(place, 'datapackage.json'), 'utf8'));
  } catch {
    return false;
  }
}
