import type { AddressTally } from './address-tally.js';
import type { DayCounter } from './day-counter.js';
import { Coverage } from './ledger.js';
import type { PieceResult } from './piece-sink.js';

/** What has been read of one source so far, beside its rows. */
export interface SourceTally {
  readonly coverage: Coverage;
  lines: number;
  synthetic: boolean;
  span: PieceResult['span'];
}

export const emptyTally = (): SourceTally => ({
  coverage: new Coverage(),
  lines: 0,
  synthetic: false,
  span: null,
});

/** Adds the piece that follows. */
export function tally(source: SourceTally, piece: PieceResult): void {
  source.coverage.add(piece.coverage);
  source.lines += piece.lines;
  source.synthetic ||= piece.synthetic;
  const { span } = source;
  source.span =
    span && piece.span
      ? { first: Math.min(span.first, piece.span.first), last: Math.max(span.last, piece.span.last) }
      : (span ?? piece.span);
}

/** Adds what a piece tells of days and addresses to that of all sources. */
export function tallyAll(days: DayCounter, addresses: AddressTally, piece: PieceResult): void {
  for (const { kind, date, records } of piece.days) days.enter(kind, date, records);
  for (const [address, first, last] of piece.addresses) addresses.add(address, first, last);
}
