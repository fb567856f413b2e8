import { parseEnvelope } from '../parsers/envelope.js';
import { parseMessage } from '../parsers/parse-message.js';
import { StampClock } from '../parsers/stamp-clock.js';
import type { YearClock } from '../parsers/year-rule.js';
import { cellText } from '../printable.js';
import { readLines } from '../sources/read-lines.js';
import { isoLocal, isoUtc } from '../zone.js';
import { shapeOf } from './ledger.js';
import { forgeProgram, monthOf, type Sink, type SourceState, seen } from './sink.js';

/**
 * Reads one syslog file into the auth frame. Each line is entered in the ledger exactly once.
 * @param years gives stamps without a year theirs
 * @throws whatever the content throws where it cannot be read further; the lines before that are in the frames
 */
export async function importLog(
  content: AsyncIterable<Buffer>,
  state: SourceState,
  years: YearClock,
  sink: Sink,
): Promise<void> {
  const clock = new StampClock(sink.zone, years);
  for await (const { first, lines } of readLines(content)) {
    for (const [i, line] of lines.entries()) importLine(line, first + i, clock, state, sink);
    state.lines += lines.length;
  }
}

function importLine(line: string, number: number, clock: StampClock, state: SourceState, sink: Sink): void {
  const { ledger } = state;
  const envelope = parseEnvelope(line);
  if (envelope === null) {
    if (line.trim() === '') ledger.enter(null, 'noise', 'blank', number);
    else ledger.enter(null, 'malformed', shapeOf('no syslog stamp', line), number);
    return;
  }
  const instant = clock.at(envelope.stamp);
  if (instant === null) {
    ledger.enter(null, 'malformed', 'no such date', number);
    return;
  }
  const { program, message } = envelope;
  const month = monthOf(instant.date);
  seen(state, instant.utc);
  sink.days.enter('log', instant.date);
  if (program === forgeProgram) state.synthetic = true;
  const parsed = parseMessage(program, message);
  if (parsed === null) {
    ledger.enter(month, 'unknown', shapeOf(program, message), number);
    return;
  }
  ledger.enter(month, parsed.class, parsed.template, number);
  if (parsed.class === 'noise') return;
  const { row } = parsed;
  sink.addresses.enter(row.address, instant.utc);
  // Field by field: to spread a row into another took a third of the whole import.
  sink.auth.write({
    time: isoUtc(instant.utc),
    local_time: isoLocal(instant.local),
    host: cellText(envelope.host),
    service: row.service,
    event: row.event,
    // The client chooses the account, and its own name server the host name.
    account: cellText(row.account),
    account_exists: row.account_exists,
    address: row.address,
    name: cellText(row.name),
    port: row.port,
    method: cellText(row.method),
    pid: envelope.pid,
    source: state.id,
    line: number,
    count: row.count,
  });
}
