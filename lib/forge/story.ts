import type { ZoneClock } from '../zone.js';
import { day, hour, minute } from './log-line.js';
import { daysOf, type Segment } from './period.js';

/** A span of time, UTC milliseconds: from the first instant to the one after the last. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** What happens once in a period, and when. Null where the period is too short for it. */
export interface Story {
  /** A day of which no log is left; its mails are. */
  readonly lostDay: Span | null;
  /** Local mail could not be sent: bans of this time are in fail2ban.log only. */
  readonly outage: Span | null;
  /** When the brute force begins that ends with a login. */
  readonly intrusion: number | null;
  /** Days of slow guessing by many hosts. */
  readonly distributed: Span | null;
}

export const within = (span: Span | null, at: number): boolean =>
  span !== null && span.start <= at && at < span.end;

/** Shortest period, in days, that has an episode. */
const shortest = { lostDay: 60, outage: 60, intrusion: 10, distributed: 60 };

/** Where in a period the episodes lie, as parts of it. */
const place = { lostDay: 0.29, outage: 0.72, intrusion: 0.47, distributed: 0.56 };

export function storyOf(segments: readonly Segment[], clock: ZoneClock): Story {
  const start = segments[0]?.start ?? 0;
  const end = segments.at(-1)?.end ?? start;
  const days = daysOf({ start, end }, clock);
  const dayAt = (part: number): number => days[Math.floor(days.length * part)] ?? start;
  const nextDay = (at: number): number => days.find((begin) => begin > at) ?? end;
  const has = (episode: keyof typeof shortest): boolean => days.length >= shortest[episode];
  const lost = dayAt(place.lostDay);
  const outage = dayAt(place.outage) + 21 * hour + 12 * minute;
  return {
    lostDay: has('lostDay') ? { start: lost, end: nextDay(lost) } : null,
    outage: has('outage') ? { start: outage, end: outage + 36 * hour } : null,
    intrusion: has('intrusion') ? dayAt(place.intrusion) + 2 * hour + 17 * minute : null,
    distributed: has('distributed')
      ? { start: dayAt(place.distributed), end: dayAt(place.distributed) + 24 * day }
      : null,
  };
}
