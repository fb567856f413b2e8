import { AddressTally } from './address-tally.js';
import { DayCounter } from './day-counter.js';
import { Coverage } from './ledger.js';
import { NameTally } from './name-tally.js';
import type { PieceResult } from './piece-sink.js';

/** What a piece tells beside its rows. */
export type Told = Omit<PieceResult, 'frames' | 'stamps'>;

/** What has been read of one source so far, beside its rows. */
export class SourceTally {
  readonly coverage = new Coverage();
  readonly days = new DayCounter();
  readonly addresses = new AddressTally();
  readonly names = new NameTally();
  readonly unmappedJails = new Set<string>();
  /** Ban mails, and whether some of them have been read elsewhere. */
  readonly mails: Float64Array[] = [];
  again = false;
  lines = 0;
  synthetic = false;
  span: PieceResult['span'] = null;

  /** Adds the piece that follows. */
  add(piece: Told): void {
    this.coverage.add(piece.coverage);
    for (const { kind, date, records } of piece.days) this.days.enter(kind, date, records);
    this.addresses.addPacked(piece.addresses);
    this.names.addAll(piece.names);
    this.mails.push(piece.mails);
    for (const jail of piece.unmappedJails) this.unmappedJails.add(jail);
    this.lines += piece.lines;
    this.synthetic ||= piece.synthetic;
    const { span } = this;
    this.span =
      span && piece.span
        ? { first: Math.min(span.first, piece.span.first), last: Math.max(span.last, piece.span.last) }
        : (span ?? piece.span);
  }
}
