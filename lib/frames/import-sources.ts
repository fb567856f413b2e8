import { relative, resolve } from 'node:path';
import { messageOf } from '../errors.js';
import { firstYear, YearClock, type YearRule, type YearState } from '../parsers/year-rule.js';
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
import { dateInName, type InputFile } from '../sources/list-files.js';
import { upToFailure } from '../sources/read-lines.js';
import { isoUtc } from '../zone.js';
import { reach } from './connections.js';
import { type Copy, findCopies } from './copies.js';
import type { EarlierImport, EarlierSource, KeptSource } from './earlier-import.js';
import { type Inspection, inspectSource } from './inspect-source.js';
import type { PiecePool } from './piece-pool.js';
import { type PieceResult, type RecordFrame, recordFrames } from './piece-sink.js';
import { readWhole } from './read-whole.js';
import { SourceTally } from './source-tally.js';
import { type Survey, survey } from './survey.js';

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
  /** What a source has told, once it has been read to its end. */
  source(kept: KeptSource, tally: SourceTally): void;
}

/** One file with what is to be done with it. */
type Job =
  | { readonly file: InputFile; readonly id: string; readonly error: string }
  | { readonly file: InputFile; readonly id: string; readonly found: Inspection; readonly copy: Copy }
  | { readonly file: InputFile; readonly id: string; readonly found: Inspection };

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
    totalBytes,
    doneBytes: 0,
    years: new Map(),
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
    } else await importSource(job, reading);
  }
  await steps.end();
  return result;
}

/**
 * Things to do in order, the earlier ones of which may still wait for a piece: what has been begun goes on while the
 * next is prepared.
 */
class Steps {
  private readonly waiting: (() => Promise<void>)[] = [];

  constructor(private readonly width: number) {}

  /** @param ready what the step waits for, begun already */
  async add<T>(step: (value: T) => unknown, ready?: Promise<T>): Promise<void> {
    // Until its turn comes nobody waits for it, and Node would end the program over its failure.
    ready?.catch(() => {});
    this.waiting.push(async () => {
      step((await ready) as T);
    });
    while (this.waiting.length >= this.width) await this.waiting.shift()?.();
  }

  async end(): Promise<void> {
    while (this.waiting.length > 0) await this.waiting.shift()?.();
  }
}

interface Reading {
  readonly pool: PiecePool;
  readonly output: ImportOutput;
  readonly options: ImportOptions;
  readonly result: ImportResult;
  readonly steps: Steps;
  readonly totalBytes: number;
  doneBytes: number;
  /** Years that go on from file to file of a rotated set, where the user gave the first. */
  readonly years: Map<string, YearState>;
}

