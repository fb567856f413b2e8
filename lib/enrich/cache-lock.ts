import { closeSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { messageOf, UserError } from '../errors.js';
import { isRunning } from '../frames/is-running.js';
import { isoUtc } from '../zone.js';

/** The run that may add answers to a cache. */
interface Holder {
  readonly pid: number;
  readonly host: string;
  readonly since: string;
}

/**
 * Keeps other runs from asking for what this one is going to ask, and from writing between its lines. A run that was
 * killed leaves its lock behind; the next one on the same machine takes it over.
 * @returns gives the lock back
 * @throws UserError that names the run that has it
 */
export function lockCache(cache: string, answers: 'names' | 'risk'): () => void {
  mkdirSync(cache, { recursive: true });
  const path = join(cache, `${answers}.lock`);
  const mine: Holder = { pid: process.pid, host: hostname(), since: isoUtc(Date.now()) };
  while (!create(path, JSON.stringify(mine))) {
    const text = textOf(path);
    if (text === null) continue;
    const holder = holderOf(text);
    if (!holder || holder.host !== hostname() || isRunning(holder.pid)) throw held(path, holder);
    takeAway(path, text);
  }
  return () => rmSync(path, { force: true });
}

/** @returns what an operation gives, or null where it failed for that reason */
function unless<T>(code: 'EEXIST' | 'ENOENT', operation: () => T): T | null {
  try {
    return operation();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === code) return null;
    throw error;
  }
}

/** @returns false when there is such a file already. @throws UserError where a disk without room lets it stay empty */
function create(path: string, text: string): boolean {
  const file = unless('EEXIST', () => openSync(path, 'wx'));
  if (file === null) return false;
  try {
    writeSync(file, text);
  } catch (error) {
    rmSync(path);
    throw new UserError(`${path} cannot be written (${messageOf(error)}), so nothing is asked`);
  } finally {
    closeSync(file);
  }
  return true;
}

const textOf = (path: string): string | null => unless('ENOENT', () => readFileSync(path, 'utf8'));

function holderOf(text: string): Holder | null {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Removes the lock of a run that has ended; one that another run has put there meanwhile is put back. */
function takeAway(path: string, text: string): void {
  const away = `${path}-${process.pid}`;
  unless('ENOENT', () => renameSync(path, away));
  const taken = textOf(away);
  if (taken !== null && taken !== text) create(path, taken);
  rmSync(away, { force: true });
}

function held(path: string, holder: Holder | null): UserError {
  const who = holder ? `process ${holder.pid} on ${holder.host}, since ${holder.since}` : 'it has just begun';
  return new UserError(
    `another run is asking and adds its answers to this cache (${who}): wait for it or stop it; if there is no such run any more, remove ${path}`,
  );
}
