import { isAscii } from 'node:buffer';
import { encodedReport } from '../sources/encoded-report.js';
import { htmlToText, isLogwatchHtml } from '../sources/logwatch-html.js';
import type { ZoneClock } from '../zone.js';
import type { PieceSink } from './piece-sink.js';
import { readJournal } from './read-journal.js';
import { readMailbox, readMailFile } from './read-mail.js';
import type { PieceTask } from './read-piece.js';
import { readReports } from './read-report.js';

/** Reads a piece of what is no log: mails, logwatch reports, entries of the journal. */
export async function readRecords(
  task: PieceTask,
  bytes: Buffer,
  zone: ZoneClock,
  sink: PieceSink,
): Promise<void> {
  const piece = bytes.subarray(task.before);
  if (task.kind === 'journal')
    readJournal(bytes.toString('latin1', 0, task.before), piece.toString('latin1'), task, zone, sink);
  else if (task.kind === 'report') readReportFile(textOf(piece), task, sink);
  else if (task.kind === 'mbox') await readMailbox(piece, task, zone, sink);
  else await readMailFile(piece, task, zone, sink);
}

function readReportFile(text: string, { first, lines }: PieceTask, sink: PieceSink): void {
  const written = encodedReport(text) ?? (isLogwatchHtml(text) ? htmlToText(text) : text);
  const read = readReports(written, { first, lines, exact: written === text }, sink);
  if (!read) sink.ledger.enter(null, 'unknown', 'logwatch report: no head', first, lines);
}

/** Text of a log. Where no byte is above 127 both encodings agree, and V8 keeps one byte a character. */
const textOf = (bytes: Buffer): string =>
  isAscii(bytes) ? bytes.toString('latin1') : bytes.toString('utf8');
