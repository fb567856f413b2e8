import { isAscii } from 'node:buffer';
import { type Envelope, parseEnvelope } from '../parsers/envelope.js';
import { isJournalMark } from '../parsers/journal.js';
import type { ParsedEvent, ParsedMessage, Peer } from '../parsers/parsed.js';
import { type Minute, StampClock } from '../parsers/stamp-clock.js';
import { YearClock, type YearState } from '../parsers/year-rule.js';
import { longestLine, tidyLine } from '../sources/read-lines.js';
import type { ZoneClock } from '../zone.js';
import { authLine, authStart, whenOf } from './auth-line.js';
import { type Connection, reach, textsOf } from './connections.js';
import { shapeOf } from './ledger.js';
import { lastOf, type Origin, Origins } from './line-origins.js';
import { LineStarts } from './line-start.js';
import { nameOf, sshdName } from './name-of.js';
import type { PieceSink } from './piece-sink.js';
import { PlainLine } from './plain-line.js';
import { PlainRows } from './plain-rows.js';
import { writeBan } from './write-ban.js';
import { writeReject } from './write-reject.js';

/** Marker of the forge: a log line of this program, or a mail header X-Synthetic, says that the file is made up. */
export const forgeProgram = 'banbook-forge';

/**
 * Reads lines of one log, in their order, into a sink.
 *
 * Why there are two ways: by the general one a line of sshd took 3.1 µs (CPU profile of 2.8 million lines), of which
 * regular expressions and the text of the row took a fifth each, taking the envelope apart an eighth, and collecting
 * all those strings a tenth. But nearly all lines are of some hundred wordings (plain-shapes.ts) and begin like one
 * before them (line-start.ts): the same hour, host and program, mostly the same second and process too. Such a line is
 * compared with these as bytes, four at a time (byte-words.ts, plain-line.ts), and the bytes of its fields are copied
 * into the row (plain-rows.ts, plain-bans.ts), without making a string: 0.45 µs, a seventh of the time. What does not
 * compare equal, from any byte on, goes the general way, which alone says what a line means; tests hold that both give
 * the same. Of the CPU time of a whole import of 305 MB (4 s) comparing and copying are now a third; a sixth each are
 * the compiler of V8, which starts anew in each thread, writing and reading, and the start with the addresses at the
 * end; a twelfth are the hashes of what is read and written.
 */
export class LogReader {
  private clock: StampClock;
  private readonly origins = new Origins();
  private readonly line = new PlainLine();
  private readonly rows: PlainRows;
  /** The bytes that are read, and as they were given: they may have been copied. */
  private bytes: Buffer = Buffer.alloc(0);
  private given = this.bytes;
  private ascii = true;
  private readonly starts = new LineStarts(this.origins);
  private rowStart: Partial<{ origin: Origin; minute: Minute; second: number }> & { text: string } = {
    text: '',
  };
  /** Lines are read for what later ones may refer to, and are not entered. */
  private onlyLook = false;

  constructor(
    private readonly zone: ZoneClock,
    private readonly years: YearState,
    private readonly sink: PieceSink,
  ) {
    this.clock = this.newClock();
    this.rows = new PlainRows(sink);
  }

  private newClock = (): StampClock => new StampClock(this.zone, new YearClock(this.years));

  /** Reads lines that come before those that count. */
  look(bytes: Buffer, first: number, end = bytes.length): void {
    this.lookAt(() => this.read(bytes, first, 0, end));
  }

  /** The same for records that are no lines; @param read enters them */
  lookAt(read: () => void): void {
    this.onlyLook = true;
    read();
    this.onlyLook = false;
    this.clock = this.newClock();
    this.starts.forget();
  }

