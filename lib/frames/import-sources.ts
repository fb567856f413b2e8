import { messageOf } from '../errors.js';
import type { Row } from '../schema.js';
import {
  type Border,
  blankBorder,
  cutPieces,
  lineBorder,
  mailBorder,
  noBorder,
} from '../sources/cut-pieces.js';
import type { SourceKind } from '../sources/detect-kind.js';
import type { InputFile } from '../sources/list-files.js';
import { upToFailure } from '../sources/read-lines.js';
import { reach } from './connections.js';
import type { EarlierImport, KeptSource } from './earlier-import.js';
import { type FileJob, jobsOf } from './jobs.js';
import { type Known, lookAt, yearsBefore } from './look-at.js';
import { SeenMails } from './mail-ids.js';
import type { PiecePool } from './piece-pool.js';
import type { RecordFrame } from './piece-sink.js';
import { readOnce } from './read-once.js';
import { readWhole } from './read-whole.js';
import { type Reading, SourceImport } from './source-import.js';
import { unreadable } from './source-row.js';
import type { SourceTally } from './source-tally.js';
import { Steps } from './steps.js';

/** How far the import is, for a progress bar. */
export interface Progress {
  readonly path: string;
  readonly bytes: number;
  readonly totalBytes: number;
}

export interface ImportOptions {
  /** Year of the first line of each rotated set, or null to go by stamps, name, path and file time. */
  readonly year: number | null;
  /** Folder that the frames will live in: sources inside the current folder are named relative to it. */
  readonly home: string;
  /** Zone of stamps without an offset. */
  readonly zone: string;
  /** The import before this one, whose rows need not be made again; null for none. */
  readonly earlier: EarlierImport | null;
  readonly onProgress: (progress: Progress) => void;
}

export interface ImportResult {
  readonly sources: Row<'sources'>[];
  readonly coverage: Row<'coverage'>[];
  /** What could not be read, a sentence each that names the file. */
  readonly errors: string[];
  /** What the user should know, a sentence each that names the file. */
  readonly notes: string[];
}

/** Where rows and the rest go, in the order of the sources and of their pieces. */
export interface ImportOutput {
  /** Bytes of each frame so far. */
  sizes(): Record<RecordFrame, number>;
  rows(frame: RecordFrame, lines: Uint8Array, rows: number): void;
  /** @returns what takes back all rows that come from here on */
  mark(): () => void;
  /** What a source has told, once it has been read to its end. */
  source(kept: KeptSource, tally: SourceTally): void;
}

/**
 * Reads the files in the order given, their pieces several at a time. One bad file does not stop the others, and
 * what comes out does not depend on how many pieces are read at once.
 */
export async function importSources(
  inputs: readonly InputFile[],
  pool: PiecePool,
  output: ImportOutput,
  options: ImportOptions,
): Promise<ImportResult> {
  const jobs = await jobsOf(inputs);
  const result: ImportResult = { sources: [], coverage: [], errors: [], notes: [] };
  const totalBytes = jobs.reduce((sum, job) => sum + ('found' in job ? 2 * job.found.bytes : 0), 0);
  const steps = new Steps(pool.width);
  const reading: Reading = {
    pool,
    output,
    options,
    result,
    steps,
    mails: new SeenMails(),
    years: new Map(),
    doneBytes: 0,
    onBytes: (path) => {
      const start = reading.doneBytes;
      return (bytes) => options.onProgress({ path, bytes: start + bytes, totalBytes });
    },
  };
  for (const job of jobs) {
    if ('error' in job) {
      result.errors.push(`${job.file.path}: ${job.error}`);
      await steps.add(() => result.sources.push(unreadable(job, job.error, options)));
    } else if ('copy' in job) {
      const { of, whole } = job.copy;
      const note = whole
        ? `same content as ${of}; read once`
        : `${of} begins with the same and goes on; read there`;
      result.notes.push(`${job.file.path}: ${note}`);
      const { kind, bytes } = job.found;
      await steps.add(() => result.sources.push({ ...unreadable(job, note, options), kind, bytes }));
    } else if (!(await readOnce(job, reading))) await importSource(job, reading);
  }
  await steps.end();
  return result;
}

const borders: Record<SourceKind, Border> = {
  log: lineBorder,
  journal: blankBorder,
  mbox: mailBorder,
  mail: noBorder,
  report: noBorder,
};

async function importSource(job: FileJob, reading: Reading): Promise<void> {
  const { file, found } = job;
  const { options, steps } = reading;
  const onBytes = reading.onBytes(file.path);
  const looked = await lookAt(job, { ...options, years: reading.years }, onBytes);
  const { surveyed, rule } = looked;
  const known = looked.known && (await isStill(looked.known, reading)) ? looked.known : null;
  // Hashed in one of the two readings: in the first where that decides what is read again.
  const bytes = readWhole(file.path, (position) => onBytes(found.bytes + position), surveyed.sha256 === null);
  const source = new SourceImport(job, reading);
  await steps.add(() => source.begin(known));
  let after = Buffer.from(known?.source.after ?? '', 'base64');
  let damage: string | null = null;
  if (!known?.whole) {
    const pieces = cutPieces(skip(bytes.content, known?.source.content?.length ?? 0), borders[found.kind], {
      lookback: found.kind === 'log' || found.kind === 'journal' ? reach.lines : 0,
      from: (known?.source.lines ?? 0) + 1,
      head: after,
    });
    const whole = upToFailure(pieces, (error) => {
      damage = messageOf(error);
    });
    let index = 0;
    for await (const piece of whole) {
      after = Buffer.from(piece.after);
      await source.read(piece, yearsBefore(surveyed, rule, index++));
    }
  }
  reading.doneBytes += 2 * found.bytes;
  await steps.add(() => {
    const sha256 = surveyed.sha256 ?? bytes.sha256();
    source.end({ ...surveyed, sha256 }, rule, after, damage);
  });
}

/** A source counts as before unless a mail of it is, or was, in another that is read before. */
async function isStill({ source }: Known, { steps, mails }: Reading): Promise<boolean> {
  if (source.mails.length === 0) return true;
  await steps.end();
  return !source.again && !mails.hasAny(source.mails);
}

/** Content without its first bytes. */
async function* skip(content: AsyncIterable<Buffer>, bytes: number): AsyncGenerator<Buffer> {
  let left = bytes;
  for await (const piece of content) {
    if (left < piece.length) yield left > 0 ? piece.subarray(left) : piece;
    left = Math.max(0, left - piece.length);
  }
}
