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
  /** The same, and whether the time exists twice (`repeated`) or not at all (`skipped`). */
  resolve(wall: number): { readonly utc: number; readonly flag: 'repeated' | 'skipped' | null };
}

const quarter = 15 * 60_000;
const day = 24 * 60 * 60_000;

/** @param zone IANA name, such as `Asia/Tokyo`; @throws RangeError when the zone is unknown */
export function zoneClock(zone: string): ZoneClock {
  if (zone === 'UTC') return utcClock;
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
  const ask = (utc: number): number => {
    const part = Object.fromEntries(format.formatToParts(utc).map((p) => [p.type, Number(p.value)]));
    const { year = 0, month = 0, day: date = 0, hour = 0, minute = 0, second = 0 } = part;
    return Date.UTC(year, month - 1, date, hour, minute, second) - utc;
  };
  // Intl takes microseconds a call. Offsets change at quarters of an hour only, and no zone has ever changed its
  // offset and changed it back within a day: so each day is asked twice, and a day with a change for its quarters.
  const asked = new Map<number, number>();
  const startOf = (utc: number, span: number): number => Math.floor(utc / span) * span;
  const askOnce = (utc: number): number => {
    let offset = asked.get(utc);
    if (offset === undefined) {
      offset = ask(utc);
      asked.set(utc, offset);
    }
    return offset;
  };
  const offsetAt = (utc: number): number => {
    const start = startOf(utc, day);
    const offset = askOnce(start);
    return offset === askOnce(start + day) ? offset : askOnce(startOf(utc, quarter));
  };
  const resolve: ZoneClock['resolve'] = (wall) => {
    const before = offsetAt(wall - day);
    const after = offsetAt(wall + day);
    // The offset before a change is tried first: it gives the first of two instants, and in a gap moves on.
    const fits = [...new Set([before, after])].filter((offset) => offsetAt(wall - offset) === offset);
    return {
      utc: wall - (fits[0] ?? before),
      flag: fits.length === 0 ? 'skipped' : fits.length === 2 ? 'repeated' : null,
    };
  };
  return { zone, resolve, toUtc: (wall) => resolve(wall).utc, toLocal: (utc) => utc + offsetAt(utc) };
}

/** To ask Intl takes 20 ms, in each thread. */
const utcClock: ZoneClock = {
  zone: 'UTC',
  resolve: (wall) => ({ utc: wall, flag: null }),
  toUtc: (wall) => wall,
  toLocal: (utc) => utc,
};

/** Texts of days by their number. Times come from few days, and the text of a day costs more than its seconds. */
const dayTexts = new Map<number, string>();
/** Days of a lifetime: who asks for more of them has none in mind. */
const mostDays = 30_000;

function dayText(date: number): string {
  let text = dayTexts.get(date);
  if (text === undefined) {
    text = new Date(date * day).toISOString().slice(0, 11);
    if (dayTexts.size < mostDays) dayTexts.set(date, text);
  }
  return text;
}

const digits = Array.from({ length: 60 }, (_, n) => `${n}`.padStart(2, '0'));

/** `2019-06-01T21:00:00` of a wall-clock time: whole seconds, as frames hold them. */
export function isoLocal(time: number): string {
  const date = Math.floor(time / day);
  const second = Math.floor(time / 1000) - date * 86_400;
  const minute = Math.floor(second / 60);
  const hour = Math.floor(minute / 60);
  return `${dayText(date)}${digits[hour]}:${digits[minute - 60 * hour]}:${digits[second - 60 * minute]}`;
}

/** `2019-06-01T12:00:00Z` of an instant. */
export const isoUtc = (utc: number): string => `${isoLocal(utc)}Z`;
