import type { Envelope } from '../parsers/envelope.js';
import { parseJournalExport } from '../parsers/journal.js';
import { endOfEntry } from '../sources/journal-entries.js';
import type { ZoneClock } from '../zone.js';
import type { PieceSink } from './piece-sink.js';
import { LogReader } from './read-log.js';
import type { PieceTask } from './read-piece.js';

/**
 * Reads entries of journalctl's export format: lines `FIELD=value` up to a blank line. Each entry is entered in the
 * ledger with all of its lines, the blank one included.
 * @param before the lines before the piece, of which the first may be within an entry
 * @param text the piece; both latin1, one character a byte
 */
export function readJournal(
  before: string,
  text: string,
  task: PieceTask,
  zone: ZoneClock,
  sink: PieceSink,
): void {
  const reader = new LogReader(zone, task.years, sink);
  const start = before.startsWith('__') ? 0 : before.indexOf('\n\n__') + 2;
  if (start !== 1) {
    const entries = before.slice(start);
    reader.lookAt(() => {
      for (const { envelope, number, lines } of entriesOf(entries, task.first - countLines(entries)))
        if (envelope) reader.enter(envelope, '', number, lines);
    });
  }
  let next = task.first;
  for (const { envelope, number, lines, blank } of entriesOf(text, task.first)) {
    if (envelope) reader.enter(envelope, '', number, lines);
    else if (blank) sink.ledger.enter(null, 'noise', 'blank', number, lines);
    else sink.ledger.enter(null, 'malformed', 'no journal entry', number, lines);
    next = number + lines;
  }
  if (task.omitted > 0) sink.ledger.enter(null, 'malformed', 'journal entry too large', next, task.omitted);
}

interface Entry {
  /** Null where it is none that can be read. */
  readonly envelope: Envelope | null;
  readonly number: number;
  readonly lines: number;
  /** True where it is a blank line behind another. */
  readonly blank: boolean;
}

function* entriesOf(text: string, first: number): Generator<Entry> {
  let number = first;
  for (let start = 0; start < text.length; ) {
    const end = endOfEntry(text, start, true) ?? text.length;
    const entry = text.slice(start, end).split('\n');
    // Behind the last line end of an entry comes the blank line, but for an entry at the end of the file.
    const lines = end < text.length || entry.at(-1) !== '' ? entry.length : entry.length - 1;
    const blank = end === start;
    yield { envelope: blank ? null : parseJournalExport(entry), number, lines, blank };
    number += lines;
    start = end + 1;
  }
}

/** Lines of a text that ends with a line end. */
const countLines = (text: string): number => text.split('\n').length - 1;
