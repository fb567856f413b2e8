import { type LogwatchReport, parseLogwatchReports } from '../parsers/logwatch.js';
import { cellText } from '../printable.js';
import type { PieceSink } from './piece-sink.js';

/** Where the lines of a text stand in the source. */
export interface TextPlace {
  /** Number of the first. */
  readonly first: number;
  /** How many of the source they take. */
  readonly lines: number;
  /** True where each line of the text is one of the source; else all of them are said to be at the first. */
  readonly exact: boolean;
}

/**
 * Reads the logwatch reports of a text into a sink. Each line is entered in the ledger once; where the text had to be
 * decoded, the lines that it took in the source and does not have itself are those of the decoding.
 * @returns false when there is no report in the text; nothing is then entered
 */
export function readReports(text: string, place: TextPlace, sink: PieceSink): boolean {
  const reports = parseLogwatchReports(text);
  if (reports.length === 0) return false;
  let left = place.lines;
  for (const report of reports) {
    const month = monthOf(report);
    for (const { class: kind, template, lines, example } of report.account) {
      // Of a text that is longer than what it was decoded from, no more lines than the source has.
      const counted = place.exact ? lines : Math.min(lines, left);
      left -= counted;
      if (counted > 0) sink.ledger.enter(month, kind, template, lineAt(place, example), counted);
    }
    writeRows(report, place, sink);
  }
  if (left > 0) sink.ledger.enter(monthOf(reports[0]), 'noise', 'logwatch.encoding', place.first, left);
  return true;
}

const lineAt = ({ first, exact }: TextPlace, offset: number): number => (exact ? first + offset : first);

/** Month that a report is of; null for one of several. */
function monthOf(report: LogwatchReport | undefined): string | null {
  const date = report?.date ?? report?.from ?? null;
  return date && `${date.slice(0, 8)}01`;
}

function writeRows({ date, host, rows }: LogwatchReport, place: TextPlace, sink: PieceSink): void {
  for (const { section, table, key, address, value, line } of rows)
    sink.write('reports', {
      date,
      host: cellText(host),
      section: cellText(section),
      table: cellText(table),
      key: cellText(key),
      address,
      value,
      source: sink.source,
      line: lineAt(place, line),
      count: 1,
    });
}
