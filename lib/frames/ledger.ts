import { escapeControls } from '../printable.js';
import type { Row } from '../schema.js';

type LineClass = Row<'coverage'>['class'];

interface Count {
  records: number;
  lines: number;
  example: number;
}

/** Unknown wordings beyond this many in one source share one entry, so that hostile input cannot fill the memory. */
const mostShapes = 500;

/**
 * The coverage of one source: each of its lines is entered once, with what became of it, so that the classes add
 * up to the lines read.
 */
export class Ledger {
  private readonly months = new Map<string | null, Map<string, Count>>();
  private readonly shapes = new Set<string>();

  /**
   * @param month first day of the local month, null when the line has no stamp
   * @param line number of the line, or of the first line of the mail
   * @param template name of a pattern, or with a blank in it a shape, of which there may be any number
   * @param lines how many lines the record has
   */
  enter(month: string | null, kind: LineClass, template: string, line: number, lines = 1): void {
    let counts = this.months.get(month);
    if (!counts) {
      counts = new Map();
      this.months.set(month, counts);
    }
    const key = `${kind} ${template.includes(' ') ? this.shape(template) : template}`;
    const count = counts.get(key);
    if (count) {
      count.records++;
      count.lines += lines;
    } else counts.set(key, { records: 1, lines, example: line });
  }

  private shape(template: string): string {
    if (this.shapes.size < mostShapes) this.shapes.add(template);
    return this.shapes.has(template) ? template : '(further shapes)';
  }

  /** Rows of the coverage frame, by month, class and template. */
  rows(source: string): Row<'coverage'>[] {
    const rows = [...this.months].flatMap(([month, counts]) =>
      [...counts].map(([key, count]) => {
        const space = key.indexOf(' ');
        const kind = key.slice(0, space) as LineClass;
        return { source, month, class: kind, template: key.slice(space + 1), ...count };
      }),
    );
    const order = (row: Row<'coverage'>) => `${row.month ?? ''} ${row.class} ${row.template}`;
    return rows.sort((a, b) => (order(a) < order(b) ? -1 : 1));
  }
}

/**
 * The shape of a wording that no pattern knows: what varies is masked, so that equal wordings count together and
 * no address or name gets into a table of shapes.
 */
export function shapeOf(program: string, message: string): string {
  const masked = escapeControls(message.slice(0, 400))
    .replace(/"[^"]*"|'[^']*'|<[^>]*>|\[[^\]]*\]/g, '<*>')
    .replace(/\b(?:for|user|from|account) \S+/gi, (words) => `${words.split(' ')[0]} <*>`)
    .replace(/\S*[\d@]\S*/g, '<*>')
    .replace(/(?:<\*>\s*){2,}/g, '<*> ')
    .trim();
  return `${escapeControls(program)}: ${masked.length > 100 ? `${masked.slice(0, 99)}…` : masked}`;
}
