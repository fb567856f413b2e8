import type { Stamp } from '../parsers/envelope.js';
import type { Hour } from '../parsers/stamp-clock.js';
import { isDigit, isSame, standsAt, twoDigits, type Words, wordsOf } from '../sources/byte-words.js';
import type { Origin, Origins } from './line-origins.js';
import type { PlainLine } from './plain-line.js';

/** Takes the starts of lines, up to their messages, that are as those of lines before them. */
export class LineStarts {
  private hour: Hour = null;
  private hourText: Words = wordsOf('');
  private offset = '';

  constructor(private readonly origins: Origins) {}

  /** Lines that begin like this one are looked for from here on. */
  remember(stamp: Stamp, hour: NonNullable<Hour>, origin: Origin): void {
    if (origin.text === '') return;
    this.hour = hour;
    this.hourText = wordsOf(stamp.minute.slice(0, -3));
    this.offset = origin.offset;
    this.origins.remember(origin);
  }

  /** Until a line of the usual form comes again, the hour of the one before says nothing. */
  forget(): void {
    this.hour = null;
  }

  /** @returns false where the line begins otherwise */
  take(line: PlainLine, start: number): boolean {
    const { bytes, view } = line;
    const { hour, hourText } = this;
    if (hour === null) return false;
    // Lines of one connection mostly begin alike up to the second and the process id.
    if (hour === line.hour && line.startLength > 0 && isSame(view, start, line.startAt, line.startLength)) {
      line.startAt = start;
      line.messageAt = start + line.startLength;
      return true;
    }
    if (!standsAt(view, start, hourText)) return false;
    let at = start + hourText.length;
    const minute = twoDigits(bytes, at + 1);
    const second = twoDigits(bytes, at + 4);
    if (bytes[at] !== colon || bytes[at + 3] !== colon || !(minute < 60) || !(second < 60)) return false;
    at = endOfFraction(bytes, at + 6);
    const origin = at < 0 ? undefined : this.origins.at(view, at, this.offset);
    if (!origin) return false;
    const pidAt = at + origin.words.length;
    let pid = 0;
    for (at = pidAt; isDigit(bytes[at] ?? 0); at++) pid = pid * 10 + (bytes[at] ?? 0) - 48;
    if (at === pidAt || at - pidAt > 10 || (bytes[pidAt] === zero && at > pidAt + 1)) return false;
    if (!standsAt(view, at, behindPid)) return false;
    line.hour = hour;
    line.minute = minute;
    line.second = second;
    line.origin = origin;
    line.pid = pid;
    line.pidAt = pidAt;
    line.pidEnd = at;
    line.startAt = start;
    line.messageAt = at + behindPid.length;
    line.startLength = line.messageAt - start;
    return true;
  }
}

/** Where the fraction of a second ends that may stand at a place; -1 where something else begins like one. */
function endOfFraction(bytes: Buffer, start: number): number {
  if (bytes[start] !== dot && bytes[start] !== comma) return start;
  let at = start + 1;
  while (isDigit(bytes[at] ?? 0)) at++;
  return at === start + 1 || at > start + 10 ? -1 : at;
}

const comma = 44;
const dot = 46;
const zero = 48;
const colon = 58;
const behindPid = wordsOf(']: ');
