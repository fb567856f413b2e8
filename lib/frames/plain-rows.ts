import { allShapes, type PlainShape } from '../parsers/plain-shapes.js';
import type { Hour, Minute } from '../parsers/stamp-clock.js';
import { authStart, cell, whenOf } from './auth-line.js';
import type { ByteText } from './byte-text.js';
import { type Connection, isNear } from './connections.js';
import type { PieceSink } from './piece-sink.js';
import type { PlainLine } from './plain-line.js';

/** Takes the lines of known shapes: counts them, and writes their rows as bytes. */
export class PlainRows {
  private hour: Hour = null;
  private minute = -1;
  private second = -1;
  private hostCell = '';
  /** The minute at hand, or the first of its hour where digits alone tell the others from it. */
  private frame: Minute | null = null;
  /** Columns of a row up to the host, of the second at hand. */
  private start: Uint8Array = new Uint8Array(0);
  /** Where in the rows such a start stands; -1 where there is none yet. */
  private startAt = -1;
  /** Seconds since 1970 of the time at hand. */
  private time = 0;
  private readonly source: Uint8Array;
  private readonly auth: ByteText;
  /** Lines of each shape since the last flush, and the first of them. */
  private readonly counts = new Int32Array(allShapes.length);
  private readonly examples = new Float64Array(allShapes.length);
  private lines = 0;

  constructor(private readonly sink: PieceSink) {
    this.auth = sink.textOf('auth');
    this.source = bytesOf(`,${sink.source},`);
  }

  /**
   * @param counts false where the line is read for what later ones may refer to
   * @returns false where the line is left to the general way: its connection has a host name that waits for the address
   */
  enter(shape: PlainShape, line: PlainLine, number: number, counts: boolean): boolean {
    const { origin, hour } = line;
    if (!origin || !hour) return false;
    if (
      line.second !== this.second ||
      line.minute !== this.minute ||
      hour !== this.hour ||
      origin.hostCell !== this.hostCell
    )
      this.turnTo(line, hour, origin.hostCell, counts);
    const { row, index } = shape;
    let known: Connection | null = null;
    if (shape.ofConnection) {
      known = origin.host.connections.of(line.pid);
      if (known.name !== null) return false;
      this.note(known, line, row !== null && row.account !== null, number);
    }
    if (!counts) return true;
    if (this.counts[index] === 0) this.examples[index] = number;
    this.counts[index] = (this.counts[index] ?? 0) + 1;
    this.lines++;
    if (row === null) return true;
    this.see(known, line.address);
    this.write(shape, line, known, number);
    return true;
  }

  private turnTo(
    { minute, second }: PlainLine,
    hour: NonNullable<Hour>,
    hostCell: string,
    counts: boolean,
  ): void {
    let { frame } = this;
    if (
      !frame ||
      hour !== this.hour ||
      hostCell !== this.hostCell ||
      (!hour.even && minute !== this.minute)
    ) {
      this.flush();
      frame = hour.minute(hour.even ? 0 : minute);
      this.frame = frame;
      this.start = bytesOf(authStart(whenOf(frame, 0), hostCell));
      this.hour = hour;
      this.hostCell = hostCell;
    }
    const { start } = this;
    this.minute = minute;
    this.second = second;
    this.startAt = -1;
    // `2018-12-01T00:00:00Z,2018-12-01T01:00:00,`
    if (hour.even) {
      putTwoDigits(minute, start, 14);
      putTwoDigits(minute, start, 35);
    }
    putTwoDigits(second, start, 17);
    putTwoDigits(second, start, 38);
    this.time = frame.utc / 1000 + (hour.even ? 60 * minute : 0) + second;
    if (counts) this.sink.see(1000 * this.time);
  }

  /** Keeps what the line tells of its connection, without making a text of it. */
  private note(known: Connection, line: PlainLine, account: boolean, number: number): void {
    if (known.tallied >= 0 && known.number !== line.address) known.tallied = -1;
    known.address = undefined;
    known.addressAt = line.addressAt;
    known.addressEnd = line.addressEnd;
    known.number = line.address;
    known.addressLine = number;
    known.addressSecond = this.time;
    if (!account) return;
    known.account = undefined;
    known.accountAt = line.accountAt;
    known.accountEnd = line.accountEnd;
    known.accountLine = number;
    known.accountSecond = this.time;
  }

  private see(known: Connection | null, address: number): void {
    const { addresses } = this.sink;
    const utc = 1000 * this.time;
    if (known === null) addresses.addNumber(address, utc, utc);
    else if (known.tallied >= 0) addresses.widen(known.tallied, utc, utc);
    else known.tallied = addresses.addNumber(address, utc, utc);
  }

