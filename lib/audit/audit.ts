import { type Engine, openEngine, type Table } from '../engine/index.js';
import { readFrame } from '../frames/csv.js';
import { type Statistic, statistics } from '../stats/index.js';
import { type DifferentLine, differentLines } from './different-lines.js';
import { plainAddress } from './observation.js';
import { type OnProgress, readSources } from './read-sources.js';
import { besideLines, Days, Recount, type RecountContext, type RecountedRow } from './recount.js';
import { recountRules } from './recounts.js';
import { sample } from './sample.js';

/** One number of one row of a statistic's table. */
export interface Cell {
  readonly statistic: string;
  readonly key: string;
  readonly column: string;
  /** Null where the table has no number, or no such row. */
  readonly value: number | null;
  readonly recounted: number | null;
}

export interface Mismatch extends Cell {
  /** Lines that only the frames or only the recount have behind the row, the first few of them. */
  readonly lines: readonly DifferentLine[];
}

export interface AuditReport {
  /** Cells that were taken. */
  readonly cells: number;
  /** Cells that could have been taken. */
  readonly of: number;
  readonly mismatches: readonly Mismatch[];
  /** Statistics, or columns of one as `statistic.column`, that have no second way of counting. */
  readonly notAudited: readonly string[];
  /** Failures, bans and refusals that the recount found in the files. */
  readonly observations: number;
}

export interface AuditOptions {
  /** How many cells to take. */
  readonly cells: number;
  readonly seed: number;
  /** Statistics to audit; all where it is not given. */
  readonly statistics?: readonly Statistic[];
  readonly onProgress?: OnProgress;
}

/**
 * Takes cells of the statistics at random and counts each again from the raw lines of the sources, by readers that
 * share nothing with the parsers and the SQL but the reading of bytes and lines. Country, name and risk are taken
 * from the frames, and the year in which a log begins from the sources frame.
 * @throws UserError when a source is no longer there or is no longer what was read
 */
export async function audit(frames: string, options: AuditOptions): Promise<AuditReport> {
  const sources = (await readFrame(frames, 'sources')).filter(({ lines }) => lines > 0);
  const audited = options.statistics ?? statistics;
  const engine = await openEngine(frames);
  try {
    const days = new Days();
    const { site } = engine;
    const context = { site, ...(await knownOf(frames)), covered: days.covered };
    const recounts = recountsOf(audited, context);
    const numbers = new Map(sources.map(({ id }, number) => [id, number]));
    let observations = 0;
    const witness = {
      day: days.enter,
      enter: (seen: Parameters<Recount['enter']>[0]): void => {
        observations++;
        for (const recount of recounts.values()) recount.enter(seen, numbers.get(seen.source) ?? -1);
      },
    };
    await readSources(frames, sources, site.zone, witness, options.onProgress);
    days.fillGaps();
    for (const recount of recounts.values()) recount.settle();
    const all: { cell: Cell; statistic: Statistic; recount: Recount }[] = [];
    const notAudited: string[] = [];
    for (const statistic of audited) {
      const recount = recounts.get(statistic.id);
      if (!recount) {
        notAudited.push(statistic.id);
        continue;
      }
      const table = await engine.query(statistic.sql(site));
      const { cells, without } = cellsOf(statistic, table, recount);
      notAudited.push(...without);
      for (const cell of cells) all.push({ cell, statistic, recount });
    }
    const taken = sample(all, options.cells, options.seed);
    const mismatches = await mismatchesAmong(taken, {
      frames,
      engine,
      ids: sources.map(({ id }) => id),
    });
    return { cells: taken.length, of: all.length, mismatches, notAudited, observations };
  } finally {
    engine.close();
  }
}

function recountsOf(audited: readonly Statistic[], context: RecountContext): Map<string, Recount> {
  return new Map(
    audited.flatMap(({ id }) => {
      const rule = Object.hasOwn(recountRules, id) ? recountRules[id] : undefined;
      return rule ? [[id, new Recount(rule, context)]] : [];
    }),
  );
}

