import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { DataFrame } from 'danfojs-node';
import { type Comparison, compareFrames } from './compare.js';
import { openEngine, toDataFrame } from './engine/index.js';
import { UserError } from './errors.js';
import { explain, locate, type RawLine } from './explain.js';
import type { FigureContext } from './figures/index.js';
import { readFrame } from './frames/csv.js';
import { fill } from './prose.js';
import { type Column, type Finding, type FrameName, type Row, schema } from './schema.js';
import { countedDates, ownAddresses, type Site } from './site.js';
import { allFindings, runStatistic, type StatisticResult, statisticById } from './stats/index.js';

export interface FrameOptions<F extends FrameName> {
  readonly columns?: readonly (keyof Row<F> & string)[];
  readonly limit?: number;
  /** Only rows with these values. */
  readonly where?: Partial<Row<F>>;
  readonly inPeriod?: boolean;
}

/** One folder of frames, open in a notebook. It is also the context that figureOf asks for. */
export interface Book extends FigureContext {
  readonly folder: string;
  /** First and last local date that count, or null when the input has no stamp. */
  readonly period: { readonly first: string; readonly last: string } | null;
  /** Runs a statistic: its SQL, its table, its period. */
  statistic(id: string): Promise<StatisticResult>;
  /** What each condition of a statistic leaves of its frame, in rows and in events. */
  exclusions(id: string): Promise<DataFrame>;
  /** Runs SQL over the frames. */
  query(sql: string): Promise<DataFrame>;
  /**
   * Reads a frame's CSV without the engine, so that a number can be had by a second way.
   * `inPeriod` leaves out what the statistics leave out: rows that are not in the site's period, of other hosts, or of
   * its own addresses.
   */
  frame<F extends FrameName>(name: F, options?: FrameOptions<F>): Promise<DataFrame>;
  /** A sentence with the findings of a statistic in the place of `{key}`. */
  say(statistic: string, template: string): string;
  /** One finding as findings.csv has it, for a sentence that depends on it; null where the frames do not tell. */
  value(statistic: string, key: string): string | null;
  /** The language that the article is asked in: BANBOOK_LOCALE of the environment, else English. */
  readonly locale: 'en' | 'ja';
  /** The findings beside those of an earlier year; null where BANBOOK_BEFORE of the environment names no frames. */
  comparison(): Promise<Comparison | null>;
  /** All rows of findings.csv. */
  allFindings(): Finding[];
  /** The rows of findings.csv of one statistic. */
  findings(statistic: string): Finding[];
  /** The raw lines behind one row of a statistic, `file:line: text`, at most `max` of them. */
  lines(statistic: string, key: string, max?: number): Promise<string[]>;
  /** The raw lines of rows that have `source` and `line`. */
  linesOf(rows: DataFrame): Promise<string[]>;
}

/**
 * Opens the frames that the notebooks read.
 * @param folder default: the environment's BANBOOK_FRAMES, else `../data/frames` beside notebooks/
 * @throws UserError when there are no frames
 */