  /** @param bytes whole lines from `start` to `end`; @param first number of the first */
  read(bytes: Buffer, first: number, start = 0, end = bytes.length): void {
    if (bytes !== this.given) {
      this.origins.leave(this.bytes);
      this.given = bytes;
      this.bytes = this.line.open(bytes);
      this.ascii = isAscii(bytes);
    }
    let number = first;
    for (let at = start; at < end; number++) {
      const isLikeBefore = this.starts.take(this.line, at);
      const next = isLikeBefore ? this.plain(at, number) : -1;
      if (next > 0) {
        at = next;
        continue;
      }
      const found = this.bytes.indexOf(lf, at);
      const lineEnd = found < 0 ? end : Math.min(found, end);
      if (!isLikeBefore || !this.likeText(at, lineEnd, number))
        this.general(tidyLine(this.textOf(at, lineEnd), number), number);
      at = lineEnd + 1;
    }
    this.rows.flush();
  }

  /** V8 keeps one byte a character where no byte is above 127; there both encodings agree. */
  private textOf(start: number, end: number): string {
    return this.ascii ? this.bytes.toString('latin1', start, end) : this.bytes.toString('utf8', start, end);
  }

  /** Reads a line whose message is of a known shape. @returns the start of the next line; -1 where it is not */
  private plain(start: number, number: number): number {
    const { line } = this;
    const { origin } = line;
    const shape = origin?.shapes ? line.match(origin.shapes) : null;
    if (!origin || shape === null || line.end - start > longestLine) return -1;
    if (!this.rows.enter(shape, line, number, !this.onlyLook)) return -1;
    const { host } = origin;
    host.lastParsed = undefined;
    host.lastOrigin = origin;
    host.lastAt = line.messageAt;
    host.lastEnd = line.end;
    host.lastPid = line.pid;
    host.lastLine = number;
    return line.end + 1;
  }

  /** Reads a line whose start has been taken. @returns false where tidyLine would change it: a CR at its end, too long */
  private likeText(start: number, end: number, number: number): boolean {
    const { hour, minute, second, origin, pid, messageAt } = this.line;
    if (
      !origin ||
      origin.ownFile ||
      !hour ||
      messageAt > end ||
      end - start > longestLine ||
      this.bytes[end - 1] === cr
    )
      return false;
    this.message(origin, hour.minute(minute), second, pid, this.textOf(messageAt, end), number, 1);
    return true;
  }

  private general(line: string, number: number): void {
    const envelope = parseEnvelope(line);
    if (envelope !== null) this.enter(envelope, line, number, 1);
    else if (this.onlyLook) return;
    else if (line.trim() === '') this.sink.ledger.enter(null, 'noise', 'blank', number);
    else if (isJournalMark(line)) this.sink.ledger.enter(null, 'noise', 'journal.mark', number);
    else this.sink.ledger.enter(null, 'malformed', shapeOf('no syslog stamp', line), number);
  }

  /** @param line its text; @param lines how many lines of the file the record takes */
  enter(envelope: Envelope, line: string, number: number, lines: number): void {
    const { stamp, pid, message } = envelope;
    const hour = this.clock.hourOf(stamp);
    if (!this.onlyLook) this.sink.seeStamp(stamp);
    this.starts.forget();
    if (hour === null) {
      if (!this.onlyLook) this.sink.ledger.enter(null, 'malformed', 'no such date', number, lines);
      return;
    }
    const origin = this.origins.of(envelope, line);
    if (message !== '') this.starts.remember(stamp, hour, origin);
    // A leap second is written as the 60th: no calendar has it, and it is still of its day.
    const second = Math.min(stamp.second, 59);
    const minute = hour.minute(Number(stamp.minute.slice(-2)));
    this.message(origin, minute, second, pid, message, number, lines);
  }

