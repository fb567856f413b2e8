import { type Envelope, parseEnvelope } from '../parsers/envelope.js';
import { isJournalMark } from '../parsers/journal.js';
import type { ParsedEvent, ParsedMessage, Peer, RejectFields } from '../parsers/parsed.js';
import { type Hour, type Minute, StampClock } from '../parsers/stamp-clock.js';
import { YearClock, type YearState } from '../parsers/year-rule.js';
import { cellText } from '../printable.js';
import { longestLine, tidyLine } from '../sources/read-lines.js';
import type { ZoneClock } from '../zone.js';
import { widen } from './address-tally.js';
import { authLine, authStart, type When } from './auth-line.js';
import { type Connection, reach } from './connections.js';
import { shapeOf } from './ledger.js';
import { type Origin, Origins, ownText } from './line-origins.js';
import { nameOf, sshdName } from './name-of.js';
import type { PieceSink } from './piece-sink.js';
import { isDigit, standsAt, twoDigits } from './text-at.js';
import { writeBan } from './write-ban.js';

/** Marker of the forge: a log line of this program, or a mail header X-Synthetic, says that the file is made up. */
export const forgeProgram = 'banbook-forge';

/**
 * Reads lines of one log, in their order, into a sink.
 *
 * A line mostly begins as one before it did: the same hour, the same host and program. To compare with those, where
 * the line stands in the text, costs a tenth of cutting it out and taking its envelope apart by an expression, which
 * was half of all time (profile of 3.4 million lines of sshd). What does not compare equal goes the general way; a
 * test holds that both agree.
 */
export class LogReader {
  private clock: StampClock;
  private readonly origins = new Origins();
  private hourText = '';
  private hourOffset = '';
  private hour: Hour = null;
  private start: Partial<{ origin: Origin; minute: Minute; second: number }> & { text: string } = {
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
  }

  private newClock = (): StampClock =>
    new StampClock(this.zone, new YearClock(this.years.year, this.years.month));

  /** Reads lines that come before those that count. */
  look(text: string, first: number): void {
    this.lookAt(() => this.read(text, first));
  }

  /** The same for records that are no lines; @param read enters them */
  lookAt(read: () => void): void {
    this.onlyLook = true;
    read();
    this.onlyLook = false;
    this.clock = this.newClock();
    this.hour = null;
  }

  /** @param text whole lines; @param first number of the first */
  read(text: string, first: number): void {
    let number = first;
    for (let at = 0; at < text.length; number++) {
      const found = text.indexOf('\n', at);
      const end = found < 0 ? text.length : found;
      if (!this.likeBefore(text, at, end, number))
        this.general(tidyLine(text.slice(at, end), number), number);
      at = end + 1;
    }
  }

