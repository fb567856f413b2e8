import type { Row } from '../schema.js';
import type { Calendar } from './observation.js';

const months = 'JanFebMarAprMayJunJulAugSepOctNovDec';
const time = String.raw`(\d\d:\d\d:\d\d)(?:[.,]\d+)?`;
const day = String.raw`([A-Z][a-z]{2}) +(\d{1,2})`;
const named = new RegExp(`^${day} (?:(\\d{4}) )?${time} +`);
const yearFirst = new RegExp(`^(\\d{4}) ${day} ${time} +`);
const numeric = new RegExp(`^(\\d{4})-(\\d\\d)-(\\d\\d)[Tt ]${time}(Z|z|[+-]\\d\\d:?\\d\\d)? +`);

/** A line's wall clock in the site's zone, and what stands behind its stamp. */
export interface Stamped {
  readonly local: string;
  readonly rest: string;
}

/**
 * When the lines of a log are. A stamp without a year is of that month which is nearest to the month of the lines
 * before; where the count begins, sources.csv says by the earliest time of the file.
 */
export class LogClock {
  /** Months since the year 0; null before the first line. */
  private month: number | null = null;
  private known = '';
  private knownLocal = '';

  constructor(
    private readonly source: Row<'sources'>,
    private readonly calendar: Calendar,
  ) {}

  /** @returns null for a line without a stamp */
  at(line: string): Stamped | null {
    const found = named.exec(line);
    if (found) {
      const [stamp, name = '', date = '', year, clock = ''] = found;
      return this.stamped(line, stamp, year === undefined ? null : Number(year), indexOf(name), date, clock);
    }
    const other = yearFirst.exec(line);
    if (other) {
      const [stamp, year, name = '', date = '', clock = ''] = other;
      return this.stamped(line, stamp, Number(year), indexOf(name), date, clock);
    }
    const label = /^@40{7}([\da-f]{8})[\da-f]{8} +/.exec(line);
    if (label) {
      // TAI64N: ten seconds ahead, as tai64nlocal has it.
      const utc = (Number(`0x${label[1]}`) - 10) * 1000;
      const date = new Date(utc);
      this.setTo(date.getUTCFullYear(), date.getUTCMonth());
      return { local: this.calendar.local(utc), rest: line.slice(label[0].length) };
    }
    const [stamp = '', year, month, date = '', clock = '', offset] = numeric.exec(line) ?? [];
    return stamp === ''
      ? null
      : this.stamped(line, stamp, Number(year), Number(month) - 1, date, clock, offset);
  }

  private stamped(
    line: string,
    stamp: string,
    year: number | null,
    month: number,
    date: string,
    clock: string,
    offset?: string,
  ): Stamped | null {
    const rest = line.slice(stamp.length);
    // The same stamp gives the same time: a clock that has turned the year does not turn it again.
    if (stamp === this.known) return { local: this.knownLocal, rest };
    const [hour = 24, minute = 60, second = 61] = clock.split(':').map(Number);
    if (!exists(year ?? 2000, month, Number(date)) || hour > 23 || minute > 59 || second > 60) return null;
    const wallIn = (of: number): number => Date.UTC(of, month, Number(date), hour, minute, second);
    const wall = wallIn(year === null ? this.yearOf(month, wallIn) : this.setTo(year, month));
    const known = exists(new Date(wall).getUTCFullYear(), month, Number(date));
    if (!known || wall < Date.UTC(1995) || wall >= Date.UTC(2075)) return null;
    const utc = offset === undefined ? this.calendar.instant(wall) : wall - ahead(offset);
    this.known = stamp;
    this.knownLocal = this.calendar.local(utc);
    return { local: this.knownLocal, rest };
  }

  private setTo(year: number, month: number): number {
    this.month = 12 * year + month;
    return year;
  }

  private yearOf(month: number, wallIn: (year: number) => number): number {
    const [from, to] = [this.source.first_time, this.source.last_time].map((time) =>
      Date.parse(`${this.calendar.local(Date.parse(time ?? ''))}Z`),
    ) as [number, number];
    if (this.month === null) {
      // No line is earlier than the earliest; two hours are for clocks that were set forward.
      const year = new Date(from).getUTCFullYear();
      const fits = [year - 1, year].find((candidate) => wallIn(candidate) >= from - 7_200_000);
      return this.setTo(fits ?? year + 1, month);
    }
    // From five months back to six on, whichever of these has the name.
    const step = ((((month - this.month + 5) % 12) + 12) % 12) - 5;
    const nearest = this.month + step;
    // What is not between the earliest and the latest is of the year beside it: the log was silent, or a clock not set.
    const isWithin = (of: number): boolean => {
      const wall = wallIn(Math.floor(of / 12));
      return wall >= from - 7_200_000 && wall <= to + 7_200_000;
    };
    const found = [nearest, nearest + 12, nearest - 12].find(isWithin) ?? nearest;
    this.month = Math.max(this.month, found);
    return Math.floor(found / 12);
  }
}

const indexOf = (name: string): number => months.indexOf(name) / 3;

const exists = (year: number, month: number, day: number): boolean =>
  Number.isInteger(month) && new Date(Date.UTC(year, month, day)).getUTCMonth() === month && day > 0;

function ahead(offset: string): number {
  if (/^z$/i.test(offset)) return 0;
  const minutes = 60 * Number(offset.slice(1, 3)) + Number(offset.slice(-2));
  return (offset.startsWith('-') ? -1 : 1) * minutes * 60_000;
}
