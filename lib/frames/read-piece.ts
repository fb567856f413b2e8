import type { YearState } from '../parsers/year-rule.js';
import type { Site } from '../site.js';
import type { SourceKind } from '../sources/detect-kind.js';
import { countLines } from '../sources/line-ends.js';
import { type ZoneClock, zoneClock } from '../zone.js';
import { AddressTally } from './address-tally.js';
import { type PieceResult, PieceSink } from './piece-sink.js';
import { LogReader } from './read-log.js';

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
  readonly omittedBytes: number;
  /** How the year clock stands at its start. */
  readonly years: YearState;
  /** Memory for its rows, if there is any at hand. */
  readonly room?: SharedArrayBuffer;
  /** The piece may have to be read a second time: its memory is not given away. */
  readonly keep?: boolean;
  /** Numbers of the mails that have been read elsewhere, see MailIds. */
  readonly again?: ReadonlySet<number>;
}

/** Reads pieces under the settings of one site; the same piece gives the same, wherever and whenever it is read. */
export function pieceReader(site: Site): (task: PieceTask) => Promise<PieceResult> {
  const zone = zoneClock(site.zone);
  let spare: AddressTally | null = new AddressTally();
  return async (task) => {
    // Taken away while it is in use: pieces may be read at the same time.
    const addresses = spare ?? new AddressTally();
    spare = null;
    const sink = new PieceSink(task.source, site, task.room, task.again, addresses);
    const bytes = Buffer.from(task.bytes.buffer, task.bytes.byteOffset, task.bytes.byteLength);
    if (task.kind === 'log') readLog(task, bytes, zone, sink);
    else {
      // A log needs none of what reads mails and reports, and to load that takes as long as to read some MB.
      const { readRecords } = await import('./read-records.js');
      await readRecords(task, bytes, zone, sink);
    }
    const result = sink.result(task.lines);
    addresses.clear();
    spare = addresses;
    return result;
  };
}

function readLog({ before, first, years }: PieceTask, bytes: Buffer, zone: ZoneClock, sink: PieceSink): void {
  const reader = new LogReader(zone, years, sink);
  if (before > 0) reader.look(bytes, first - countLines(bytes.subarray(0, before)), before);
  reader.read(bytes, first, before);
}
