import type { Mail } from '../sources/decode-mail.js';
import { isPlausible } from './stamp-clock.js';

/** When a mail was sent. */
export interface Sent {
  readonly utc: number;
  /** Offset in milliseconds, or null when the date does not say. */
  readonly offset: number | null;
}

type ToUtc = (wall: number) => number;

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/**
 * When the mail was sent: its Date header; where that is missing or written in the machine's language (releases
 * 0.8.5 and 0.8.6 ask `date` without a locale), the first server's Received; else the From_ line.
 */
export function dateOf(mail: Mail, toUtc: ToUtc): Sent | null {
  const sent = sentOf(mail.date) ?? sentOf(mail.received.at(-1)?.split(';').at(-1) ?? null);
  if (sent) return sent;
  const envelope = /([A-Z][a-z]{2} +\d{1,2} \d\d:\d\d(?::\d\d)?)\D*(\d{4})/.exec(mail.envelope ?? '');
  const wall = envelope ? wallOf(`${envelope[1]} ${envelope[2]}`) : Number.NaN;
  return isPlausible(wall) ? { utc: toUtc(wall), offset: null } : null;
}

/** `Sat, 01 Dec 2018 00:03:11 +0900`, as date(1) and postfix write it. */
const usual =
  /^([A-Z][a-z]{2}, (?: \d|\d\d) [A-Z][a-z]{2} \d{4}) ([01]\d|2[0-3]):([0-5]\d):([0-5]\d) ([+-])(0\d|1[0-4])([0-5]\d)$/;

/** Midnights of the days of late: mails come from few days, and Date.parse takes longer than all else here. */
const midnights = new Map<string, number>();
const mostDays = 1000;

function midnightOf(day: string): number {
  let midnight = midnights.get(day);
  if (midnight === undefined) {
    if (midnights.size === mostDays) midnights.clear();
    midnight = wallOf(`${day} 00:00:00`);
    midnights.set(day, midnight);
  }
  return midnight;
}

/** What a Date header says; null where it is in no form that tells its offset. */
export function sentOf(header: string | null): Sent | null {
  const text = header?.trim().slice(0, 100) ?? '';
  const fields = usual.exec(text);
  if (fields) {
    const minutes = Number(fields[6]) * 60 + Number(fields[7]);
    const offset = (fields[5] === '-' ? -minutes : minutes) * 60_000;
    const clock = (Number(fields[2]) * 60 + Number(fields[3])) * 60 + Number(fields[4]);
    const utc = midnightOf(fields[1] ?? '') + clock * 1000 - offset;
    return isPlausible(utc) ? { utc, offset } : null;
  }
  const [, wall, zone = ''] = /^(.*[^ A-Z]) *([+-]\d{4}|[A-Z]{1,3})(?: \([^()]*\))?$/.exec(text) ?? [];
  if (wall === undefined) return null;
  const offset = namedZones.get(zone) ?? offsetOf(zone);
  const utc = wallOf(wall) - offset;
  return isPlausible(utc) ? { utc, offset } : null;
}

/** Zones of RFC 5322 that have a name, with their offsets; what others are called nobody has agreed on. */
const namedZones = new Map([
  ...['Z', 'UT', 'UTC', 'GMT'].map((name) => [name, 0] as const),
  ...['E', 'C', 'M', 'P'].flatMap((region, i) => [
    [`${region}ST`, -(i + 5) * 3_600_000] as const,
    [`${region}DT`, -(i + 4) * 3_600_000] as const,
  ]),
]);

/** Milliseconds of `+0900`; NaN for what is no offset. */
const offsetOf = (zone: string): number =>
  Number(`${zone.slice(0, 1)}1`) * (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(3))) * 60_000;

/** Digits of a wall clock as if they were of UTC. NaN where there is no such day: Date.parse takes it for one of the next month. */
function wallOf(text: string): number {
  const wall = Date.parse(`${text} +0000`);
  const day = /(?:^|[ ,])(\d{1,2}) /.exec(text)?.[1];
  return day === undefined || new Date(wall).getUTCDate() === Number(day) ? wall : Number.NaN;
}

/** `Sat Dec  1 00:03:11 JST 2018`: date(1) in the C locale, and before glibc 2.29 in en_US. */
const cStamp =
  /^(?:\S+ )?(?<month>[A-Z][a-z]{2}) +(?<day>\d{1,2}) (?<time>\d\d:\d\d:\d\d) (?<zone>\S+) (?<year>\d{4})$/;
/** `Sat 01 Dec 2018 12:03:11 AM JST` and `Sat  1 Dec 00:03:11 GMT 2018`: en_US since glibc 2.29, en_GB. */
const englishStamp =
  /^(?:\S+ +)?(?<day>\d{1,2}) (?<month>[A-Z][a-z]{2}) (?:(?<year>\d{4}) )?(?<time>\d\d:\d\d:\d\d)(?: (?<half>[AP]M))? (?<zone>\S+)(?: (?<last>\d{4}))?$/;
/** `2018年 12月  1日 土曜日 00:03:11 JST`: ja_JP. */
const japaneseStamp =
  /^(?<year>\d{4})年 *(?<month>\d{1,2})月 *(?<day>\d{1,2})日 \S+ (?<time>\d\d:\d\d:\d\d) (?<zone>\S+)$/;

/**
 * When a line of a buffered mail was written, in date(1)'s words of C, English or Japanese. It names its zone by an
 * abbreviation, which is an offset only by habit (IST is three): the mail's own offset stands for it, else the
 * site's zone. A line in another language has the time of the mail, which leaves with the last of its lines.
 */
export function stampOfLine(stamp: string, sent: Sent, toUtc: ToUtc): number {
  const found = (cStamp.exec(stamp) ?? englishStamp.exec(stamp) ?? japaneseStamp.exec(stamp))?.groups;
  if (!found) return sent.utc;
  const { year = found.last ?? '', month = '', day = '', time = '', half, zone = '' } = found;
  const [hour = 0, minute = 0, second = 0] = time.split(':').map(Number);
  const hours = half === undefined ? hour : (hour % 12) + (half === 'PM' ? 12 : 0);
  const index = /^\d/.test(month) ? Number(month) - 1 : months.indexOf(month);
  const wall = index < 0 ? Number.NaN : Date.UTC(Number(year), index, Number(day), hours, minute, second);
  if (!isPlausible(wall)) return sent.utc;
  // An offset of zero beside another zone is that of `date -u`, and says nothing of the wall clock.
  const offset = /^(?:UTC|GMT)$/.test(zone) ? 0 : sent.offset || null;
  return offset === null ? toUtc(wall) : wall - offset;
}
