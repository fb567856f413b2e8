import { UserError } from './errors.js';
import { locate } from './explain.js';
import { readFrame } from './frames/csv.js';
import type { Row } from './schema.js';

type LineClass = Row<'coverage'>['class'];

/** The lines of one template in all sources. */
export interface TemplateCount {
  readonly class: LineClass;
  readonly template: string;
  readonly lines: number;
  readonly records: number;
  readonly sources: number;
  /** First and last month, `2019-06`; null where the lines have no stamp. */
  readonly from: string | null;
  readonly to: string | null;
  /** Source and line number of one of them. */
  readonly example: { readonly source: string; readonly line: number };
}

export interface CoverageReport {
  /** Lines of the sources, as they were read. */
  readonly lines: number;
  readonly classes: Readonly<Record<LineClass, number>>;
  /** By class, those with the most lines first. */
  readonly templates: readonly TemplateCount[];
}

export const lineClasses: readonly LineClass[] = ['event', 'noise', 'unknown', 'malformed'];

/**
 * What became of every line, from the coverage frame.
 * @param source id of the only source to count, or null for all
 * @throws UserError when there is no such source, or when the classes do not add up to the lines that were read
 */
export async function coverageOf(frames: string, source: string | null = null): Promise<CoverageReport> {
  const isWanted = (id: string): boolean => source === null || id === source;
  const sources = (await readFrame(frames, 'sources')).filter(({ id }) => isWanted(id));
  if (source !== null && sources.length === 0)
    throw new UserError(`coverage: no source "${source}"; the ids stand in ${frames}/sources.csv`, 2);
  const rows = (await readFrame(frames, 'coverage')).filter((row) => isWanted(row.source));
  const classes: Record<LineClass, number> = { event: 0, noise: 0, unknown: 0, malformed: 0 };
  for (const row of rows) classes[row.class] += row.lines;
  const lines = sources.reduce((sum, row) => sum + row.lines, 0);
  checkSums(frames, sources, rows);
  return { lines, classes, templates: templatesOf(rows) };
}

/** Each source by itself: what one has too many must not hide what another lacks. */
function checkSums(
  frames: string,
  sources: readonly Row<'sources'>[],
  rows: readonly Row<'coverage'>[],
): void {
  const counted = new Map(sources.map(({ id }) => [id, 0]));
  for (const { source, lines } of rows) counted.set(source, (counted.get(source) ?? 0) + lines);
  const said = new Map(sources.map(({ id, lines }) => [id, lines]));
  const wrong = [...counted].filter(([id, lines]) => said.get(id) !== lines);
  if (wrong.length === 0) return;
  const each = wrong.map(
    ([id, lines]) =>
      `  source ${id}: the classes in coverage.csv add up to ${lines} lines, sources.csv says ${said.get(id) ?? 'nothing of it'}`,
  );
  throw new UserError(
    `${frames}: the classes do not add up; was a frame edited? Make them again with: npx banbook frames --out ${frames} PATH…\n${each.join('\n')}`,
  );
}

function templatesOf(rows: readonly Row<'coverage'>[]): TemplateCount[] {
  const groups = new Map<string, Row<'coverage'>[]>();
  for (const row of rows) {
    const key = `${row.class} ${row.template}`;
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  return [...groups.values()]
    .flatMap((group) => group.slice(0, 1).map((first) => countOf(first, group)))
    .sort(
      (a, b) =>
        lineClasses.indexOf(a.class) - lineClasses.indexOf(b.class) ||
        b.lines - a.lines ||
        (a.template < b.template ? -1 : 1),
    );
}

function countOf(first: Row<'coverage'>, group: readonly Row<'coverage'>[]): TemplateCount {
  const months = group.flatMap(({ month }) => month?.slice(0, 7) ?? []).sort();
  return {
    class: first.class,
    template: first.template,
    lines: group.reduce((sum, { lines }) => sum + lines, 0),
    records: group.reduce((sum, { records }) => sum + records, 0),
    sources: new Set(group.map(({ source }) => source)).size,
    from: months[0] ?? null,
    to: months.at(-1) ?? null,
    example: { source: first.source, line: first.example },
  };
}

/** A line that no pattern knows, read again from its file. */
export interface Example {
  readonly count: TemplateCount;
  /** File and text; null when the file is no longer there or has no such line. */
  readonly found: { readonly path: string; readonly text: string } | null;
}

/** An example of each of the most frequent wordings that no pattern knows. @param most how many of them */
export async function unknownExamples(
  frames: string,
  templates: readonly TemplateCount[],
  most: number,
): Promise<Example[]> {
  const wanted = templates
    .filter((count) => count.class === 'unknown' || count.class === 'malformed')
    .sort((a, b) => b.lines - a.lines)
    .slice(0, most);
  // Each file is read once, whatever number of examples is in it.
  const found = new Map<string, Example['found']>();
  for (const source of new Set(wanted.map(({ example }) => example.source))) {
    const lines = wanted.flatMap(({ example }) => (example.source === source ? example.line : []));
    for (const [line, text] of await linesOf(frames, source, lines)) found.set(`${source} ${line}`, text);
  }
  return wanted.map((count) => ({
    count,
    found: found.get(`${count.example.source} ${count.example.line}`) ?? null,
  }));
}

/** @returns the lines of one source that can be read; none when its file is no longer there */
async function linesOf(
  frames: string,
  source: string,
  lines: readonly number[],
): Promise<Map<number, NonNullable<Example['found']>>> {
  const found = new Map<number, NonNullable<Example['found']>>();
  const located = [...new Set(lines)].map((line) => ({ source, line, count: 1 }));
  try {
    for await (const { path, line, text, count } of locate(frames, located))
      if (count !== null) found.set(line, { path, text });
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
  }
  return found;
}
