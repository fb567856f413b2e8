import type { Row } from '../schema.js';
import { type LineBatch, longestLine } from '../sources/read-lines.js';
import { largestMail } from '../sources/read-mails.js';
import { type PlainMail, plainMail } from './mail-text.js';
import { type Calendar, plainAddress, type Witness } from './observation.js';
import { listedBans } from './report-bans.js';

const months = 'JanFebMarAprMayJunJulAugSepOctNovDec';

interface Ban {
  readonly address: string;
  readonly jail: string;
  readonly utc: number;
  readonly host: string | null;
}

/** Offset in milliseconds; null where only the wall clock is known. */
interface Sent {
  readonly utc: number;
  readonly offset: number | null;
}

/** Bans of a mailbox, found by fail2ban's own sentence in the text of each mail, and those that reports list. */
export class MailObserver {
  private lines: string[] = [];
  private line = 1;
  /** Bytes of the mail, and whether one of its lines was too long: such mails and those that are too large are not read. */
  private size = 0;
  private hasLongLine = false;

  constructor(
    private readonly source: Row<'sources'>,
    private readonly calendar: Calendar,
    private readonly witness: Witness,
    /** Ban mails that have been read, in whatever source: one that comes again does not count. */
    private readonly seen: Set<string>,
  ) {}

  /** @param batch of lines as latin1 */
  batch({ first, lines }: LineBatch): void {
    for (const [i, line] of lines.entries()) {
      if (this.source.kind === 'mbox' && isFrom(line)) {
        this.end();
        this.line = first + i;
      }
      const isBegin = this.lines.length === 0 && this.source.kind === 'mbox' && isFrom(line);
      if (!isBegin) this.size += line.length + 1;
      this.hasLongLine ||= line.length >= longestLine;
      if (this.isRead()) this.lines.push(line);
    }
  }

  private isRead(): boolean {
    return this.source.kind === 'report' || (this.size <= largestMail && !this.hasLongLine);
  }

  /** Reads the mail that has been gathered. */
  end(): void {
    const [first = ''] = this.lines;
    if (this.lines.length === 0) return;
    const envelope = isFrom(first) && this.source.kind === 'mbox' ? first : null;
    const body = envelope === null ? this.lines : this.lines.slice(1);
    const isRead = this.isRead();
    this.lines = [];
    this.size = 0;
    this.hasLongLine = false;
    if (!isRead) return;
    if (this.source.kind === 'report') {
      // In base64 it has no blanks, and no header either.
      const encoding = body[0] && !/[^\w+/=]/.test(body[0]) ? 'Content-Transfer-Encoding: base64\n\n' : '\n';
      this.reported(plainMail(encoding + body.join('\n')).text);
      return;
    }
    const mail = plainMail(`${body.map((line) => line.replace(/^>(?=>*From )/, '')).join('\n')}\n`);
    const own = this.bansOf(mail, envelope);
    const within = [...mail.attached, ...digest(mail.text)];
    const found =
      own.length > 0
        ? [{ mail, bans: own }]
        : within.map((mail) => ({ mail, bans: this.bansOf(mail, null) }));
    const utc = found.flatMap(({ bans }) => bans)[0]?.utc ?? this.arrival(mail, envelope);
    if (utc !== null) this.witness.day('mail', this.calendar.local(utc).slice(0, 10));
    if (own.length === 0) for (const { text } of [mail, ...mail.attached]) this.reported(text);
    const fresh = found.filter(({ mail, bans }) => this.isFirst(mail, bans));
    for (const { address, jail, utc, host } of fresh.flatMap(({ bans }) => bans))
      this.witness.enter({
        kind: 'ban',
        source: this.source.id,
        line: this.line,
        local: this.calendar.local(utc),
        address: plainAddress(address),
        name: jail,
        count: 1,
        via: 'mail',
        host,
      });
  }

