import type { ZoneClock } from '../zone.js';
import { day } from './log-line.js';

/** One local month, or what the period has of it: the span of one rotated log. */
export interface Segment {
  /** First instant, UTC milliseconds. */
  readonly start: number;
  /** Instant after the last, UTC milliseconds. */
  readonly end: number;
  /** Local date of `end` as logrotate's dateext writes it: 20190101. */
  readonly rotated: string;
  /** 0 to 11. */
  readonly month: number;
  /** How much of the month it is, above 0 to 1. */
  readonly part: number;
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
      month,
      part: (wallEnd - wall) / (monthEnd - monthStart),
    });
    wall = wallEnd;
  }
  return found;
}

/** The instants, in UTC, at which the local days of a period begin. */
export function daysOf({ start, end }: Pick<Segment, 'start' | 'end'>, clock: ZoneClock): number[] {
  const days: number[] = [];
  for (let wall = clock.toLocal(start); clock.toUtc(wall) < end; wall += day) days.push(clock.toUtc(wall));
  return days;
}
