/**
 * Wall clock ⇄ UTC in one IANA zone. A wall-clock time is kept as the epoch milliseconds that the same
 * digits would have in UTC, so that it can be compared, shifted and printed without a zone.
 */
export interface ZoneClock {
  readonly zone: string;
  /** Wall-clock milliseconds of an instant. */
  toLocal(utc: number): number;
  /**
   * The instant of a wall-clock time. A time that exists twice (clocks set back) is taken as the first of
   * the two; one that does not exist (clocks set forward) as the same span after the last that did.
   */
  toUtc(wall: number): number;
}

const quarter = 15 * 60_000;

/** @param zone IANA name, such as `Asia/Tokyo`; @throws RangeError when the zone is unknown */
export function zoneClock(zone: string): ZoneClock {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  // Intl takes microseconds a call and offsets change at quarters of an hour only, so each quarter is asked once.
  const offsets = new Map<number, number>();
  const offsetAt = (utc: number): number => {
    const start = Math.floor(utc / quarter) * quarter;
    let offset = offsets.get(start);
    if (offset === undefined) {
      const part = Object.fromEntries(format.formatToParts(start).map((p) => [p.type, Number(p.value)]));
      const { year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0 } = part;
      offset = Date.UTC(year, month - 1, day, hour, minute, second) - start;
      offsets.set(start, offset);
    }
    return offset;
  };
  const toUtc = (wall: number): number => {
    const day = 86_400_000;
    const before = offsetAt(wall - day);
    const after = offsetAt(wall + day);
    // The offset before a change is tried first: it gives the first of two instants, and in a gap moves on.
    for (const offset of [before, after]) if (offsetAt(wall - offset) === offset) return wall - offset;
    return wall - before;
  };
  return { zone, toUtc, toLocal: (utc) => utc + offsetAt(utc) };
}

/** Text of a time down to the second. Lines of a log come in order, so the minute is mostly that of the line before. */
function isoSeconds(): (time: number) => string {
  let known = Number.NaN;
  let text = '';
  return (time) => {
    const minute = Math.floor(time / 60_000);
    if (minute !== known) {
      known = minute;
      text = new Date(minute * 60_000).toISOString().slice(0, 17);
    }
    const second = Math.floor(time / 1000) - minute * 60;
    return text + (second < 10 ? `0${second}` : second);
  };
}

/** `2019-06-01T21:00:00` of a wall-clock time: whole seconds, as frames hold them. */
export const isoLocal = isoSeconds();

const utcSeconds = isoSeconds();

/** `2019-06-01T12:00:00Z` of an instant. */
export const isoUtc = (utc: number): string => `${utcSeconds(utc)}Z`;