  private reported(text: string): void {
    for (const { date, host, jail, address, count } of listedBans(text))
      this.witness.enter({
        kind: 'listed',
        source: this.source.id,
        line: this.line,
        local: `${date}T00:00:00`,
        address,
        name: jail,
        count,
        host,
      });
  }

  /** False where a mail with this Message-ID has said the same. */
  private isFirst(mail: PlainMail, bans: readonly Ban[]): boolean {
    const id = mail.header('message-id')[0];
    if (id === undefined || bans.length === 0) return true;
    const key = JSON.stringify([
      id,
      bans.map(({ address, jail, utc }) => [plainAddress(address), jail, utc]),
    ]);
    const before = this.seen.size;
    return this.seen.add(key).size > before;
  }

  private bansOf(mail: PlainMail, envelope: string | null): Ban[] {
    const subject = subjectOf(mail);
    const sent = this.sentAt(mail, envelope);
    if (subject === null || sent === null) return [];
    const lines = mail.text.split('\n');
    const host = / from (\S+)$/.exec(subject.trimEnd())?.[1] ?? null;
    if (subject.toLowerCase().includes(': summary'))
      return this.summary(subject, lines, sent).map((ban) => ({ ...ban, host }));
    const at = lines.findIndex((line) => line.startsWith('The IP ') && line.includes('has just been banned'));
    if (at < 0 || !subject.toLowerCase().includes(': banned')) return [];
    const sentence = `${lines[at]} ${lines[at + 1]}`.replace(/\s+/g, ' ');
    const address = sentence.split(' ')[2] ?? '';
    const jail = sentence.split(' attempts against ')[1]?.trim().replace(/\.$/, '');
    return jail === undefined || plainAddress(address) === null
      ? []
      : [{ address, jail, utc: sent.utc, host }];
  }

  /** A buffered mail: a line a ban, with its own time. */
  private summary(subject: string, lines: readonly string[], sent: Sent): Omit<Ban, 'host'>[] {
    const jail = subject.slice(subject.indexOf('] ') + 2, subject.toLowerCase().lastIndexOf(': summary'));
    return lines.flatMap((line) => {
      const words = line.trimEnd().split(' ');
      if (!/^failures?\)$/.test(words.at(-1) ?? '') || !/^\(\d+$/.test(words.at(-2) ?? '')) return [];
      const address = words.at(-3) ?? '';
      if (plainAddress(address) === null) return [];
      return [{ address, jail, utc: this.written(words.slice(0, -3).join(' '), sent) }];
    });
  }