  /** Reads a line that begins as one before it did. @returns false when it does not */
  private likeBefore(text: string, start: number, end: number, number: number): boolean {
    const { hour, hourText } = this;
    if (hour === null || !standsAt(text, hourText, start)) return false;
    let at = start + hourText.length;
    const minute = twoDigits(text, at + 1);
    const second = twoDigits(text, at + 4);
    const colons = text.charCodeAt(at) === colon && text.charCodeAt(at + 3) === colon;
    if (!colons || !(minute < 60) || !(second < 60)) return false;
    at += 6;
    if (text.charCodeAt(at) === dot) {
      const fraction = at++;
      while (isDigit(text.charCodeAt(at))) at++;
      if (at === fraction + 1 || at > fraction + 10) return false;
    }
    const origin = this.origins.at(text, at, this.hourOffset);
    if (!origin) return false;
    const pidAt = at + origin.text.length;
    let pid = 0;
    for (at = pidAt; isDigit(text.charCodeAt(at)); at++) pid = pid * 10 + text.charCodeAt(at) - 48;
    if (at === pidAt || at - pidAt > 10 || !standsAt(text, ']: ', at)) return false;
    // What tidyLine would change, a CR at the end or too long a line, is left to it.
    if (at + 3 > end || end - start > longestLine || text.charCodeAt(end - 1) === cr) return false;
    this.message(origin, hour.minute(minute), second, pid, text.slice(at + 3, end), number, 1);
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
    // Until a line of the usual form comes again, the hour of the one before says nothing.
    this.hour = null;
    if (hour === null) {
      if (!this.onlyLook) this.sink.ledger.enter(null, 'malformed', 'no such date', number, lines);
      return;
    }
    const origin = this.origins.of(envelope, line);
    if (origin.text !== '' && message !== '') {
      this.hour = hour;
      this.hourText = ownText(stamp.minute.slice(0, -3));
      this.hourOffset = origin.offset;
      this.origins.remember(origin);
    }
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
      parsed = near ? times(host.lastParsed, Number(repeated[1])) : null;
      pid = near ? host.lastPid : null;
    } else {
      parsed = origin.parse(message);
      host.lastParsed = parsed;
      host.lastPid = pid;
      host.lastLine = number;
    }
    const utc = minute.utc + second * 1000;
    if (parsed?.class === 'noise' && parsed.peer && pid !== null)
      host.connections.note(parsed.peer.address, parsed.peer.account, pid, number, utc / 1000);
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
    const known = ssh ? origin.host.connections.note(address, account, pid, line, utc / 1000) : null;
    const named =
      known && ssh
        ? sshdName(origin.host.connections.named(known, parsed.row.name, line, utc / 1000))
        : nameOf(parsed);
    if (this.onlyLook) return;
    const joined = known && ssh ? origin.host.connections.join(known, parsed.row, line, utc / 1000) : null;
    this.see(joined?.row.address ?? parsed.row.address, known, utc);
    if (named) sink.names.enter({ ...named, time: utc });
    if (parsed.frame === 'auth') {
      const start = this.startOf(origin, minute, second);
      const row = joined?.row ?? parsed.row;
      sink.writeText('auth', authLine(start, row, pid, joined?.from ?? null, sink.source, line));
      return;
    }
    const when = whenOf(minute, second);
    const host = cellText(origin.hostName);
    const { source } = sink;
    if (parsed.frame === 'bans') writeBan(sink, { ...when, host, ...parsed.row, via: origin.via, line });
    else sink.write('rejects', { ...when, host, ...cells(parsed.row), pid, source, line });
  }

  /** Enters an address. That of a connection is looked up once: to do so for each line took a third of the time. */
  private see(address: string | null, known: Connection | null, utc: number): void {
    if (address === null) return;
    if (known?.span && address === known.address) {
      widen(known.span, utc, utc);
      return;
    }
    const span = this.sink.addresses.add(address, utc, utc);
    if (known && address === known.address) known.span = span;
  }

  /** sshd looked the name of an address up, and it is that of another. */
  private named({ address, unconfirmed: name }: Peer, time: number): void {
    if (address && name)
      this.sink.names.enter({ address, name, status: 'unconfirmed', source: 'sshd log', time });
  }

  /** Lines of one connection are mostly of the same second. */
  private startOf(origin: Origin, minute: Minute, second: number): string {
    const { start } = this;
    if (start.minute !== minute || start.second !== second || start.origin !== origin) {
      const text = authStart(whenOf(minute, second), origin.hostCell);
      this.start = { origin, minute, second, text };
    }
    return this.start.text;
  }
}

/** Times of a row. */
function whenOf({ utcText, localText, flag }: Minute, second: number): When {
  const digits = second < 10 ? `0${second}` : second;
  return { time: `${utcText}${digits}Z`, local_time: `${localText}${digits}`, time_flag: flag };
}

/** The texts of a row as a frame keeps them. */
const cells = (row: RejectFields): RejectFields =>
  Object.fromEntries(
    Object.entries(row).map(([column, value]) => [
      column,
      typeof value === 'string' ? cellText(value) : value,
    ]),
  ) as RejectFields;

const noPeer: Peer = { address: null, account: null };
const colon = 58;
const dot = 46;
const cr = 13;
/** What syslogd writes instead of a message that is the same as the one before. */
const lastRepeated = /^last message repeated (\d{1,9}) times?$/;

/** A message that came so many times more. */
function times(parsed: ParsedMessage, count: number): ParsedMessage {
  if (parsed?.class !== 'event' || parsed.frame === 'bans') return parsed;
  const row = { ...parsed.row, count: parsed.row.count * count };
  return { ...parsed, row } as ParsedMessage;
}
