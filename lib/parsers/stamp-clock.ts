import type { ZoneClock } from '../zone.js';
import type { Stamp } from './envelope.js';
import type { YearClock } from './year-rule.js';

/** An instant with the parts that a frame and the ledger ask for. Milliseconds; `local` is wall-clock digits. */
export interface Instant {
  readonly utc: number;
  readonly local: number;
  /** Local date, `2019-06-01`. */
  readonly date: string;
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Turns stamps into instants, line by line; lines of one minute share the work. */
export class StampClock {
  private known = '';
  private minute: Instant | null = null;

  /** @param years gives stamps without a year theirs, and is set by those that have one */
  constructor(
    private readonly zone: ZoneClock,
    private readonly years: YearClock,
  ) {}

  /** @returns null when there is no such date, as 29 February in a common year */
  at(stamp: Stamp): Instant | null {
    const text = stamp.kind === 'classic' ? stamp.minute : stamp.minute + stamp.offset;
    if (text !== this.known) {
      this.known = text;
      this.minute =
        stamp.kind === 'classic' ? this.classic(stamp.minute) : this.rfc3339(stamp.minute, stamp.offset);
    }
    if (this.minute === null) return null;
    const { utc, local, date } = this.minute;
    return { utc: utc + stamp.second * 1000, local: local + stamp.second * 1000, date };
  }

  private classic(minute: string): Instant | null {
    const month = months.indexOf(minute.slice(0, 3));
    const [day = '', time = ''] = minute.slice(4).trim().split(' ');
    // The year is asked for dates that exist in some year only: what is broken must not move the clock.
    if (wallClock(2000, month, Number(day), time) === null) return null;
    const wall = wallClock(this.years.at(month), month, Number(day), time);
    return wall === null ? null : this.instant(this.zone.toUtc(wall));
  }

  private rfc3339(minute: string, offset: string): Instant | null {
    const [date = '', time = ''] = minute.split('T');
    const [year = 0, month = 0, day = 0] = date.split('-').map(Number);
    const wall = wallClock(year, month - 1, day, time);
    if (wall === null) return null;
    this.years.set(year, month - 1);
    const ahead = offset === 'Z' ? 0 : Number(offset.slice(1, 3)) * 60 + Number(offset.slice(-2));
    return this.instant(wall - (offset.startsWith('-') ? -ahead : ahead) * 60_000);
  }

  private instant(utc: number): Instant {
    const local = this.zone.toLocal(utc);
    return { utc, local, date: new Date(local).toISOString().slice(0, 10) };
  }
}

/**
 * No log of these daemons is from outside of these years; a stamp that says so is broken or a trick, and one of them
 * would stretch every chart over thousands of years.
 */
export const isPlausible = (time: number): boolean =>
  time >= Date.UTC(1995, 0, 1) && time < Date.UTC(2075, 0, 1);

function wallClock(year: number, month: number, day: number, time: string): number | null {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  const wall = Date.UTC(year, month, day, hour, minute);
  const date = new Date(wall);
  return date.getUTCMonth() === month && date.getUTCDate() === day && hour < 24 && isPlausible(wall)
    ? wall
    : null;
}
