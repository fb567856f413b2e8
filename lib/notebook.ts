import type { DataFrame } from 'danfojs-node';
import { openEngine, toDataFrame } from './engine/index.js';
import { explain } from './explain.js';
import type { FigureContext } from './figures/index.js';
import { readFrame } from './frames/csv.js';
import { fill } from './prose.js';
import { type Column, type Finding, type FrameName, type Row, schema } from './schema.js';
import { runStatistic, type StatisticResult } from './stats/index.js';

/** One folder of frames, open in a notebook. It is also the context that figureOf asks for. */
export interface Book extends FigureContext {
  readonly folder: string;
  /** Runs a statistic: its SQL, its table, its period. */
  statistic(id: string): Promise<StatisticResult>;
  /** Runs SQL over the frames. */
  query(sql: string): Promise<DataFrame>;
  /** Reads a frame's CSV without the engine, so that a number can be had by a second way. */
  frame<F extends FrameName>(
    name: F,
    options?: { columns?: readonly (keyof Row<F> & string)[]; limit?: number },
  ): Promise<DataFrame>;
  /** A sentence with the findings of a statistic in the place of `{key}`. */
  say(statistic: string, template: string): string;
  /** The rows of findings.csv of one statistic. */
  findings(statistic: string): Finding[];
  /** The raw lines behind one row of a statistic, `file:line: text`, at most `max` of them. */
  lines(statistic: string, key: string, max?: number): Promise<string[]>;
}

/**
 * Opens the frames that the notebooks read.
 * @param folder default: the environment's BANBOOK_FRAMES, else `../data/frames` beside notebooks/
 * @throws UserError when there are no frames
 */
export async function openBook(folder = process.env.BANBOOK_FRAMES ?? '../data/frames'): Promise<Book> {
  const engine = await openEngine(folder);
  const findings = await readFrame(folder, 'findings');
  return {
    folder,
    site: engine.site,
    synthetic: engine.synthetic,
    statistic: (id) => runStatistic(engine, id),
    query: async (sql) => toDataFrame(await engine.query(sql)),
    frame: async (name, options = {}) => {
      const columns: Readonly<Record<string, Column>> = schema[name].columns;
      const wanted = Object.entries(columns).filter(
        ([key]) => options.columns?.some((c) => c === key) ?? true,
      );
      const rows = await readFrame(folder, name, options);
      return toDataFrame({ columns: wanted.map(([key, { type }]) => ({ name: key, type })), rows });
    },
    say: (statistic, template) => fill(template, statistic, findings),
    findings: (statistic) => findings.filter((finding) => finding.statistic === statistic),
    lines: async (statistic, key, max = 10) => {
      const lines: string[] = [];
      for await (const { path, line, text } of explain(folder, statistic, key)) {
        if (lines.length === max) break;
        lines.push(`${path}:${line}: ${text}`);
      }
      return lines;
    },
  };
}

/** Stops the notebook, and with it `make notebooks`, when something it says is not so. @throws Error */
export function check(holds: boolean, claim: string): void {
  if (!holds) throw new Error(`check failed: ${claim}`);
}
