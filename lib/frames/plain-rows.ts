import { allShapes, fieldNumber, type PlainShape } from '../parsers/plain-shapes.js';
import type { Hour, Minute } from '../parsers/stamp-clock.js';
import { copy, put, putNumber, viewOf, type Words, withSlack, wordsOf } from '../sources/byte-words.js';
import { authStart, cell, whenOf } from './auth-line.js';
import type { ByteText } from './byte-text.js';
import { accountTeller, type Connection } from './connections.js';
import type { PieceSink } from './piece-sink.js';
import { PlainBans } from './plain-bans.js';
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
  private start: Buffer = Buffer.alloc(0);
  private startView: DataView = viewOf(this.start);
  /** Seconds since 1970 of the time at hand. */
  private time = 0;
  /** What stands between the process id and the number of the line, and behind that of a joined line. */
  private readonly source: Words;
  private readonly joinedSource: Words;
  private readonly auth: ByteText;
  private readonly bans: PlainBans;
  /** Lines of each shape since the last flush, and the first of them. */
  private readonly counts = new Int32Array(allShapes.length);
  private readonly examples = new Float64Array(allShapes.length);
  private lines = 0;

  constructor(private readonly sink: PieceSink) {
    this.auth = sink.textOf('auth');
    this.bans = new PlainBans(sink);
    this.source = wordsOf(`,,${sink.source},`);
    this.joinedSource = wordsOf(`,${sink.source},`);
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
    const { index } = shape;
    const cells = cellsOfShapes[index] ?? null;
    let known: Connection | null = null;
    if (shape.ofConnection) {
      known = origin.host.connections.of(line.pid);
      if (known.name !== null) return false;
      this.note(known, line, cells?.account === true, number);
    }
    if (shape.ofAccount) this.hint(origin.host.connections.of(line.pid), line, number);
    if (!counts) return true;
    if (this.counts[index] === 0) this.examples[index] = number;
    this.counts[index] = (this.counts[index] ?? 0) + 1;
    this.lines++;
    if (shape.ban !== null) {
      this.see(null, line.address);
      this.bans.write(shape.ban, line, this.start, this.startView, origin.via, number);
      return true;
    }
    if (cells === null) return true;
    this.see(known, line.address);
    this.write(cells, line, known, number);
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
      this.start = withSlack(Buffer.from(authStart(whenOf(frame, 0), hostCell)));
      this.startView = viewOf(this.start);
      this.hour = hour;
      this.hostCell = hostCell;
    }
    const { start } = this;
    this.minute = minute;
    this.second = second;
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
    known.addressAt = line.starts[addressField] ?? 0;
    known.addressEnd = line.ends[addressField] ?? 0;
    known.number = line.address;
    known.addressLine = number;
    known.addressSecond = this.time;
    if (!account) return;
    known.account = undefined;
    known.accountAt = line.starts[accountField] ?? 0;
    known.accountEnd = line.ends[accountField] ?? 0;
    known.accountLine = number;
    known.accountSecond = this.time;
  }

  /** The same of the account that noise tells. */
  private hint(known: Connection, { starts, ends }: PlainLine, number: number): void {
    known.hint = undefined;
    known.hintAt = starts[accountField] ?? 0;
    known.hintEnd = ends[accountField] ?? 0;
    known.hintLine = number;
    known.hintSecond = this.time;
  }

  private see(known: Connection | null, address: number): void {
    const { addresses } = this.sink;
    if (known === null) addresses.addNumber(address, this.time);
    else if (known.tallied >= 0) addresses.widen(known.tallied, this.time);
    else known.tallied = addresses.addNumber(address, this.time);
  }

  private write(cells: ShapeCells, line: PlainLine, known: Connection | null, number: number): void {
    const { auth } = this;
    auth.room(this.start.length + longestRow);
    const from = line.view;
    const to = auth.view;
    let at = copy(this.startView, 0, this.start.length, to, auth.length);
    at = put(cells.beforeAccount, to, at);
    let joined = 0;
    if (cells.account) at = copyField(line, accountField, to, at);
    else if (known !== null) {
      const teller = accountTeller(known, number, this.time);
      if (teller === 'account') {
        joined = known.accountLine;
        if (known.account === undefined) at = copy(from, known.accountAt, known.accountEnd, to, at);
        else at += auth.bytes.write(cell(known.account), at);
      } else if (teller === 'hint') {
        joined = known.hintLine;
        if (known.hint === undefined) at = copy(from, known.hintAt, known.hintEnd, to, at);
        else at += auth.bytes.write(cell(known.hint), at);
      }
    }
    at = put(cells.beforeAddress, to, at);
    at = copyField(line, addressField, to, at);
    at = put(cells.beforePort, to, at);
    if (cells.port) at = copyField(line, portField, to, at);
    at = put(cells.beforeSeconds, to, at);
    if (cells.seconds) {
      at = copyField(line, secondsField, to, at);
      at = put(comma, to, at);
    }
    at = copy(from, line.pidAt, line.pidEnd, to, at);
    if (joined === 0) at = put(this.source, to, at);
    else {
      at = putNumber(joined, to, put(comma, to, at));
      at = put(this.joinedSource, to, at);
    }
    at = putNumber(number, to, at);
    if (cells.count === null) {
      at = put(comma, to, at);
      at = copyField(line, countField, to, at);
    }
    at = put(cells.count ?? lineEnd, to, at);
    auth.length = at;
    this.sink.wrote('auth');
  }

  /** Enters what has been counted. Before lines of another kind and at the end: a date and a month change with hours. */
  flush(): void {
    const { frame, lines, counts, examples } = this;
    this.second = -1;
    if (frame === null || lines === 0) return;
    this.sink.days.enter('log', frame.date, lines);
    for (let index = 0; index < counts.length; index++) {
      const count = counts[index] ?? 0;
      const shape = count === 0 ? undefined : allShapes[index];
      if (!shape) continue;
      this.sink.ledger.enterMany(
        frame.month,
        shape.class,
        shape.template,
        examples[index] ?? 0,
        count,
        count,
      );
      counts[index] = 0;
    }
    this.lines = 0;
  }
}