  /** When a line of a buffered mail was written, by what its parts look like, in whatever order they stand. */
  private written(stamp: string, sent: Sent): number {
    const clock = /\d\d:\d\d:\d\d/.exec(stamp)?.[0];
    const year = /\b(\d{4})(?:年|\b)/.exec(stamp)?.[1];
    const rest = stamp.replace(clock ?? '', '').replace(year ?? '', '');
    const month = /(\d+)月/.exec(rest)?.[1];
    const name = /\b(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\b/.exec(rest)?.[1];
    const day = /(\d+)日/.exec(rest)?.[1] ?? /(?:^| )(\d{1,2})(?: |$)/.exec(rest)?.[1];
    const number = month === undefined ? months.indexOf(name ?? '?') / 3 + 1 : Number(month);
    if (!clock || !year || !day || number < 1) return sent.utc;
    const half = / ([AP])M\b/.exec(rest)?.[1];
    const [hour = 0, minute, second] = clock.split(':').map(Number);
    const hours = half === undefined ? hour : (hour % 12) + (half === 'P' ? 12 : 0);
    const wall = Date.UTC(Number(year), number - 1, Number(day), hours, minute, second);
    if (/ (?:UTC|GMT)\b/.test(stamp)) return wall;
    // An offset of zero beside the name of another zone says nothing of the wall clock.
    return sent.offset ? wall - sent.offset : this.calendar.instant(wall);
  }

  /** When a mail without a ban came, so that its day counts: of others' mails only the own server's stamp is asked. */
  private arrival(mail: PlainMail, envelope: string | null): number | null {
    if (subjectOf(mail) !== null) return this.sentAt(mail, envelope)?.utc ?? null;
    return dated(mail.header('received')[0] ?? '')?.utc ?? this.delivered(envelope);
  }

  private sentAt(mail: PlainMail, envelope: string | null): Sent | null {
    const first = mail.header('received').at(-1)?.split(';').at(-1);
    const sent = dated(mail.header('date')[0] ?? '') ?? dated(first ?? '');
    if (sent) return sent;
    const utc = this.delivered(envelope);
    return utc === null ? null : { utc, offset: null };
  }

  private delivered(envelope: string | null): number | null {
    const [, month = '', day, clock = '', year] =
      /([A-Z][a-z]{2}) +(\d{1,2}) ([\d:]{5,8})\D*(\d{4})/.exec(envelope ?? '') ?? [];
    const wall = wallClock(Number(year), month, Number(day), clock);
    return Number.isNaN(wall) ? null : this.calendar.instant(wall);
  }
}

/** Mails of a digest that a mailing list wrote as plain text. */
const digest = (text: string): PlainMail[] =>
  text
    .split(/^-{20,}\n+(?:Message: \d+\n)?(?=[A-Z][A-Za-z-]*: )/m)
    .slice(1)
    .map((part) => plainMail(part.replace(/^Message: \d+\n/, '')));

/** Subject of a mail of fail2ban, without the brackets of lists and spam filters; null for others' and for answers. */
function subjectOf(mail: PlainMail): string | null {
  const subject = mail.header('subject')[0] ?? '';
  const at = subject.toLowerCase().indexOf('[fail2ban] ');
  return at < 0 || /[^[\]\s]/.test(subject.slice(0, at).replace(/\[[^[\]]*\]/g, ''))
    ? null
    : subject.slice(at);
}

const isFrom = (line: string): boolean =>
  line.startsWith('From ') &&
  / (?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? /.test(line) &&
  / \d\d:\d\d/.test(line) &&
  / \d{4}( |$)/.test(line);

/** Hours of the zones that have a name in mails. */
const zones: Readonly<Record<string, number>> = {
  ...{ Z: 0, UT: 0, UTC: 0, GMT: 0, EST: -5, EDT: -4, CST: -6 },
  ...{ CDT: -5, MST: -7, MDT: -6, PST: -8, PDT: -7 },
};

/** `Sat, 01 Dec 2018 00:03:11 +0900` or `… GMT`, wherever it stands. */
function dated(text: string): Sent | null {
  const [, day = '', name = '', year, clock = '', zone = ''] =
    /(\d{1,2}) ([A-Z][a-z]{2}) (\d{4}) ([\d:]{5,8}) ?([+-]\d{4}|[A-Z]{1,3}\b)/.exec(
      text.replace(/\s+/g, ' '),
    ) ?? [];
  const wall = wallClock(Number(year), name, Number(day), clock);
  if (!(wall > Date.UTC(1995) && wall < Date.UTC(2075))) return null;
  const ahead = (60 * Number(zone.slice(1, 3)) + Number(zone.slice(3))) * 60_000;
  const signed = zone.startsWith('-')
    ? -ahead
    : zone.startsWith('+')
      ? ahead
      : (zones[zone] ?? NaN) * 3_600_000;
  return Number.isNaN(signed) ? null : { utc: wall - signed, offset: signed };
}

/** NaN for a day or an hour that does not exist. */
function wallClock(year: number, month: string, day: number, clock: string): number {
  const [hour = 24, minute, second = 0] = clock.split(':').map(Number);
  const wall = Date.UTC(year, months.indexOf(month) / 3, day, hour, minute, second);
  return new Date(wall).getUTCDate() === day ? wall : Number.NaN;
}
