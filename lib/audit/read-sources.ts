import { statSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { UserError } from '../errors.js';
import type { Row } from '../schema.js';
import { readBytes } from '../sources/read-bytes.js';
import { readLines } from '../sources/read-lines.js';
import { calendarOf, type Witness } from './observation.js';
import { LogObserver } from './observe-log.js';
import { MailObserver } from './observe-mails.js';

type Source = Row<'sources'>;

/** @param part of the bytes that have to be read, 0 to 1; @param path the file at hand */
export type OnProgress = (part: number, path: string) => void;

/**
 * Reads all sources again, every line of them.
 * @param sources those that were read; copies have no lines
 * @throws UserError that names the files that are gone or are no longer what was read
 */
export async function readSources(
  frames: string,
  sources: readonly Source[],
  zone: string,
  witness: Witness,
  onProgress: OnProgress = () => {},
): Promise<void> {
  const files = sources.map((source) => ({ source, path: resolve(frames, source.path) }));
  refuse(files.flatMap(({ source, path }) => whatChanged(source, path) ?? []));
  const total = sources.reduce((sum, { bytes }) => sum + bytes, 0) || 1;
  const changed: string[] = [];
  const calendar = calendarOf(zone);
  const seenMails = new Set<string>();
  let done = 0;
  for (const { source, path } of files) {
    const shown = relative(process.cwd(), path);
    const onRead = (bytes: number): void => onProgress((done + bytes) / total, shown);
    const observer =
      source.kind === 'log' || source.kind === 'journal'
        ? new LogObserver(source, calendar, witness)
        : new MailObserver(source, calendar, witness, seenMails);
    if (!(await readSource(path, source, observer, onRead)))
      changed.push(`${shown}: not the file that was read`);
    done += source.bytes;
  }
  refuse(changed);
}

function refuse(changed: readonly string[]): void {
  if (changed.length > 0)
    throw new UserError(
      `the audit needs the sources as they were; make the frames again, then audit them:\n${changed.map((line) => `  ${line}`).join('\n')}`,
    );
}

function whatChanged({ bytes, sha256 }: Source, path: string): string | null {
  const shown = relative(process.cwd(), path);
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found) return `${shown}: no longer there`;
  return sha256 !== null && found.size !== bytes ? `${shown}: not the file that was read` : null;
}

/** @returns false when the file is not the one that was read */
async function readSource(
  path: string,
  source: Source,
  observer: LogObserver | MailObserver,
  onRead: (bytes: number) => void,
): Promise<boolean> {
  const bytes = readBytes(path);
  try {
    for await (const batch of readLines(bytes.content, source.kind === 'log' ? 'utf8' : 'latin1')) {
      onRead(bytes.position());
      observer.batch(batch);
    }
  } catch (error) {
    // A damaged file was read up to the damage, and has no hash in the frames.
    if (source.sha256 !== null) return false;
    if (source.note === null) throw error;
  }
  observer.end();
  return source.sha256 === null || bytes.sha256() === source.sha256;
}