export async function openBook(folder = process.env.BANBOOK_FRAMES ?? '../data/frames'): Promise<Book> {
  const engine = await openEngine(folder);
  // Frames that were made with --no-findings have none.
  const made = existsSync(join(folder, 'findings.csv'));
  const findings = made ? await readFrame(folder, 'findings') : await allFindings(engine);
  return {
    folder,
    period: engine.period && countedDates(engine.period, engine.site),
    site: engine.site,
    synthetic: engine.synthetic,
    statistic: (id) => runStatistic(engine, id),
    exclusions: async (id) => {
      const sql = statisticById(id).exclusions?.(engine.site);
      if (sql === undefined) throw new UserError(`${id} gives no exclusions`, 2);
      return toDataFrame(await engine.query(sql));
    },
    query: async (sql) => toDataFrame(await engine.query(sql)),
    frame: async (name, options = {}) => {
      const columns: Readonly<Record<string, Column>> = schema[name].columns;
      const wanted = Object.entries(columns).filter(
        ([key]) => options.columns?.some((c) => c === key) ?? true,
      );
      // A row is judged by columns that it need not show.
      const { columns: chosen, ...others } = options;
      const asked = chosen && options.inPeriod ? { ...others, columns: judged(name, chosen) } : options;
      const keep = options.inPeriod ? ofSite(engine.site) : () => true;
      const rows = await readFrame(folder, name, { ...asked, keep });
      return toDataFrame({ columns: wanted.map(([key, { type }]) => ({ name: key, type })), rows });
    },
    say: (statistic, template) => fill(template, statistic, findings),
    value: (statistic, key) =>
      findings.find((finding) => finding.statistic === statistic && finding.key === key)?.value ?? null,
    locale: process.env.BANBOOK_LOCALE === 'ja' ? 'ja' : 'en',
    comparison: async () =>
      process.env.BANBOOK_BEFORE ? compareFrames(process.env.BANBOOK_BEFORE, folder) : null,
    allFindings: () => findings,
    findings: (statistic) => findings.filter((finding) => finding.statistic === statistic),
    lines: (statistic, key, max = 10) => texts(explain(folder, statistic, key), max),
    linesOf: (rows) => {
      const at = (column: string) => rows.columns.indexOf(column);
      const cells = rows.values as unknown[][];
      const located = cells.map((row) => ({
        source: String(row[at('source')]),
        line: Number(row[at('line')]),
      }));
      return texts(
        locate(
          folder,
          located.map((row) => ({ ...row, count: 1 })),
        ),
        Number.POSITIVE_INFINITY,
      );
    },
  };
}

const judged = <F extends FrameName>(name: F, chosen: readonly (keyof Row<F> & string)[]) => {
  const needed = ['local_time', 'host', 'address'].filter((column) => column in schema[name].columns);
  return [...new Set([...chosen, ...(needed as (keyof Row<F> & string)[])])];
};

/** Keeps the rows that the statistics keep. */
function ofSite(site: Site): (row: object) => boolean {
  const { period, hosts } = site;
  const isOwn = ownAddresses(site);
  return (row) => {
    const cells = row as { local_time?: string; host?: string | null; address?: string | null };
    const time = cells.local_time ?? '';
    if (period !== null && !(time >= period.from && time < period.to)) return false;
    if (hosts && cells.host != null && !hosts.includes(cells.host)) return false;
    return cells.address == null || !isOwn(cells.address);
  };
}

async function texts(lines: AsyncIterable<RawLine>, max: number): Promise<string[]> {
  const found: string[] = [];
  for await (const { path, line, text } of lines) {
    if (found.length === max) break;
    found.push(`${path}:${line}: ${text}`);
  }
  return found;
}

/** Stops the notebook, and with it `make notebooks`, when something it says is not so. @throws Error */
export function check(holds: boolean, claim: string): void {
  if (!holds) throw new Error(`check failed: ${claim}`);
}

/** Stops the notebook when findings.csv, which the article quotes, is not what the statistic's table gives. */
export function checkFindings({ statistic, table }: StatisticResult, book: Book): void {
  const [made, kept] = [statistic.findings(table, book.site), book.findings(statistic.id)];
  check(JSON.stringify(made) === JSON.stringify(kept), `findings.csv holds the numbers of ${statistic.id}`);
}

/**
 * Stops the notebook when a count made by hand is not that of the statistic.
 * @param groups what `groupby([label]).col([…])` gave: a label and a number in each row; a frame without rows for none
 * @param prefix what the labels have in front, so that danfojs takes none of them for a number or a member
 */
export function checkCounts({ statistic, table }: StatisticResult, groups: DataFrame, prefix = ''): void {
  const names = table.columns.map((column) => column.name);
  const [key = '', value = ''] = names[0] === 'rank' ? names.slice(1) : names;
  const byHand = new Map((groups.values as unknown[][]).map(([label, n]) => [String(label), Number(n)]));
  for (const row of table.rows) {
    const label = `${prefix}${row[key] ?? 'unknown'}`;
    const [sql, hand] = [row[value] ?? 0, byHand.get(label) ?? 0];
    check(sql === hand, `${statistic.id} ${label}: SQL says ${sql}, by hand ${hand}`);
  }
}
