import { isAscii, isUtf8 } from 'node:buffer';
import { isBlank } from '../sources/byte-words.js';
import { plainCharset } from '../sources/decode-plain-mail.js';
import { endOfLine } from '../sources/line-ends.js';
import { longestLine } from '../sources/read-lines.js';
import type { MailPlace } from '../sources/read-mails.js';
import { addressOf } from './address.js';
import type { BanMail } from './ban-mail.js';
import { readParts } from './ban-parts.js';
import { bytesOf, stands, standsInAnyCase } from './bytes.js';
import { sentOf } from './mail-date.js';

/** A ban mail that was taken from its bytes. */
export interface PlainBanMail {
  readonly row: BanMail;
  /** Message-ID, or null. */
  readonly id: string | null;
  readonly synthetic: boolean;
  /** Lines of the mail, its From_ line included. */
  readonly lines: number;
}

/**
 * Takes the ban mails of a mailbox, tidied, that are exactly as fail2ban's actions and a mail server write them: head
 * and body in UTF-8, the wanted headers in one line each, `[Fail2Ban] JAIL: banned ADDRESS from HOST`, the sentence
 * of the ban at the begin of the body.
 *
 * Why there are two ways: by the general one a mail of 90 lines takes 17 µs where this one takes 12 (CPU time of 14,000
 * mails, the row included); what is saved are strings of the mail and of its body, and their collection. The rest,
 * one look at each line for its first bytes (readParts), is the same in both. What is not exactly so, in any byte that
 * counts, goes the general way (decodeMail and parseBanMail), which alone says what a mail means; a test holds that
 * both give the same.
 */
export class PlainBanMails {
  private readonly ascii: boolean;
  private readonly odd: readonly OddByte[];
  private type: string | null = null;
  private encoding: string | null = null;
  private charset = plainCharset(null, null);
  private readonly hosts = new LastText();
  private readonly jails = new LastText();
  private head = new Head();

  constructor(private readonly bytes: Buffer) {
    this.ascii = isAscii(bytes);
    // A bare CR is left to the MIME library, Japanese in ISO-2022-JP begins with an escape.
    this.odd = [13, 27].map((byte) => new OddByte(bytes, byte));
  }

  /** @returns null for a mail of any other form */
  at({ start, end, hasFrom }: MailPlace): PlainBanMail | null {
    const { bytes, head } = this;
    if (!hasFrom || end - start >= longestLine || bytes[end - 1] !== lf) return null;
    if (this.odd.some((byte) => byte.isWithin(start, end))) return null;
    const begin = endOfLine(bytes, start, end) + 1;
    if (!head.read(bytes, begin, end) || !this.isText(start, end)) return null;
    const sent = sentOf(head.textOf('date'));
    const host = this.hostOf(head.places.subject);
    const ban = this.sentence(head.end);
    if (sent === null || host === null || ban === null) return null;
    const parts = readParts(bytes, ban.end, end);
    return {
      row: {
        event: 'ban',
        utc: sent.utc,
        host,
        jail: ban.jail,
        address: ban.address,
        failures: ban.failures,
        log_lines: parts.logLines,
        whois_country: parts.whois.country,
        whois_netname: parts.whois.netname,
        whois_range: parts.whois.range,
      },
      id: head.textOf('message-id'),
      synthetic: (head.textOf('x-synthetic') ?? '') !== '',
      lines: 1 + head.lines + sentenceLines + parts.lines + linesIn(bytes, parts.end, end),
    };
  }

  /** Whether the bytes of a mail are its text. */
  private isText(start: number, end: number): boolean {
    const { head } = this;
    if (head.places['content-disposition'] !== null) return false;
    const charset = this.charsetOf(head.textOf('content-type'), head.textOf('content-transfer-encoding'));
    if (charset === null || this.ascii) return charset !== null;
    const mail = this.bytes.subarray(start, end);
    return isAscii(mail) || (/^utf-?8$/i.test(charset) && isUtf8(mail));
  }

  private charsetOf(type: string | null, encoding: string | null): string | null {
    if (type !== this.type || encoding !== this.encoding) {
      this.type = type;
      this.encoding = encoding;
      this.charset = plainCharset(type, encoding);
    }
    return this.charset;
  }

  /** The host of `[Fail2Ban] JAIL: banned ADDRESS from HOST`. */
  private hostOf(subject: Place | null): string | null {
    const { bytes } = this;
    if (subject === null || !stands(title, bytes, subject.start)) return null;
    const jailEnd = endOfName(bytes, subject.start + title.length);
    if (!stands(bannedWord, bytes, jailEnd)) return null;
    const addressEnd = endOf(ofAddress, bytes, jailEnd + bannedWord.length);
    if (!stands(fromWord, bytes, addressEnd)) return null;
    const start = addressEnd + fromWord.length;
    return endOfName(bytes, start) === subject.end && start < subject.end
      ? this.hosts.of(bytes, start, subject.end)
      : null;
  }

  /** `Hi,`, an empty line and the two of the ban. */
  private sentence(at: number): { jail: string; address: string; failures: number; end: number } | null {
    const { bytes } = this;
    if (!stands(greeting, bytes, at)) return null;
    const addressAt = at + greeting.length;
    const addressEnd = endOf(ofAddress, bytes, addressAt);
    if (!stands(hasBeenBanned, bytes, addressEnd)) return null;
    const countAt = addressEnd + hasBeenBanned.length;
    const countEnd = endOf(ofNumber, bytes, countAt);
    if (countEnd === countAt || countEnd > countAt + 9 || !stands(against, bytes, countEnd)) return null;
    const jailAt = countEnd + against.length;
    const end = endOfName(bytes, jailAt);
    const jailEnd = bytes[end - 1] === dot ? end - 1 : end;
    const address = addressOf(bytes.toString('latin1', addressAt, addressEnd));
    if (bytes[end] !== lf || jailEnd <= jailAt || address === null) return null;
    const jail = this.jails.of(bytes, jailAt, jailEnd);
    return { jail, address, failures: Number(bytes.toString('latin1', countAt, countEnd)), end: end + 1 };
  }
}