  private message(
    origin: Origin,
    minute: Minute,
    second: number,
    pid: number | null,
    message: string,
    number: number,
    lines: number,
  ): void {
    const { host, program } = origin;
    const { ledger } = this.sink;
    let parsed: ParsedMessage;
    const repeated = program === '' ? lastRepeated.exec(message) : null;
    if (repeated) {
      // The lines before a piece come with it up to there: what is read must not depend on where it was cut.
      const near = number - host.lastLine <= reach.lines;
      parsed = near ? times(lastOf(host, this.bytes), Number(repeated[1])) : null;
      pid = near ? host.lastPid : null;
    } else {
      parsed = origin.parse(message);
      host.lastParsed = parsed;
      host.lastPid = pid;
      host.lastLine = number;
    }
    const utc = minute.utc + second * 1000;
    if (parsed?.class === 'noise' && parsed.peer && pid !== null) {
      host.connections.note(parsed.peer.address, null, pid, number, utc / 1000);
      host.connections.hint(parsed.peer.account, pid, number, utc / 1000);
    }
    if (this.onlyLook) {
      if (parsed?.class === 'event') this.event(parsed, origin, minute, second, pid, number);
      return;
    }
    this.sink.see(utc);
    this.sink.days.enter('log', minute.date);
    if (parsed?.class === 'noise' && parsed.peer?.unconfirmed) this.named(parsed.peer, utc);
    if (program === forgeProgram) this.sink.synthetic = true;
    if (parsed === null) ledger.enter(minute.month, 'unknown', shapeOf(program, message), number, lines);
    else {
      ledger.enter(minute.month, parsed.class, parsed.template, number, lines);
      if (parsed.class === 'event') this.event(parsed, origin, minute, second, pid, number);
    }
  }

  private event(
    parsed: ParsedEvent,
    origin: Origin,
    minute: Minute,
    second: number,
    pid: number | null,
    line: number,
  ): void {
    const { sink } = this;
    const utc = minute.utc + second * 1000;
    const ssh = parsed.frame === 'auth' && parsed.row.service === 'ssh' && pid !== null;
    const { address, account } = ssh ? parsed.row : noPeer;
    const { connections } = origin.host;
    const known = ssh ? textsOf(connections.note(address, account, pid, line, utc / 1000), this.bytes) : null;
    const named =
      known && ssh ? sshdName(connections.named(known, parsed.row.name, line, utc / 1000)) : nameOf(parsed);
    if (this.onlyLook) return;
    const joined = known && ssh ? connections.join(known, parsed.row, line, utc / 1000) : null;
    this.see(joined?.row.address ?? parsed.row.address, known, utc);
    if (named) sink.names.enter({ ...named, time: utc });
    if (parsed.frame === 'auth') {
      const start = this.startOf(origin, minute, second);
      const row = joined?.row ?? parsed.row;
      sink.writeText('auth', authLine(start, row, pid, joined?.from ?? null, sink.source, line));
      return;
    }
    const when = whenOf(minute, second);
    const { hostName: host, via } = origin;
    if (parsed.frame === 'bans') writeBan(sink, when, host, parsed.row, via, line);
    else writeReject(sink, when, host, parsed.row, pid, line);
  }

  /** Enters an address. That of a connection is looked up once: to do so for each line took a third of the time. */
  private see(address: string | null, known: Connection | null, utc: number): void {
    if (address === null) return;
    const { addresses } = this.sink;
    if (known && known.tallied >= 0 && address === known.address) {
      addresses.widen(known.tallied, Math.floor(utc / 1000));
      return;
    }
    const tallied = addresses.add(address, utc);
    if (!known || address !== known.address || tallied < 0) return;
    known.tallied = tallied;
    known.number = addresses.numberAt(tallied);
  }

  /** sshd looked the name of an address up, and it is that of another. */
  private named({ address, unconfirmed: name }: Peer, time: number): void {
    if (address && name)
      this.sink.names.enter({ address, name, status: 'unconfirmed', source: 'sshd log', time });
  }

  /** Lines of one connection are mostly of the same second. */
  private startOf(origin: Origin, minute: Minute, second: number): string {
    const { rowStart } = this;
    if (rowStart.minute !== minute || rowStart.second !== second || rowStart.origin !== origin) {
      const text = authStart(whenOf(minute, second), origin.hostCell);
      this.rowStart = { origin, minute, second, text };
    }
    return this.rowStart.text;
  }
}

const noPeer: Peer = { address: null, account: null };
const lf = 10;
const cr = 13;
/** What syslogd writes instead of a message that is the same as the one before. */
const lastRepeated = /^last message repeated (\d{1,9}) times?$/;

/** A message that came so many times more. */
function times(parsed: ParsedMessage, count: number): ParsedMessage {
  if (parsed?.class !== 'event') return parsed;
  const row = { ...parsed.row, count: (parsed.row.count ?? 1) * count };
  return { ...parsed, row } as ParsedMessage;
}