/** What the frames know of addresses beside the raw lines. */
async function knownOf(
  frames: string,
): Promise<Pick<RecountContext, 'countryOf' | 'nameStatusOf' | 'riskOf'>> {
  const columns = ['address', 'country', 'name', 'name_status'] as const;
  // The best answer of each name or address comes last and stays.
  const order = ['error', 'no_score', 'scored'];
  const answers = (await readFrame(frames, 'risk')).sort(
    (x, y) =>
      order.indexOf(x.status) - order.indexOf(y.status) || Number(x.api < y.api) - Number(x.api > y.api),
  );
  const risks = new Map(answers.map((row) => [row.name ?? row.address ?? '', row]));
  const known = { countryOf: new Map(), nameStatusOf: new Map(), riskOf: new Map() };
  for (const row of await readFrame(frames, 'addresses', { columns })) {
    const address = plainAddress(row.address) ?? '';
    const [ofName, ofAddress] = [risks.get(row.name ?? ''), risks.get(row.address)];
    const rank = (answer: typeof ofName): number => order.indexOf(answer?.status ?? '');
    const risk = rank(ofAddress) > rank(ofName) ? ofAddress : ofName;
    if (row.country !== null) known.countryOf.set(address, row.country);
    if (row.name_status !== null) known.nameStatusOf.set(address, row.name_status);
    if (risk) known.riskOf.set(address, risk);
  }
  return known;
}

/** Cells of a table beside the recount: those of rows that only one of the two has, too. */
function cellsOf(
  { id, columns }: Statistic,
  table: Table,
  recount: Recount,
): { cells: Cell[]; without: string[] } {
  const expected = recount.rule.table(recount);
  const given = new Map(table.rows.map((row) => [String(row[recount.rule.key] ?? ''), row]));
  const numeric = Object.entries(columns).flatMap(([name, { type }]) =>
    type === 'integer' || type === 'number' ? name : [],
  );
  const knows = (name: string): boolean =>
    expected.size === 0 || [...expected.values()].some((row: RecountedRow) => Object.hasOwn(row, name));
  const cells = [...new Set([...given.keys(), ...expected.keys()])].flatMap((key) =>
    numeric.filter(knows).map((column) => {
      const value = given.get(key)?.[column];
      const recounted = expected.get(key)?.[column] ?? null;
      return { statistic: id, key, column, value: typeof value === 'number' ? value : null, recounted };
    }),
  );
  return { cells, without: numeric.filter((name) => !knows(name)).map((name) => `${id}.${name}`) };
}

interface Place {
  readonly frames: string;
  readonly engine: Engine;
  /** Ids of the sources by number. */
  readonly ids: readonly string[];
}

async function mismatchesAmong(
  taken: readonly { cell: Cell; statistic: Statistic; recount: Recount }[],
  { frames, engine, ids }: Place,
): Promise<Mismatch[]> {
  const mismatches: Mismatch[] = [];
  const known = new Map<string, DifferentLine[]>();
  for (const { cell, statistic, recount } of taken) {
    const row = `${cell.statistic} ${cell.key}`;
    let lines = known.get(row);
    if (lines === undefined) {
      // A number is right only if the lines behind it are those that were counted again.
      const { rows } = await engine.query(statistic.traceSql(engine.site, cell.key));
      lines = await differentLines(frames, rows, recount.groups.get(cell.key)?.lines ?? [], ids);
      known.set(row, lines);
    }
    const moved = lines.length > 0 && !besideLines.has(cell.column);
    if (moved || !isSame(cell)) mismatches.push({ ...cell, lines });
  }
  return mismatches;
}

function isSame({ value, recounted }: Cell): boolean {
  if (value === null || recounted === null) return value === recounted;
  return Math.abs(value - recounted) <= 1e-9 * Math.abs(recounted);
}