// ── head ────────────────────────────────────────────────────────────────────────────────────────────────────

interface Place {
  readonly start: number;
  readonly end: number;
}

const wanted = [
  'subject',
  'date',
  'message-id',
  'x-synthetic',
  'content-type',
  'content-transfer-encoding',
  'content-disposition',
] as const;
type Wanted = (typeof wanted)[number];

/** No two have the same length. */
const wantedByLength = new Map(wanted.map((name) => [name.length, { name, letters: bytesOf(name) }]));
const longestName = Math.max(...wantedByLength.keys());

/** The wanted headers of a mail, where they stand: of one that stands twice the first counts. */
class Head {
  places = noPlaces();
  lines = 0;
  /** Where the body begins. */
  end = 0;
  private bytes: Buffer = Buffer.alloc(0);
  /** Those that are the same in most mails. */
  private readonly texts: Partial<Record<Wanted, LastText>> = {
    'x-synthetic': new LastText(),
    'content-type': new LastText(),
    'content-transfer-encoding': new LastText(),
  };

  /** @returns false where a wanted header is not in one line, or the head is not as a mail server writes it */
  read(bytes: Buffer, start: number, end: number): boolean {
    this.bytes = bytes;
    this.places = noPlaces();
    this.lines = 0;
    let folds = false;
    for (let at = start; at < end; ) {
      const stop = endOfLine(bytes, at, end);
      this.lines++;
      if (stop === at) {
        this.end = at + 1;
        return true;
      }
      const continues = isBlank(bytes[at]);
      if (continues && !folds) return false;
      if (!continues) {
        const name = this.nameAt(at, stop);
        if (name === undefined) return false;
        folds = name === null;
        if (name !== null) this.places[name] ??= withoutBlanks(bytes, at + name.length + 1, stop);
      }
      at = stop + 1;
    }
    return false;
  }

  /** @returns null for a header that is not wanted, undefined for what is no header */
  private nameAt(at: number, stop: number): Wanted | null | undefined {
    const { bytes } = this;
    let colon = at;
    for (; bytes[colon] !== colonSign; colon++) {
      if (colon - at > longestName) return null;
      if (colon === stop || (bytes[colon] ?? 0) <= 32) return undefined;
    }
    const found = wantedByLength.get(colon - at);
    return found && standsInAnyCase(found.letters, bytes, at) ? found.name : null;
  }

  textOf(name: Wanted): string | null {
    const place = this.places[name];
    if (place === null) return null;
    const { start, end } = place;
    return this.texts[name]?.of(this.bytes, start, end) ?? this.bytes.toString('utf8', start, end);
  }
}

const noPlaces = (): Record<Wanted, Place | null> => ({
  subject: null,
  date: null,
  'message-id': null,
  'x-synthetic': null,
  'content-type': null,
  'content-transfer-encoding': null,
  'content-disposition': null,
});

function withoutBlanks(bytes: Buffer, from: number, to: number): Place {
  let start = from;
  let end = to;
  while (start < end && isBlank(bytes[start])) start++;
  while (end > start && isBlank(bytes[end - 1])) end--;
  return { start, end };
}

// ── bytes ───────────────────────────────────────────────────────────────────────────────────────────────────

/** A text that is mostly the same as that of the mail before, and then not made again. */
class LastText {
  private bytes = new Uint8Array(0);
  private text = '';

  of(bytes: Buffer, start: number, end: number): string {
    if (this.bytes.length !== end - start || !stands(this.bytes, bytes, start)) {
      this.bytes = Uint8Array.from(bytes.subarray(start, end));
      this.text = bytes.toString('utf8', start, end);
    }
    return this.text;
  }
}

/** A byte that hardly ever occurs. */
class OddByte {
  private next = -1;

  constructor(
    private readonly bytes: Buffer,
    private readonly byte: number,
  ) {}

  isWithin(start: number, end: number): boolean {
    if (this.next < start) {
      const found = this.bytes.indexOf(this.byte, start);
      this.next = found < 0 ? Number.POSITIVE_INFINITY : found;
    }
    return this.next < end;
  }
}

const [lf, dot, colonSign] = [10, 46, 58];
const title = bytesOf('[Fail2Ban] ');
const bannedWord = bytesOf(': banned ');
const fromWord = bytesOf(' from ');
const greeting = bytesOf('Hi,\n\nThe IP ');
const hasBeenBanned = bytesOf(' has just been banned by Fail2Ban after\n');
const against = bytesOf(' attempts against ');
const sentenceLines = 4;

/** By byte, 1 for those of a kind. */
const bytesLike = (pattern: RegExp): Uint8Array =>
  Uint8Array.from({ length: 256 }, (_, byte) => (pattern.test(String.fromCharCode(byte)) ? 1 : 0));
const ofName = bytesLike(/[A-Za-z0-9_.-]/);
const ofAddress = bytesLike(/[0-9A-Fa-f.:]/);
const ofNumber = bytesLike(/[0-9]/);

function endOf(kind: Uint8Array, bytes: Buffer, start: number): number {
  let at = start;
  while (kind[bytes[at] ?? 0] === 1) at++;
  return at;
}

const endOfName = (bytes: Buffer, start: number): number => endOf(ofName, bytes, start);

function linesIn(bytes: Buffer, start: number, end: number): number {
  let lines = 0;
  for (let at = start; at < end; lines++) at = endOfLine(bytes, at, end) + 1;
  return lines;
}
