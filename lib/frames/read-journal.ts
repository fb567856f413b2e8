import { parseJournalExport } from '../parsers/journal.js';
import type { ZoneClock } from '../zone.js';
import type { PieceSink } from './piece-sink.js';
import { LogReader } from './read-log.js';
import type { PieceTask } from './read-piece.js';

/**
 * Reads entries of journalctl's export format: lines `FIELD=value` up to a blank line. Each entry is entered in the
 * ledger with all of its lines, the blank one included.
 * @param text latin1, one character a byte
 */
export function readJournal(text: string, task: PieceTask, zone: ZoneClock, sink: PieceSink): void {
  const reader = new LogReader(zone, task.years, sink);
  const lines = text.split('\n');
  if (text.endsWith('\n')) lines.pop();
  let start = 0;
  while (start < lines.length) {
    let end = lines.indexOf('', start);
    if (end < 0) end = lines.length;
    const entry = lines.slice(start, end);
    const number = task.first + start;
    const count = Math.min(end + 1, lines.length) - start;
    const envelope = entry.length === 0 ? null : parseJournalExport(entry);
    if (envelope) reader.enter(envelope, '', number, count);
    else if (entry.length === 0) sink.ledger.enter(null, 'noise', 'blank', number, count);
    else sink.ledger.enter(null, 'malformed', 'no journal entry', number, count);
    start = end + 1;
  }
  if (task.omitted > 0)
    sink.ledger.enter(null, 'malformed', 'journal entry too large', task.first + lines.length, task.omitted);
}