  private write({ index, row }: PlainShape, line: PlainLine, known: Connection | null, number: number): void {
    const between = rowsOfShapes[index];
    if (!between || row === null) return;
    const { auth } = this;
    auth.room(this.start.length + longestRow);
    const from = line.bytes;
    const to = auth.bytes;
    let at = this.putStart(to, auth.length);
    at = put(between.beforeAccount, to, at);
    let joined = 0;
    if (row.account !== null) at = copy(from, line.accountAt, line.accountEnd, to, at);
    else if (
      known !== null &&
      known.account !== null &&
      isNear(known.accountLine, known.accountSecond, number, this.time)
    ) {
      joined = known.accountLine;
      if (known.account === undefined) at = copy(from, known.accountAt, known.accountEnd, to, at);
      else at += to.write(cell(known.account), at);
    }
    at = put(between.beforeAddress, to, at);
    at = copy(from, line.addressAt, line.addressEnd, to, at);
    at = put(between.beforePort, to, at);
    if (row.port !== null) at = copy(from, line.portAt, line.portEnd, to, at);
    at = put(between.beforeSeconds, to, at);
    if (row.seconds !== null) at = copy(from, line.secondsAt, line.secondsEnd, to, at);
    to[at++] = comma;
    at = copy(from, line.pidAt, line.pidEnd, to, at);
    to[at++] = comma;
    if (joined > 0) at = putNumber(joined, to, at);
    at = put(this.source, to, at);
    at = putNumber(number, to, at);
    to[at++] = comma;
    at = between.count ? put(between.count, to, at) : copy(from, line.countAt, line.countEnd, to, at);
    to[at++] = lf;
    auth.length = at;
    this.sink.wrote('auth');
  }
  /** Rows of one second begin alike: the start is copied from the row before, a call that pays for so many bytes. */
  private putStart(to: Uint8Array, at: number): number {
    const { start, startAt } = this;
    if (startAt < 0) copy(start, 0, start.length, to, at);
    else to.copyWithin(at, startAt, startAt + start.length);
    this.startAt = at;
    return at + start.length;
  }

  /** Enters what has been counted. Before lines of another kind and at the end: a date and a month change with hours. */
  flush(): void {
    const { frame, lines, counts, examples } = this;
    this.second = -1;
    if (frame === null || lines === 0) return;
    this.sink.days.enter('log', frame.date, lines);
    for (const { index, class: kind, template } of allShapes) {
      const count = counts[index] ?? 0;
      if (count === 0) continue;
      this.sink.ledger.enterMany(frame.month, kind, template, examples[index] ?? 0, count, count);
      counts[index] = 0;
    }
    this.lines = 0;
  }
}

/** What rows of one shape have between their fields, see authLine. */
interface Between {
  readonly beforeAccount: Uint8Array;
  readonly beforeAddress: Uint8Array;
  readonly beforePort: Uint8Array;
  readonly beforeSeconds: Uint8Array;
  /** Of a count that is no field. */
  readonly count: Uint8Array | null;
}

/** By the number of the shape; null for noise. */
const rowsOfShapes: readonly (Between | null)[] = allShapes.map(
  ({ row, counted }) =>
    row && {
      beforeAccount: bytesOf(`${row.service},${row.event},`),
      beforeAddress: bytesOf(`,${row.account_exists ?? ''},`),
      beforePort: bytesOf(',,'),
      beforeSeconds: bytesOf(`,${cell(row.method)},`),
      count: counted ? null : bytesOf(`${row.count}`),
    },
);

/** More than a row takes beside its start: an account is the longest of its cells. */
const longestRow = 8 * 1024;
const lf = 10;
const comma = 44;

function bytesOf(text: string): Uint8Array {
  return Uint8Array.from(Buffer.from(text));
}

/** Copies bytes one by one, which for so few is quicker than a call of set. @returns where they end */
function copy(from: Uint8Array, start: number, end: number, to: Uint8Array, at: number): number {
  for (let i = start; i < end; i++) to[at++] = from[i] ?? 0;
  return at;
}

const put = (bytes: Uint8Array, to: Uint8Array, at: number): number => copy(bytes, 0, bytes.length, to, at);

function putTwoDigits(number: number, to: Uint8Array, at: number): void {
  const tens = (number / 10) | 0;
  to[at] = 48 + tens;
  to[at + 1] = 48 + number - 10 * tens;
}

/** Writes a whole number above 0. @returns where it ends */
function putNumber(number: number, to: Uint8Array, at: number): number {
  let size = 1;
  for (let power = 10; power <= number; power *= 10) size++;
  let left = number;
  for (let i = at + size - 1; i >= at; i--) {
    const rest = Math.floor(left / 10);
    to[i] = 48 + left - 10 * rest;
    left = rest;
  }
  return at + size;
}
