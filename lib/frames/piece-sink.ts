import type { Stamp } from '../parsers/envelope.js';
import type { Row } from '../schema.js';
import type { Site } from '../site.js';
import { AddressTally, type PackedAddresses } from './address-tally.js';
import { ByteText } from './byte-text.js';
import { frameColumns, lineMaker } from './csv.js';
import { type DayCount, DayCounter } from './day-counter.js';
import { Ledger } from './ledger.js';
import { MailIds } from './mail-ids.js';
import { type LoggedName, NameTally } from './name-tally.js';

/** Frames whose rows come from records of the input. */
export const recordFrames = ['auth', 'bans', 'rejects', 'reports'] as const;
export type RecordFrame = (typeof recordFrames)[number];

/** Lines of CSV, without a header. */
export interface FramePart {
  readonly bytes: Uint8Array;
  readonly rows: number;
}

/** What one piece of a source gives. It can be sent from thread to thread, and added to that of the piece before. */
export interface PieceResult {
  readonly frames: Readonly<Record<RecordFrame, FramePart>>;
  readonly coverage: readonly Row<'coverage'>[];
  readonly days: readonly DayCount[];
  readonly addresses: PackedAddresses;
  readonly names: readonly LoggedName[];
  /** Ban mails, see MailIds. */
  readonly mails: Float64Array;
  /** Earliest and latest stamp, UTC milliseconds. */
  readonly span: { readonly first: number; readonly last: number } | null;
  /** Stamps of a log, of several of one hour that follow each other the first. */
  readonly stamps: readonly Stamp[];
  readonly lines: number;
  readonly synthetic: boolean;
  /** Jails with bans to which the site settings give no service. */
  readonly unmappedJails: readonly string[];
}

/** Takes what the records of one piece give. */
export class PieceSink {
  readonly ledger = new Ledger();
  readonly days = new DayCounter();
  readonly names = new NameTally();
  readonly stamps: Stamp[] = [];
  readonly unmappedJails = new Set<string>();
  synthetic = false;
  private first: number | null = null;
  private last: number | null = null;
  private readonly texts: Record<RecordFrame, ByteText>;
  private readonly lineOf: Partial<Record<RecordFrame, ReturnType<typeof lineMaker>>> = {};
  private readonly counts: Record<RecordFrame, number> = { auth: 0, bans: 0, rejects: 0, reports: 0 };

  /** Ban mails. */
  readonly mails: MailIds;

  /**
   * @param room memory for the rows of auth, if there is any at hand
   * @param again numbers of the mails that have been read elsewhere
   * @param addresses an empty tally: memory for it, from piece to piece the same, is not left to the collector
   */
  constructor(
    readonly source: string,
    readonly site: Site,
    room?: SharedArrayBuffer,
    again?: ReadonlySet<number>,
    readonly addresses = new AddressTally(),
  ) {
    this.mails = new MailIds(again);
    this.texts = {
      auth: new ByteText(room),
      bans: new ByteText(),
      rejects: new ByteText(),
      reports: new ByteText(),
    };
  }

  write<F extends RecordFrame>(frame: F, row: Row<F>): void {
    let lineOf = this.lineOf[frame];
    lineOf ??= this.lineOf[frame] = lineMaker(frameColumns(frame));
    this.writeText(frame, lineOf(row));
  }

  /** @param line one line of CSV with its line end */
  writeText(frame: RecordFrame, line: string): void {
    this.counts[frame]++;
    this.texts[frame].add(line);
  }

  /** The text of a frame, for who writes bytes into it and says so with `wrote`. */
  textOf(frame: RecordFrame): ByteText {
    return this.texts[frame];
  }

  wrote(frame: RecordFrame): void {
    this.counts[frame]++;
  }

  /** Keeps the stamp of a line for the year clock, which asks for its date and whether there is such an hour. */
  seeStamp(stamp: Stamp): void {
    const last = this.stamps.at(-1);
    if (last?.kind !== stamp.kind || last.minute.slice(0, -3) !== stamp.minute.slice(0, -3))
      this.stamps.push(stamp);
  }

  /** Enters the time of a record with its source. */
  see(utc: number): void {
    if (this.first === null || utc < this.first) this.first = utc;
    if (this.last === null || utc > this.last) this.last = utc;
  }

  /** @param lines of the piece */
  result(lines: number): PieceResult {
    const part = (frame: RecordFrame): FramePart => ({
      bytes: this.texts[frame].take(),
      rows: this.counts[frame],
    });
    return {
      frames: { auth: part('auth'), bans: part('bans'), rejects: part('rejects'), reports: part('reports') },
      coverage: this.ledger.rows(this.source),
      days: this.days.entries(),
      addresses: this.addresses.packed(),
      names: this.names.entries(),
      mails: this.mails.packed(),
      stamps: this.stamps,
      span: this.first === null || this.last === null ? null : { first: this.first, last: this.last },
      lines,
      synthetic: this.synthetic,
      unmappedJails: [...this.unmappedJails],
    };
  }
}
