import type { Row } from '../schema.js';
import { readBytes } from '../sources/read-bytes.js';
import { readLines } from '../sources/read-lines.js';
import { localClock, type Observation } from './observation.js';

const months = 'JanFebMarAprMayJunJulAugSepOctNovDec';

/**
 * Failed ssh passwords of a log, found by looking for fixed words in each line. Deliberately another way than the
 * import's: no envelope, no patterns, no pieces, and a year that is counted along from that of the first line.
 */
export async function* observeLog(
  path: string,
  source: Row<'sources'>,
  onRead: (bytes: number) => void,
): AsyncGenerator<Observation> {
  const clock = new LogClock(source);
  const bytes = readBytes(path);
  for await (const { first, lines } of readLines(bytes.content)) {
    onRead(bytes.position());
    for (const [i, line] of lines.entries()) {
      const local = clock.at(line);
      const at = line.indexOf('Failed password for ');
      if (at < 0 || local === null || !/ sshd(?:-session|-auth)?\[\d+\]: /.test(line.slice(0, at))) continue;
      const said = readFailure(line.slice(at + 20), line.slice(0, at));
      if (said) yield { kind: 'failure', source: source.id, line: first + i, local, ...said };
    }
  }
}

/** @param text what follows `Failed password for `; @param before what comes before it */
function readFailure(text: string, before: string): { address: string; name: string; count: number } | null {
  const repeated = before.split('message repeated ')[1]?.split(' times: [ ')[0];
  const from = text.lastIndexOf(' from ');
  if (from < 0 || text.includes(' ssh1: ruser ')) return null;
  const name = text.slice(0, from).replace(/^(?:invalid|illegal) user /, '');
  return {
    address: text.slice(from + 6).split(/[ \]]/)[0] ?? '',
    name,
    count: repeated === undefined ? 1 : Number(repeated),
  };
}

/** Wall clock of the lines of a log, by the year in which sources.csv says that it begins. */
class LogClock {
  private year: number;
  private month: number | null = null;
  private readonly local: (utc: number) => string;

  constructor({ first_time, zone }: Row<'sources'>) {
    this.local = localClock(zone);
    this.year = first_time === null ? 0 : Number(this.local(Date.parse(first_time)).slice(0, 4));
  }

  at(line: string): string | null {
    const stamp = /^(?:<\d+>)?([A-Z][a-z]{2}) +(\d{1,2}) (\d\d:\d\d:\d\d) /.exec(line);
    if (!stamp) {
      const utc = /^\d{4}-\d\d-\d\dT\S+(?:Z|[+-]\d\d:?\d\d) /.exec(line)?.[0].trim();
      const time = Date.parse(utc?.replace(/([+-]\d\d)(\d\d)$/, '$1:$2') ?? '');
      return Number.isNaN(time) ? null : this.local(time);
    }
    const month = months.indexOf(stamp[1] ?? '') / 3;
    if (this.month !== null && this.month - month >= 6) this.year++;
    // A line that is late, from before the turn of the year, does not turn it back.
    const year = this.month !== null && month - this.month > 6 ? this.year - 1 : this.year;
    if (year === this.year)
      this.month = Math.max(month, this.month !== null && this.month - month < 6 ? this.month : 0);
    const date = [month + 1, Number(stamp[2])].map((part) => String(part).padStart(2, '0')).join('-');
    return `${year}-${date}T${stamp[3]}`;
  }
}
