import { escapeControls } from '../printable.js';
import type { Row } from '../schema.js';

type CoverageRow = Row<'coverage'>;
type LineClass = CoverageRow['class'];

interface Count {
  records: number;
  lines: number;
  example: number;
}

/** Unknown wordings beyond this many in one source share one entry, so that hostile input cannot fill the memory. */
const mostShapes = 500;
const furtherShapes = '(further shapes)';

type Counts = Record<LineClass, Map<string, Count>>;

/**
 * The coverage of one piece of a source: each of its lines is entered once, with what became of it, so that the
 * classes add up to the lines read.
 */
export class Ledger {
  private readonly months = new Map<string | null, Counts>();
  private month: string | null | undefined;
  private counts: Counts | undefined;

  /**
   * @param month first day of the local month, null when the line has no stamp
   * @param line number of the line, or of the first line of the mail
   * @param template name of a pattern, or with a blank in it a shape, of which there may be any number
   * @param lines how many lines the record has
   */
  enter(month: string | null, kind: LineClass, template: string, line: number, lines = 1): void {
    this.enterMany(month, kind, template, line, 1, lines);
  }

  /** The same for several records that are alike; @param line of the first of them */
  enterMany(
    month: string | null,
    kind: LineClass,
    template: string,
    line: number,
    records: number,
    lines: number,
  ): void {
    const counts = (month === this.month ? this.counts : this.turnTo(month))?.[kind];
    const count = counts?.get(template);
    if (count) {
      count.records += records;
      count.lines += lines;
      if (line < count.example) count.example = line;
      // A text cut from a line would keep the whole piece in memory, but a shape has been put together anew.
    } else counts?.set(template, { records, lines, example: line });
  }

  private turnTo(month: string | null): Counts {
    let counts = this.months.get(month);
    if (!counts) {
      counts = { event: new Map(), noise: new Map(), unknown: new Map(), malformed: new Map() };
      this.months.set(month, counts);
    }
    this.month = month;
    this.counts = counts;
    return counts;
  }

  rows(source: string): CoverageRow[] {
    return [...this.months].flatMap(([month, counts]) =>
      (Object.keys(counts) as LineClass[]).flatMap((kind) =>
        [...counts[kind]].map(([template, count]) => ({ source, month, class: kind, template, ...count })),
      ),
    );
  }
}

/** The coverage of one source, from that of its pieces in their order. */
export class Coverage {
  private readonly rowsByKey = new Map<string, CoverageRow>();
  private readonly shapes = new Set<string>();

  constructor(earlier: readonly CoverageRow[] = []) {
    this.add(earlier);
  }

  /** @param rows of the piece that follows */
  add(rows: readonly CoverageRow[]): void {
    // The order of the lines decides which shapes are kept, so that it does not matter where pieces were cut.
    for (const row of [...rows].sort((a, b) => a.example - b.example)) {
      const template = row.template.includes(' ') ? this.shape(row.template) : row.template;
      const key = `${row.month ?? ''} ${row.class} ${template}`;
      const known = this.rowsByKey.get(key);
      if (known) {
        known.records += row.records;
        known.lines += row.lines;
        known.example = Math.min(known.example, row.example);
      } else this.rowsByKey.set(key, { ...row, template });
    }
  }

  private shape(template: string): string {
    if (this.shapes.size < mostShapes && template !== furtherShapes) this.shapes.add(template);
    return this.shapes.has(template) ? template : furtherShapes;
  }

  /** Rows of the coverage frame, by month, class and template. */
  rows(): CoverageRow[] {
    return [...this.rowsByKey].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
  }
}

/**
 * The shape of a wording that no pattern knows: what varies is masked, so that equal wordings count together and
 * no address or name gets into a table of shapes.
 */
export function shapeOf(program: string, message: string): string {
  const masked = escapeControls(message.slice(0, 400))
    .replace(/"[^"]*"|'[^']*'|<[^>]*>|\[[^\]]*\]/g, '<*>')
    .replace(/\b((?:(?:for|user|from|account) )+)\S+/gi, '$1<*>')
    .replace(/\S*[\d@]\S*/g, '<*>')
    .replace(/(?:<\*>\s*){2,}/g, '<*> ')
    .trim();
  return `${escapeControls(program)}: ${masked.length > 100 ? `${masked.slice(0, 99)}…` : masked}`;
}
