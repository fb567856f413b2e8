import { longestLine } from './read-lines.js';

/** One mail as it stands in its file. */
export class RawMail {
  /**
   * @param line where it begins (of an mbox, its From_ line)
   * @param lines that it takes in the file, the From_ line and the blank line after it included
   * @param envelope the From_ line, or null outside of an mbox
   * @param text the message, one character a byte, its lines ended by LF; null when it is larger than any mail
   *   that banbook reads
   */
  constructor(
    readonly line: number,
    readonly lines: number,
    readonly envelope: string | null,
    readonly text: string | null,
  ) {}

  /** The message as bytes. */
  get bytes(): Buffer | null {
    return this.text === null ? null : Buffer.from(this.text, 'latin1');
  }
}

/** Larger mails are not decoded: a ban mail with a thousand log lines has 200 kB. */
export const largestMail = 1024 * 1024;

/**
 * A From_ line: `From sender date`, the date as asctime writes it, with an optional zone (RFC 4155; postfix,
 * mailx and Thunderbird agree on it). Text that merely begins with "From " is not one.
 */
export const fromLine =
  /^From (?:\S+ +)?(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? +(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) +\d{1,2} +\d\d:\d\d(?::\d\d)?(?: +[A-Z+-][A-Z0-9]*)* +\d{4}(?: +[A-Z+-][A-Z0-9]*)?\s*$/;

/**
 * Cuts a text into mails; `>From ` loses one `>` (mboxrd). Lines are looked at where they stand, without a string
 * for each: a mailbox has millions.
 * @param text latin1 text of an mbox, or of a piece of one that begins and ends where a mail does
 * @param firstLine number of the text's first line, from 1
 */
export const mailsOf = (text: string, firstLine: number): Generator<RawMail> =>
  cutMails(tidyText(text, firstLine), firstLine, true);

/** The one mail that a text is. */
export function mailOf(text: string): RawMail {
  const [mail] = cutMails(tidyText(text, 1), 1, false);
  return mail ?? new RawMail(1, 0, null, '\n');
}

function* cutMails(text: string, firstLine: number, mbox: boolean): Generator<RawMail> {
  let mail = new Span(text, 0, firstLine);
  let line = firstLine;
  for (let at = 0; at < text.length; line++) {
    const found = text.indexOf('\n', at);
    const end = found < 0 ? text.length : found;
    const begins = text.charCodeAt(at);
    if (mbox && begins === upperF && isFrom(text, at, end)) {
      if (at > 0) yield mail.end(at, line);
      mail = new Span(text, at, line, end);
    } else if (end - at >= longestLine) mail.tooLarge = true;
    else if (mbox && begins === greater) mail.quoted = true;
    at = end + 1;
  }
  if (text.length > 0) yield mail.end(text.length, line);
}

const upperF = 'F'.charCodeAt(0);
const greater = '>'.charCodeAt(0);

const isFrom = (text: string, at: number, end: number): boolean =>
  text.startsWith('From ', at) && fromLine.test(text.slice(at, Math.min(end, at + longestLine)));

/** What `tidyLine` does to each line, done to all of them at once: most texts have nothing to tidy. */
function tidyText(text: string, firstLine: number): string {
  let tidied = firstLine === 1 && text.startsWith('\u00ef\u00bb\u00bf') ? text.slice(3) : text;
  if (tidied.includes('\0')) tidied = tidied.replace(/(^|\n)\0+/g, '$1');
  return tidied.includes('\r') ? tidied.replace(/\r(?=\n|$)/g, '') : tidied;
}

/** A mail while its end is looked for. */
class Span {
  tooLarge = false;
  /** Whether a line begins with `>`. */
  quoted = false;

  constructor(
    private readonly text: string,
    private readonly start: number,
    private readonly line: number,
    /** End of the From_ line, where there is one. */
    private readonly fromEnd: number | null = null,
  ) {}

  end(at: number, line: number): RawMail {
    const envelope = this.fromEnd === null ? null : this.text.slice(this.start, this.fromEnd);
    const message = this.fromEnd === null ? this.start : this.fromEnd + 1;
    return new RawMail(this.line, line - this.line, envelope, this.content(message, at));
  }

  private content(start: number, end: number): string | null {
    if (this.tooLarge || end - start > 2 * largestMail) return null;
    let content = this.text.slice(start, end);
    if (this.quoted) content = content.replace(/(^|\n)>(?=>*From )/g, '$1');
    if (!content.endsWith('\n')) content += '\n';
    return content.length > largestMail ? null : content;
  }
}
