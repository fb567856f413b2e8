import type { ZoneClock } from '../zone.js';

const day = 86_400_000;

/** Bans of the article's year, 2018-12-01 to 2019-11-30. */
export const bansOfTheYear = 65_507;

/**
 * Share of the year's bans by calendar month, January first. The article says that they rise from the
 * end of 2018 and fall sharply after 2019-05; its monthly figures were published as a picture only, so
 * these are invented.
 */
const shareOfMonth = [0.085, 0.095, 0.115, 0.135, 0.16, 0.075, 0.065, 0.06, 0.05, 0.047, 0.043, 0.07];

/** One local month, or what the period has of it: the span of one rotated log. */
export interface Segment {
  /** First instant, UTC milliseconds. */
  readonly start: number;
  /** Instant after the last, UTC milliseconds. */
  readonly end: number;
  /** Local date of `end` as logrotate's dateext writes it: 20190101. */
  readonly rotated: string;
  /** Share of a year's bans. */
  readonly share: number;
}

/** The local months of a period. @param from first date; @param to date after the last, later than `from` */
export function segments(from: string, to: string, clock: ZoneClock): Segment[] {
  const last = Date.parse(to);
  const found: Segment[] = [];
  for (let wall = Date.parse(from); wall < last; ) {
    const date = new Date(wall);
    const month = date.getUTCMonth();
    const monthStart = Date.UTC(date.getUTCFullYear(), month, 1);
    const monthEnd = Date.UTC(date.getUTCFullYear(), month + 1, 1);
    const wallEnd = Math.min(monthEnd, last);
    found.push({
      start: clock.toUtc(wall),
      end: clock.toUtc(wallEnd),
      rotated: new Date(wallEnd).toISOString().slice(0, 10).replaceAll('-', ''),
      share: ((shareOfMonth[month] ?? 0) * (wallEnd - wall)) / (monthEnd - monthStart),
    });
    wall = wallEnd;
  }
  return found;
}

/** The instants, in UTC, at which the local days of a segment begin. */
export function daysOf(segment: Segment, clock: ZoneClock): number[] {
  const days: number[] = [];
  for (let wall = clock.toLocal(segment.start); clock.toUtc(wall) < segment.end; wall += day)
    days.push(clock.toUtc(wall));
  return days;
}
