import { AddressTally } from '../../lib/frames/address-tally.js';
import type { LineStarts } from '../../lib/frames/line-start.js';
import { PieceSink } from '../../lib/frames/piece-sink.js';
import { LogReader } from '../../lib/frames/read-log.js';
import { defaultSite } from '../../lib/site.js';
import { zoneClock } from '../../lib/zone.js';

const zone = zoneClock('Europe/Berlin');
const years = { year: 2018, month: null };

/** What a reader of a log gives; rows of auth are the first of its texts. */
export function readingOf(read: (reader: LogReader) => void) {
  const sink = new PieceSink('source', defaultSite);
  read(new LogReader(zone, years, sink));
  const { frames, coverage, days, span, addresses, names } = sink.result(0);
  const seen = new AddressTally();
  seen.addPacked(addresses);
  return {
    texts: Object.values(frames).map(({ bytes, rows }) => [Buffer.from(bytes).toString(), rows] as const),
    // Lines of known shapes are entered when their hour ends, so only the order may be another.
    coverage: [...coverage].sort((a, b) => a.example - b.example),
    days: [...days].sort((a, b) => (a.date < b.date ? -1 : 1)),
    span,
    seen: [...seen.sorted()],
    names,
  };
}

/** A log read as an import does, and each line by the general way: the hour that makes a line like one before is forgotten. */
export function bothWays(bytes: Buffer) {
  const quick = readingOf((reader) => reader.read(bytes, 1));
  const general = readingOf((reader) => {
    let number = 1;
    for (let at = 0; at < bytes.length; ) {
      const end = bytes.indexOf(10, at) + 1 || bytes.length;
      (reader as unknown as { starts: LineStarts }).starts.forget();
      reader.read(bytes, number++, at, end);
      at = end;
    }
  });
  return { quick, general, rows: general.texts[0]?.[1] ?? 0 };
}
