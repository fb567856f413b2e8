import { reach } from '../../lib/frames/connections.js';
import { recordFrames } from '../../lib/frames/piece-sink.js';
import { pieceReader } from '../../lib/frames/read-piece.js';
import { SourceTally } from '../../lib/frames/source-tally.js';
import { parseEnvelope } from '../../lib/parsers/envelope.js';
import { classicDate, datedHour } from '../../lib/parsers/stamp-clock.js';
import { YearClock, type YearState } from '../../lib/parsers/year-rule.js';
import type { Site } from '../../lib/site.js';
import {
  blankBorder,
  cutPieces,
  lineBorder,
  mailBorder,
  noBorder,
  type Piece,
} from '../../lib/sources/cut-pieces.js';
import type { SourceKind } from '../../lib/sources/detect-kind.js';
import { linesOf } from '../../lib/sources/read-lines.js';

const borders = {
  log: lineBorder,
  journal: blankBorder,
  mbox: mailBorder,
  mail: noBorder,
  report: noBorder,
};

async function* inChunks(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield Buffer.from(bytes.subarray(at, at + size));
}

/**
 * Reads content as an import does, but for the size of the pieces.
 * @returns all that the import would keep of it
 */
export async function readInPieces(bytes: Buffer, kind: SourceKind, site: Site, size: number) {
  const pieces: Piece[] = [];
  const lookback = kind === 'log' || kind === 'journal' ? reach.lines : 0;
  // What a file gives at once is not cut within, but at its last line end.
  for await (const piece of cutPieces(inChunks(bytes, Math.ceil(size / 4)), borders[kind], {
    lookback,
    size,
  }))
    pieces.push(piece);
  const years = kind === 'log' ? yearsOf(pieces) : [];
  const read = pieceReader(site);
  const source = new SourceTally();
  const rows = Object.fromEntries(recordFrames.map((frame) => [frame, ''])) as Record<string, string>;
  for (const [i, { after: _, ...piece }] of pieces.entries()) {
    const given = await read({
      ...piece,
      kind,
      source: 'source',
      years: years[i] ?? { year: 0, month: null },
    });
    source.add(given);
    for (const frame of recordFrames) rows[frame] += Buffer.from(given.frames[frame].bytes).toString();
  }
  const { lines, span, synthetic, coverage, days, addresses, names } = source;
  return {
    pieces: pieces.length,
    kept: {
      ...{ rows, lines, span, synthetic },
      coverage: coverage.rows(),
      days: days.entries(),
      addresses: [...addresses.sorted()],
      names: names.entries().sort((a, b) => (a.address < b.address ? -1 : 1)),
    },
  };
}

/** How the year clock stands before each piece, by all lines before it; the first is of 2018. */
function yearsOf(pieces: readonly Piece[]): YearState[] {
  const clock = new YearClock({ year: 2018, month: null });
  return pieces.map(({ bytes, before, first }) => {
    const { state } = clock;
    for (const line of linesOf(bytes.toString('latin1', before), first)) {
      const stamp = parseEnvelope(line)?.stamp;
      const date = stamp?.kind === 'classic' ? classicDate(stamp.minute) : null;
      const dated = stamp && stamp.kind !== 'classic' ? datedHour(stamp.minute) : null;
      if (date) clock.at(date.month);
      if (dated) clock.set(dated.year, dated.month);
    }
    return state;
  });
}