/** What rows of auth of one shape have: which fields, and what stands between them; see authLine. */
interface ShapeCells {
  readonly account: boolean;
  readonly port: boolean;
  readonly seconds: boolean;
  readonly beforeAccount: Words;
  readonly beforeAddress: Words;
  readonly beforePort: Words;
  /** Before the process id where the row has none. */
  readonly beforeSeconds: Words;
  /** Of a count that is no field, with the end of the line. */
  readonly count: Words | null;
}

/** By the number of the shape; null for noise. */
const cellsOfShapes: readonly (ShapeCells | null)[] = allShapes.map(
  ({ row, counted }) =>
    row && {
      account: row.account !== null,
      port: row.port !== null,
      seconds: row.seconds !== null,
      beforeAccount: wordsOf(`${row.service},${row.event},`),
      beforeAddress: wordsOf(`,${row.account_exists ?? ''},`),
      beforePort: wordsOf(',,'),
      beforeSeconds: wordsOf(`,${cell(row.method)},${row.seconds === null ? ',' : ''}`),
      count: counted ? null : wordsOf(`,${row.count}\n`),
    },
);

const {
  account: accountField,
  address: addressField,
  port: portField,
  count: countField,
  seconds: secondsField,
} = fieldNumber;

const copyField = ({ view, starts, ends }: PlainLine, field: number, to: DataView, at: number): number =>
  copy(view, starts[field] ?? 0, ends[field] ?? 0, to, at);

/** More than a row takes beside its start: an account is the longest of its cells. */
const longestRow = 8 * 1024;
const comma = wordsOf(',');
const lineEnd = wordsOf('\n');

function putTwoDigits(number: number, to: Uint8Array, at: number): void {
  const tens = (number / 10) | 0;
  to[at] = 48 + tens;
  to[at + 1] = 48 + number - 10 * tens;
}
