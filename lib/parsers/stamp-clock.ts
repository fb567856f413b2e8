import { isoLocal, isoUtc, type ZoneClock } from '../zone.js';
import type { Stamp } from './envelope.js';
import type { YearClock } from './year-rule.js';

/** A minute with all that a frame and the ledger ask for, made once for the lines that share it. */
export interface Minute {
  /** Milliseconds; `local` is wall-clock digits. */
  readonly utc: number;
  readonly local: number;
  /** Local date, `2019-06-01`. */
  readonly date: string;
  /** First day of the local month. */
  readonly month: string;
  /** Up to the seconds: `2019-06-01T12:00:`. */
  readonly utcText: string;
  readonly localText: string;
  readonly flag: 'repeated' | 'skipped' | null;
}

/** The minutes of one written hour, by number; null where there is no such date. */
export type Hour = {
  minute(number: number): Minute;
  /** True where two digits of the texts tell its minutes from the first. */
  readonly even: boolean;
} | null;

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Turns stamps into instants, line by line; lines of one hour share the work. */
export class StampClock {
  private known = '';
  private hour: Hour = null;

  /** @param years gives stamps without a year theirs, and is set by those that have one */
  constructor(
    private readonly zone: ZoneClock,
    private readonly years: YearClock,
  ) {}

  /** The minute of a stamp. @returns null when there is no such date, as 29 February in a common year */
  at(stamp: Stamp): Minute | null {
    return this.hourOf(stamp)?.minute(Number(stamp.minute.slice(-2))) ?? null;
  }

  /** The hour of a stamp. */
  hourOf(stamp: Stamp): Hour {
    const hour = stamp.minute.slice(0, -3);
    const text = stamp.kind === 'rfc3339' ? hour + stamp.offset : hour;
    if (text !== this.known) {
      this.known = text;
      this.hour = this.read(stamp);
    }
    return this.hour;
  }

  private read(stamp: Stamp): Hour {
    if (stamp.kind === 'classic') {
      const found = classicDate(stamp.minute);
      if (found === null) return null;
      const wall = wallClock(this.years.at(found.month), found.month, found.day, hourIn(stamp.minute));
      return wall === null ? null : this.minutes(wall, null);
    }
    const dated = datedHour(stamp.minute);
    if (dated === null) return null;
    this.years.set(dated.year, dated.month);
    return this.minutes(dated.wall, stamp.kind === 'local' ? null : offsetOf(stamp.offset));
  }

  /** @param offset of the wall clock in milliseconds; null for that of the zone */
  private minutes(wall: number, offset: number | null): Hour {
    const make = (number: number): Minute => this.minute(wall + number * 60_000, offset);
    const known: (Minute | undefined)[] = [make(0)];
    known[59] = make(59);
    const like = likeFirst(known[0], known[59]);
    return {
      even: like !== null,
      minute: (number) => {
        const minute = known[number] ?? like?.(number) ?? make(number);
        known[number] = minute;
        return minute;
      },
    };
  }

  private minute(wall: number, offset: number | null): Minute {
    const { utc, flag } = offset === null ? this.zone.resolve(wall) : { utc: wall - offset, flag: null };
    const local = this.zone.toLocal(utc);
    const localText = isoLocal(local).slice(0, 17);
    const date = localText.slice(0, 10);
    const month = `${date.slice(0, 8)}01`;
    return { utc, local, date, month, utcText: isoUtc(utc).slice(0, 17), localText, flag };
  }
}

/**
 * Most hours are whole hours of UTC and of the zone too, in which no clock is changed: their minutes differ from the
 * first in two digits.
 */
function likeFirst(first: Minute | undefined, last: Minute | undefined): ((number: number) => Minute) | null {
  const even =
    first?.flag === null &&
    last?.flag === null &&
    last.local - first.local === 59 * 60_000 &&
    last.localText === `${first.localText.slice(0, 14)}59:` &&
    last.utcText === `${first.utcText.slice(0, 14)}59:`;
  if (!even) return null;
  const { utc, local, date, month, localText, utcText, flag } = first;
  return (number) => {
    const digits = `${number < 10 ? '0' : ''}${number}:`;
    return {
      utc: utc + number * 60_000,
      local: local + number * 60_000,
      date,
      month,
      utcText: utcText.slice(0, 14) + digits,
      localText: localText.slice(0, 14) + digits,
      flag,
    };
  };
}

function offsetOf(text: string): number {
  if (text === 'Z') return 0;
  const ahead = (Number(text.slice(1, 3)) * 60 + Number(text.slice(-2))) * 60_000;
  return text.startsWith('-') ? -ahead : ahead;
}

/** Month (0 to 11) and day of `Dec  1 00:00`; null where no year has such an hour: it must not move the year. */
export function classicDate(minute: string): { month: number; day: number } | null {
  const month = months.indexOf(minute.slice(0, 3));
  const day = Number(minute.slice(4, -6));
  return wallClock(2000, month, day, hourIn(minute)) === null ? null : { month, day };
}

/** Year, month (0 to 11) and hour, as wall-clock digits, of `2019-06-01T12:00`; null where there is no such hour. */
export function datedHour(minute: string): { year: number; month: number; wall: number } | null {
  const [year = 0, month = 0, day = 0] = minute.slice(0, 10).split('-').map(Number);
  const wall = wallClock(year, month - 1, day, hourIn(minute));
  return wall === null ? null : { year, month: month - 1, wall };
}

const hourIn = (minute: string): number => Number(minute.slice(-5, -3));

/**
 * No log of these daemons is from outside of these years; a stamp that says so is broken or a trick, and one of them
 * would stretch every chart over thousands of years.
 */
export const isPlausible = (time: number): boolean =>
  time >= Date.UTC(1995, 0, 1) && time < Date.UTC(2075, 0, 1);

function wallClock(year: number, month: number, day: number, hour: number): number | null {
  const wall = Date.UTC(year, month, day, hour);
  const date = new Date(wall);
  return date.getUTCMonth() === month && date.getUTCDate() === day && hour < 24 && isPlausible(wall)
    ? wall
    : null;
}
