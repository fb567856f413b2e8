import { relative, resolve } from 'node:path';
import { messageOf } from '../errors.js';
import { firstYear, YearClock } from '../parsers/year-rule.js';
import type { Row } from '../schema.js';
import { dateInName, type InputFile } from '../sources/list-files.js';
import { type ByteReader, readBytes } from '../sources/read-bytes.js';
import { isoUtc } from '../zone.js';
import { importLog } from './import-log.js';
import { importMails } from './import-mails.js';
import { type Inspection, inspectSource, sameContent } from './inspect-source.js';
import { Ledger } from './ledger.js';
import { scanMonths } from './scan-months.js';
import type { Sink, SourceState } from './sink.js';

/** How far the import is, for a progress bar. */
export interface Progress {
  readonly path: string;
  readonly bytes: number;
  readonly totalBytes: number;
}

export interface ImportOptions {
  /** Year of the first line of each rotated set, or null to go by name, path and file time. */
  readonly year: number | null;
  /** Folder that the frames will live in: sources inside the current folder are named relative to it. */
  readonly home: string;
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

/** Reads the files one after the other, in the order given. One bad file does not stop the others. */
export async function importSources(
  inputs: readonly InputFile[],
  sink: Sink,
  options: ImportOptions,
): Promise<ImportResult> {
  const result: ImportResult = { sources: [], coverage: [], errors: [], notes: [] };
  // One after the other: a Maildir has more files than a process may have open.
  const files: { file: InputFile; found: Inspection | { error: string } }[] = [];
  for (const file of inputs)
    files.push({ file, found: file.error ? { error: file.error } : await inspect(file) });
  const totalBytes = files.reduce((sum, { found }) => sum + ('id' in found ? found.bytes : 0), 0);
  const reading: Reading = {
    sink,
    options,
    result,
    totalBytes,
    doneBytes: 0,
    years: new Map(),
    paths: new Map(),
  };
  for (const { file, found } of files) {
    if ('error' in found) {
      result.errors.push(`${file.path}: ${found.error}`);
      result.sources.push(unreadable(file.path, found.error, reading));
    } else await importSource(file, found, reading);
  }
  return result;
}

interface Reading {
  readonly sink: Sink;
  readonly options: ImportOptions;
  readonly result: ImportResult;
  readonly totalBytes: number;
  doneBytes: number;
  /** Years that go on from file to file of a rotated set, where the user gave the first. */
  readonly years: Map<string, YearClock>;
  /** Path of each source read so far, by id. */
  readonly paths: Map<string, string>;
}

async function inspect(file: InputFile): Promise<Inspection | { error: string }> {
  try {
    return await inspectSource(file.path);
  } catch (error) {
    return { error: `cannot be read (${messageOf(error)})` };
  }
}

async function importSource(file: InputFile, found: Inspection, reading: Reading): Promise<void> {
  const { result, paths } = reading;
  // Empty files are alike and no copies of each other.
  const alike = [...paths].filter(
    ([id]) => found.bytes > 0 && (id === found.id || id.startsWith(`${found.id}-`)),
  );
  const id = freeId(found.id, paths);
  for (const [, twin] of alike) {
    if (!(await sameContent(twin, file.path))) continue;
    const note = `same content as ${twin}; read once`;
    result.notes.push(`${file.path}: ${note}`);
    result.sources.push({
      ...unreadable(file.path, note, reading, id),
      kind: found.kind,
      bytes: found.bytes,
    });
    return;
  }
  const [other] = alike.map(([, twin]) => twin);
  if (other !== undefined)
    result.notes.push(`${file.path}: begins like ${other}; if one is a copy of the other, leave it out`);
  paths.set(id, file.path);
  const state: SourceState = {
    id,
    ledger: new Ledger(),
    lines: 0,
    synthetic: false,
    first: null,
    last: null,
  };
  const { yearRule, note, sha256 } = await read(file, found, state, reading);
  reading.doneBytes += found.bytes;
  if (note !== null) result.errors.push(`${file.path}: ${note}`);
  result.coverage.push(...state.ledger.rows(id));
  result.sources.push({
    id,
    path: pathFor(file.path, reading.options.home),
    kind: found.kind,
    bytes: found.bytes,
    lines: state.lines,
    sha256,
    first_time: state.first === null ? null : isoUtc(state.first),
    last_time: state.last === null ? null : isoUtc(state.last),
    year_rule: yearRule,
    zone: reading.sink.zone.zone,
    synthetic: state.synthetic,
    note,
  });
}

interface Outcome {
  readonly yearRule: string | null;
  readonly note: string | null;
  readonly sha256: string | null;
}

async function read(
  file: InputFile,
  found: Inspection,
  state: SourceState,
  reading: Reading,
): Promise<Outcome> {
  let yearRule: string | null = null;
  try {
    const bytes = readBytes(file.path);
    const content = watched(bytes, file.path, reading);
    if (found.kind === 'log') {
      const { clock, rule } = await yearsOf(file, found, reading);
      yearRule = rule;
      await importLog(content, state, clock, reading.sink);
    } else await importMails(content, found.kind, state, reading.sink);
    return { yearRule, note: null, sha256: bytes.sha256() };
  } catch (error) {
    return { yearRule, note: `read up to line ${state.lines}: ${messageOf(error)}`, sha256: null };
  }
}

async function* watched(bytes: ByteReader, path: string, reading: Reading): AsyncGenerator<Buffer> {
  for await (const piece of bytes.content) {
    yield piece;
    const { totalBytes, doneBytes } = reading;
    reading.options.onProgress({ path, bytes: doneBytes + bytes.position(), totalBytes });
  }
}

async function yearsOf(
  file: InputFile,
  found: Inspection,
  reading: Reading,
): Promise<{ clock: YearClock; rule: string }> {
  const scan = await scanMonths(file.path);
  // Every stamp has its year: the clock is set by the first of them before it is asked.
  if (scan === null) return { clock: new YearClock(0), rule: 'stamp' };
  const option = reading.options.year;
  const running = reading.years.get(file.set);
  if (option !== null && running) return { clock: running, rule: `option:${option}` };
  const { year, rule } = firstYear({
    option,
    path: resolve(file.path),
    nameDate: dateInName(file.path),
    modified: found.modified,
    ...scan,
  });
  const clock = new YearClock(year);
  reading.years.set(file.set, clock);
  return { clock, rule };
}

function freeId(id: string, taken: ReadonlyMap<string, string>): string {
  for (let n = 1; ; n++) {
    const candidate = n === 1 ? id : `${id}-${n}`;
    if (!taken.has(candidate)) return candidate;
  }
}

function pathFor(path: string, home: string): string {
  const absolute = resolve(path);
  return relative(process.cwd(), absolute).startsWith('..') ? absolute : relative(home, absolute);
}

function unreadable(
  path: string,
  error: string,
  reading: Reading,
  id = freeId('unreadable', reading.paths),
): Row<'sources'> {
  reading.paths.set(id, path);
  return {
    id,
    path: pathFor(path, reading.options.home),
    kind: 'unreadable',
    bytes: 0,
    lines: 0,
    sha256: null,
    first_time: null,
    last_time: null,
    year_rule: null,
    zone: reading.sink.zone.zone,
    synthetic: false,
    note: error,
  };
}
