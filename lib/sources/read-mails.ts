import { longestLine } from './read-lines.js';

/** One mail as it stands in its file. */
export class RawMail {
  /**
   * @param line where it begins (of an mbox, its From_ line)
   * @param lines that it takes in the file, the From_ line and the blank line after it included
   * @param envelope the From_ line, or null outside of an mbox
   * @param text the message, one character a byte, its lines ended by LF; null when it is not read
   * @param unread why it is not read
   */
  constructor(
    readonly line: number,
    readonly lines: number,
    readonly envelope: string | null,
    readonly text: string | null,
    readonly unread: string | null = null,
  ) {}

  /** The message as bytes. */
  get bytes(): Buffer | null {
    return this.text === null ? null : Buffer.from(this.text, 'latin1');
  }
}

/**
 * Larger mails are not read, since one is in memory as a whole, and several times while it is decoded. A ban mail with a
 * thousand log lines has 200 kB, a digest of 500 has 1.3 MB, a logwatch report with 20,000 addresses 1.1 MB.
 */
export const largestMail = 32_000_000;

/** Why a mail of so many bytes is not read. */
export const tooLarge = (bytes: number): string =>
  `mail of ${Math.round(bytes / 1e6)} MB: no more than ${largestMail / 1e6} MB are read`;

const longLine = `mail with a line of more than ${longestLine / 1024} kB`;

/**
 * A From_ line: `From sender date`, the date as asctime writes it, with an optional zone (RFC 4155; postfix,
 * mailx and Thunderbird agree on it). Text that merely begins with "From " is not one.
 */
export const fromLine =
  /^From (?:\S+ +)?(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? +(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) +\d{1,2} +\d\d:\d\d(?::\d\d)?(?: +[A-Z+-][A-Z0-9]*)* +\d{4}(?: +[A-Z+-][A-Z0-9]*)?\s*$/;

/**
 * Cuts bytes into mails; `>From ` loses one `>` (mboxrd).
 * @param bytes of an mbox, or of a piece of one that begins and ends where a mail does
 * @param firstLine number of the first line, from 1
 */
export function* mailsOf(bytes: Buffer, firstLine: number): Generator<RawMail> {
  const tidied = tidyBytes(bytes, firstLine === 1);
  let line = firstLine;
  for (const place of placesOfMails(tidied)) {
    const mail = mailAt(tidied, place, line);
    yield mail;
    line += mail.lines;
  }
}

/** Where a mail stands in tidied bytes. */
export interface MailPlace {
  readonly start: number;
  readonly end: number;
  /** False for what comes before the first From_ line. */
  readonly hasFrom: boolean;
}

/** @param bytes tidied ones */
export function* placesOfMails(bytes: Buffer): Generator<MailPlace> {
  for (let start = 0; start < bytes.length; ) {
    const end = nextMail(bytes, start);
    yield { start, end, hasFrom: start > 0 || isFrom(bytes, 0) };
    start = end;
  }
}

/** @param line number of its first */
export function mailAt(bytes: Buffer, { start, end, hasFrom }: MailPlace, line: number): RawMail {
  const fromEnd = hasFrom ? lineEnd(bytes, start) : null;
  const envelope = fromEnd === null ? null : bytes.toString('latin1', start, fromEnd);
  const message = bytes.toString('latin1', fromEnd === null ? start : Math.min(end, fromEnd + 1), end);
  return rawMail(message, line, envelope);
}

/** The one mail that some bytes are. */
export const mailOf = (bytes: Buffer): RawMail =>
  rawMail(tidyBytes(bytes, true).toString('latin1'), 1, null, false);

const lineFeed = 10;

/** Where the next mail begins, or the bytes end. */
function nextMail(bytes: Buffer, start: number): number {
  // `From ` is rarer than a line end, and quicker to find.
  for (let at = bytes.indexOf('From ', start + 1); at >= 0; at = bytes.indexOf('From ', at + 1))
    if (bytes[at - 1] === lineFeed && isFrom(bytes, at)) return at;
  return bytes.length;
}

/** Where the line ends that begins here, its LF not included. */
function lineEnd(bytes: Buffer, start: number): number {
  const found = bytes.indexOf(lineFeed, start);
  return found < 0 ? bytes.length : found;
}

const isFrom = (bytes: Buffer, at: number): boolean =>
  fromLine.test(bytes.toString('latin1', at, Math.min(lineEnd(bytes, at), at + longestLine)));

/** What `tidyLine` does to each line, done to all of them at once: most bytes have nothing to tidy. */
export function tidyBytes(bytes: Buffer, first: boolean): Buffer {
  const marked = first && bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  const tidied = marked ? bytes.subarray(3) : bytes;
  if (!tidied.includes(0) && !tidied.includes(13)) return tidied;
  const text = tidied.toString('latin1').replace(/(^|\n)\0+/g, '$1');
  return Buffer.from(text.replace(/\r(?=\n|$)/g, ''), 'latin1');
}

/** @param quoted whether lines that begin with "From " are quoted in the message */
function rawMail(message: string, line: number, envelope: string | null, quoted = true): RawMail {
  let lines = envelope === null ? 0 : 1;
  let hasLongLine = false;
  // Lines are looked at where they stand, without a string for each: a mailbox has millions.
  for (let at = 0; at < message.length; lines++) {
    const found = message.indexOf('\n', at);
    const end = found < 0 ? message.length : found;
    if (end - at >= longestLine) hasLongLine = true;
    at = end + 1;
  }
  if (hasLongLine) return new RawMail(line, lines, envelope, null, longLine);
  if (message.length > largestMail) return new RawMail(line, lines, envelope, null, tooLarge(message.length));
  const mayBeQuoted = quoted && message.includes('>From ');
  let text = mayBeQuoted ? message.replace(/(^|\n)>(?=>*From )/g, '$1') : message;
  if (!text.endsWith('\n')) text += '\n';
  return new RawMail(line, lines, envelope, text);
}
