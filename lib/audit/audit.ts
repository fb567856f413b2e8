import { existsSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { type Engine, openEngine, type Table } from '../engine/index.js';
import { UserError } from '../errors.js';
import { readFrame } from '../frames/csv.js';
import { hashOf } from '../frames/datapackage.js';
import type { Row } from '../schema.js';
import { type Statistic, statistics } from '../stats/index.js';
import type { Observation } from './observation.js';
import { observeLog } from './observe-log.js';
import { observeMails } from './observe-mails.js';
import { lineNumber, type Recount, type RecountContext, Recounts, recountRules } from './recounts.js';

/** One number of one row of a statistic's table. */
export interface Cell {
  readonly statistic: string;
  readonly key: string;
  readonly column: string;
  readonly value: number | null;
}

export interface Mismatch extends Cell {
  readonly recounted: number | null;
  /** What is wrong where the number is right: the lines behind it are others. */
  readonly why: string;
}

export interface AuditReport {
  readonly cells: number;
  /** Cells that could have been taken. */
  readonly of: number;
  readonly mismatches: readonly Mismatch[];
  /** Statistics that have no second way of counting. */
  readonly notAudited: readonly string[];
  readonly lines: number;
}

export interface AuditOptions {
  /** How many cells to take. */
  readonly cells: number;
  readonly seed: number;
  /** @param part 0 to 1; @param path the file at hand */
  readonly onProgress?: (part: number, path: string) => void;
}

/**
 * Takes cells of the statistics at random and counts each again from the raw lines of the sources, by readers that
 * share nothing with the parsers and the SQL but the reading of bytes and the decoding of mails. The country of an
 * address is taken from the addresses frame.
 * @throws UserError when a source is no longer there or is no longer what was read
 */
export async function audit(frames: string, options: AuditOptions): Promise<AuditReport> {
  const sources = (await readFrame(frames, 'sources')).filter(({ lines }) => lines > 0);
  for (const source of sources) checkSource(frames, source);
  const engine = await openEngine(frames);
  try {
    const context: RecountContext = { site: engine.site, countryOf: await countries(frames) };
    const counted = new Map<string, Recounts>();
    for (const [id, rule] of Object.entries(recountRules)) counted.set(id, new Recounts(rule, context));
    let lines = 0;
    for await (const seen of observations(frames, sources, options.onProgress)) {
      lines++;
      for (const recounts of counted.values()) recounts.enter(seen);
    }
    const all: { cell: Cell; statistic: Statistic; recounts: Recounts }[] = [];
    for (const statistic of statistics) {
      const recounts = counted.get(statistic.id);
      if (!recounts) continue;
      const table = await engine.query(statistic.sql(engine.site));
      for (const cell of cellsOf(statistic.id, table, recounts)) all.push({ cell, statistic, recounts });
    }
    const taken = sample(all, options.cells, options.seed);
    const mismatches: Mismatch[] = [];
    for (const { cell, statistic, recounts } of taken)
      mismatches.push(...(await compare(engine, cell, statistic, recounts)));
    const notAudited = statistics.map(({ id }) => id).filter((id) => !counted.has(id));
    return { cells: taken.length, of: all.length, mismatches, notAudited, lines };
  } finally {
    engine.close();
  }
}

function checkSource(frames: string, { path, sha256 }: Row<'sources'>): void {
  const file = resolve(frames, path);
  const shown = relative(process.cwd(), file);
  if (!existsSync(file)) throw new UserError(`${shown}: no longer there; the audit reads the sources again`);
  if (sha256 !== null && hashOf(file) !== `sha256:${sha256}`)
    throw new UserError(`${shown}: not the file that was read; make the frames again, then audit them`);
}

async function countries(frames: string): Promise<Map<string, string>> {
  const rows = await readFrame(frames, 'addresses', { columns: ['address', 'country'] });
  return new Map(rows.flatMap(({ address, country }) => (country === null ? [] : [[address, country]])));
}

async function* observations(
  frames: string,
  sources: readonly Row<'sources'>[],
  onProgress: AuditOptions['onProgress'] = () => {},
): AsyncGenerator<Observation> {
  const total = sources.reduce((sum, { bytes }) => sum + bytes, 0) || 1;
  let done = 0;
  for (const source of sources) {
    const path = resolve(frames, source.path);
    const onRead = (bytes: number): void => onProgress((done + bytes) / total, path);
    if (source.kind === 'log') yield* observeLog(path, source, onRead);
    else if (source.kind === 'mbox' || source.kind === 'mail') yield* observeMails(path, source, onRead);
    done += source.bytes;
  }
}

/** Cells of a table that can be counted again. */
function cellsOf(statistic: string, table: Table, { rule }: Recounts): Cell[] {
  return table.rows.flatMap((row) =>
    [rule.column, ...rule.further].map((column) => {
      const value = row[column];
      const key = row[rule.key] ?? '';
      return { statistic, key: String(key), column, value: typeof value === 'number' ? value : null };
    }),
  );
}

/** So many of a list, drawn by a generator that begins with the seed (mulberry32, public domain). */
function sample<T>(all: readonly T[], size: number, seed: number): T[] {
  let state = seed >>> 0;
  const random = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
  const left = [...all];
  const taken: T[] = [];
  while (taken.length < size && left.length > 0)
    taken.push(...left.splice(Math.floor(random() * left.length), 1));
  return taken;
}

const nothing: Recount = { count: 0, lines: 0, checksum: 0, addresses: new Set() };

async function compare(
  engine: Engine,
  cell: Cell,
  statistic: Statistic,
  { byKey, total, rule }: Recounts,
): Promise<Mismatch[]> {
  const recount = byKey.get(cell.key) ?? nothing;
  const recounted =
    cell.column === rule.column
      ? recount.count
      : cell.column === 'share'
        ? recount.count / total
        : recount.addresses.size;
  // A month without input has no number, and nothing can be counted in it.
  const same =
    cell.value === null
      ? recount.count === 0
      : Math.abs(cell.value - recounted) <= 1e-9 * Math.abs(recounted);
  if (!same) return [{ ...cell, recounted, why: 'another number' }];
  if (recount.lines === 0) return [];
  const { rows } = await engine.query(statistic.traceSql(engine.site, cell.key));
  const checksum = rows.reduce((sum, row) => sum + lineNumber(String(row.source), Number(row.line)), 0);
  if (rows.length === recount.lines && checksum === recount.checksum) return [];
  return [
    { ...cell, recounted, why: `other lines: ${rows.length} in the frame, ${recount.lines} counted again` },
  ];
}