/** Looks at each file, and gives each an id of its own. */
async function jobsOf(inputs: readonly InputFile[]): Promise<Job[]> {
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

const borders: Record<SourceKind, Border> = {
  log: lineBorder,
  journal: blankBorder,
  mbox: mailBorder,
  mail: noBorder,
  report: noBorder,
};

type FileJob = Extract<Job, { found: Inspection }>;

async function importSource(job: FileJob, reading: Reading): Promise<void> {
  const { file, id, found } = job;
  const { pool, output, options, result, steps, totalBytes } = reading;
  const start = reading.doneBytes;
  const onBytes = (bytes: number): void =>
    options.onProgress({ path: file.path, bytes: start + bytes, totalBytes });
  const source = new SourceTally();
  const places = new Places(output);
  const { surveyed, rule, known } = await look(job, reading, onBytes);
  // Hashed in one of the two readings: in the first where that decides what is read again.
  const bytes = readWhole(file.path, (position) => onBytes(found.bytes + position), surveyed.sha256 === null);
  await steps.add(() => {
    places.begin();
    if (known) for (const { frame, bytes, rows } of known.rows) places.rows(frame, bytes, rows);
    if (known) source.add(known.source);
  });
  let after = Buffer.from(known?.source.after ?? '', 'base64');
  let damage: string | null = null;
  if (!known?.whole) {
    const pieces = cutPieces(skip(bytes.content, known?.source.content?.length ?? 0), borders[found.kind], {
      lookback: found.kind === 'log' ? reach.lines : 0,
      from: (known?.source.lines ?? 0) + 1,
      head: after,
    });
    const whole = upToFailure(pieces, (error) => {
      damage = messageOf(error);
    });
    let index = 0;
    for await (const piece of whole) {
      const years = yearsBefore(surveyed, rule, index++);
      after = Buffer.from(piece.after);
      const { after: _, ...rest } = piece;
      const read = pool.read({ ...rest, kind: found.kind, source: id, years });
      await steps.add((given: PieceResult) => {
        source.add(given);
        for (const frame of recordFrames)
          places.rows(frame, given.frames[frame].bytes, given.frames[frame].rows);
      }, read);
    }
  }
  reading.doneBytes += 2 * found.bytes;
  await steps.add(() => {
    const sha256 = surveyed.sha256 ?? bytes.sha256();
    const note = damage && `read up to line ${source.lines}: ${damage}`;
    if (note) result.errors.push(`${file.path}: ${note}`);
    result.coverage.push(...source.coverage.rows());
    result.sources.push(sourceRow(job, source, sha256, rule, note, options));
    output.source(keptOf(job, source, { ...surveyed, sha256 }, rule, after, places.end()), source);
  });
}

/** What an earlier import has of a file. */
interface Known {
  readonly source: EarlierSource;
  readonly rows: Iterable<{ frame: RecordFrame; bytes: Buffer; rows: number }>;
  /** True where the file holds nothing else; false where it goes on. */
  readonly whole: boolean;
}

/** Reads a file for the first time: which year it begins in, and how much of it an earlier import has read. */
async function look(
  { file, id, found }: FileJob,
  reading: Reading,
  onBytes: (bytes: number) => void,
): Promise<{ surveyed: Survey; rule: YearRule | null; known: Known | null }> {
  const { earlier } = reading.options;
  const source = earlier?.of(id);
  const again = source?.kind === found.kind ? source : undefined;
  const surveyed = await survey(file.path, found.kind, again?.content ?? null, again !== undefined, onBytes);
  const rule = found.kind === 'log' ? yearsOf(file, found, surveyed, reading) : null;
  if (!earlier || !again) return { surveyed, rule, known: null };
  const sameYear = again.year === (rule?.year ?? 0);
  const same = surveyed.sha256 !== null && surveyed.sha256 === again.sha256;
  if (sameYear && (same || (surveyed.goesOn && again.content?.length === surveyed.length)))
    return { surveyed, rule, known: { source: again, rows: earlier.rows(again), whole: true } };
  const goesOn = found.kind === 'log' || (found.kind === 'mbox' && surveyed.mailNext);
  if (sameYear && surveyed.goesOn && goesOn)
    return { surveyed, rule, known: { source: again, rows: earlier.rows(again), whole: false } };
  // It holds something else: all of it is read, and cut from its start.
  if (again.content === null) return { surveyed, rule, known: null };
  return { surveyed: await survey(file.path, found.kind, null, true, () => {}), rule, known: null };
}

/** Where the rows of a source stand in the frames. */
class Places {
  private begun: Record<RecordFrame, number> | undefined;
  private readonly counts: Record<RecordFrame, number> = { auth: 0, bans: 0, rejects: 0, reports: 0 };

  constructor(private readonly output: ImportOutput) {}

  begin(): void {
    this.begun = this.output.sizes();
  }

  rows(frame: RecordFrame, lines: Uint8Array, rows: number): void {
    if (lines.length === 0) return;
    this.counts[frame] += rows;
    this.output.rows(frame, lines, rows);
  }

  end(): KeptSource['places'] {
    const ends = this.output.sizes();
    const place = (frame: RecordFrame) => {
      const start = this.begun?.[frame] ?? 0;
      return { start, bytes: ends[frame] - start, rows: this.counts[frame] };
    };
    return { auth: place('auth'), bans: place('bans'), rejects: place('rejects'), reports: place('reports') };
  }
}

/** Content without its first bytes. */
async function* skip(content: AsyncIterable<Buffer>, bytes: number): AsyncGenerator<Buffer> {
  let left = bytes;
  for await (const piece of content) {
    if (left < piece.length) yield left > 0 ? piece.subarray(left) : piece;
    left = Math.max(0, left - piece.length);
  }
}

function keptOf(
  { id, found }: FileJob,
  source: SourceTally,
  surveyed: Survey,
  rule: YearRule | null,
  after: Buffer,
  places: KeptSource['places'],
): KeptSource {
  const { sha256, packed, length, ended } = surveyed;
  const { lines, span, synthetic } = source;
  return {
    id,
    kind: found.kind,
    sha256,
    content: packed || sha256 === null || !ended ? null : { length, sha256 },
    after: packed ? '' : after.toString('base64'),
    year: rule?.year ?? 0,
    coverage: source.coverage.rows(),
    days: source.days.entries(),
    span,
    lines,
    synthetic,
    unmappedJails: [...source.unmappedJails],
    places,
  };
}

/** How the year clock stands before a piece. */
function yearsBefore({ stamps }: Survey, rule: YearRule | null, index: number): YearState {
  const before = stamps?.before[index];
  if (!before) return { year: rule?.year ?? 0, month: null };
  return { year: before.dated ? before.year : before.year + (rule?.year ?? 0), month: before.month };
}

function yearsOf(file: InputFile, found: Inspection, { stamps }: Survey, reading: Reading): YearRule {
  // Every stamp has its year: the clock is set by the first of them before it is asked.
  if (stamps === null) return { year: 0, rule: 'stamp', certainty: 'exact' };
  const { year } = reading.options;
  const running = reading.years.get(file.set);
  const going = running && new YearClock(running.year, running.month).at(stamps.first.month);
  const option = year === null ? null : (going ?? year);
  const rule = firstYear({
    option,
    path: resolve(file.path),
    nameDate: dateInName(file.path),
    modified: found.modified,
    ...stamps,
  });
  reading.years.set(file.set, { year: rule.year + stamps.turns, month: stamps.last.month });
  return year === null ? rule : { ...rule, rule: `option:${year}` };
}

function pathFor(path: string, home: string): string {
  const absolute = resolve(path);
  return relative(process.cwd(), absolute).startsWith('..') ? absolute : relative(home, absolute);
}

function sourceRow(
  { file, id, found }: FileJob,
  { lines, span, synthetic }: SourceTally,
  sha256: string | null,
  rule: YearRule | null,
  note: string | null,
  { home, zone }: ImportOptions,
): Row<'sources'> {
  return {
    id,
    path: pathFor(file.path, home),
    kind: found.kind,
    bytes: found.bytes,
    lines,
    sha256: note === null ? sha256 : null,
    first_time: span && isoUtc(span.first),
    last_time: span && isoUtc(span.last),
    year_rule: rule?.rule ?? null,
    year_certainty: rule?.certainty ?? null,
    zone,
    synthetic,
    note,
  };
}

function unreadable({ id, file }: Job, note: string, { home, zone }: ImportOptions): Row<'sources'> {
  return {
    id,
    path: pathFor(file.path, home),
    kind: 'unreadable',
    bytes: 0,
    lines: 0,
    sha256: null,
    first_time: null,
    last_time: null,
    year_rule: null,
    year_certainty: null,
    zone,
    synthetic: false,
    note,
  };
}
