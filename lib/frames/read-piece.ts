import { isAscii } from 'node:buffer';
import type { YearState } from '../parsers/year-rule.js';
import type { Site } from '../site.js';
import { countLines } from '../sources/cut-pieces.js';
import type { SourceKind } from '../sources/detect-kind.js';
import { htmlToText, isLogwatchHtml } from '../sources/logwatch-html.js';
import { mailOf, mailsOf, RawMail } from '../sources/read-mails.js';
import { type ZoneClock, zoneClock } from '../zone.js';
import { type PieceResult, PieceSink } from './piece-sink.js';
import { readJournal } from './read-journal.js';
import { LogReader } from './read-log.js';
import { readMails } from './read-mail.js';
import { readReports } from './read-report.js';

/** A piece of a source with all that it takes to read it, as it is sent to a thread. */
export interface PieceTask {
  readonly kind: SourceKind;
  /** Id of the source. */
  readonly source: string;
  readonly bytes: Uint8Array;
  /** See Piece in lib/sources/cut-pieces.ts. */
  readonly before: number;
  readonly first: number;
  readonly lines: number;
  readonly omitted: number;
  /** How the year clock stands at its start. */
  readonly years: YearState;
  /** Memory for its rows, if there is any at hand. */
  readonly room?: SharedArrayBuffer;
}

/** Reads pieces under the settings of one site; the same piece gives the same, wherever and whenever it is read. */
export function pieceReader(site: Site): (task: PieceTask) => Promise<PieceResult> {
  const zone = zoneClock(site.zone);
  return async (task) => {
    const sink = new PieceSink(task.source, site, task.room);
    const bytes = Buffer.from(task.bytes.buffer, task.bytes.byteOffset, task.bytes.byteLength);
    const before = bytes.subarray(0, task.before);
    const piece = bytes.subarray(task.before);
    if (task.kind === 'log') readLog(task, bytes, zone, sink);
    else if (task.kind === 'journal')
      readJournal(before.toString('latin1'), piece.toString('latin1'), task, zone, sink);
    else if (task.kind === 'report') readReportFile(textOf(piece), task, sink);
    else {
      const mails = task.kind === 'mbox' ? mailsOf(piece, task.first) : [mailOf(piece)];
      await readMails(withOmitted(mails, task.omitted), zone, sink);
    }
    return sink.result(task.lines);
  };
}

function readLog({ before, first, years }: PieceTask, bytes: Buffer, zone: ZoneClock, sink: PieceSink): void {
  const reader = new LogReader(zone, years, sink);
  if (before > 0) reader.look(bytes, first - countLines(bytes.subarray(0, before)), before);
  reader.read(bytes, first, before);
}

function readReportFile(text: string, { first, lines }: PieceTask, sink: PieceSink): void {
  const html = isLogwatchHtml(text);
  const read = readReports(html ? htmlToText(text) : text, { first, lines, exact: !html }, sink);
  if (!read) sink.ledger.enter(null, 'unknown', 'logwatch report: no head', first, lines);
}

/** Text of a log. Where no byte is above 127 both encodings agree, and V8 keeps one byte a character. */
const textOf = (bytes: Buffer): string =>
  isAscii(bytes) ? bytes.toString('latin1') : bytes.toString('utf8');

/** Mails of a piece; the last has the lines that were left out of the piece. */
function* withOmitted(mails: Iterable<RawMail>, omitted: number): Generator<RawMail> {
  let last: RawMail | undefined;
  for (const mail of mails) {
    if (last) yield last;
    last = mail;
  }
  if (last) yield omitted === 0 ? last : new RawMail(last.line, last.lines + omitted, last.envelope, null);
}
