import { type LineBatch, longestLine } from './read-lines.js';

/** One mail as it stands in its file. */
export interface RawMail {
  /** Line where it begins (of an mbox, its From_ line). */
  readonly line: number;
  /** Lines that it takes in the file, the From_ line and the blank line after it included. */
  readonly lines: number;
  /** The From_ line, or null outside of an mbox. */
  readonly envelope: string | null;
  /** The message, or null when it is larger than any mail that banbook reads. */
  readonly bytes: Buffer | null;
}

/** Larger mails are not decoded: a ban mail with a thousand log lines has 200 kB. */
export const largestMail = 1024 * 1024;

/**
 * A From_ line: `From sender date`, the date as asctime writes it, with an optional zone (RFC 4155; postfix,
 * mailx and Thunderbird agree on it). Text that merely begins with "From " is not one.
 */
export const fromLine =
  /^From (?:\S+ +)?(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? +(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) +\d{1,2} +\d\d:\d\d(?::\d\d)?(?: +[A-Z+-][A-Z0-9]*)* +\d{4}(?: +[A-Z+-][A-Z0-9]*)?\s*$/;

/** Splits the lines of an mbox (decoded as latin1) into mails; `>From ` loses one `>` (mboxrd). */
export async function* readMbox(batches: AsyncIterable<LineBatch>): AsyncGenerator<RawMail> {
  let mail: Collector | undefined;
  let failure: unknown;
  try {
    for await (const { first, lines } of batches) {
      for (const [i, line] of lines.entries()) {
        if (line.startsWith('From ') && fromLine.test(line)) {
          if (mail) yield mail.end();
          mail = new Collector(first + i, line);
        } else {
          mail ??= new Collector(first + i, null);
          mail.add(/^>+From /.test(line) ? line.slice(1) : line);
        }
      }
    }
  } catch (error) {
    failure = error;
  }
  // Of a mailbox that breaks off, the mail in which it does counts like any other.
  if (mail) yield mail.end();
  if (failure !== undefined) throw failure;
}

/** The one mail of an .eml or Maildir file. */
export async function* readOneMail(batches: AsyncIterable<LineBatch>): AsyncGenerator<RawMail> {
  const mail = new Collector(1, null);
  for await (const { lines } of batches) for (const line of lines) mail.add(line);
  yield mail.end();
}

class Collector {
  private readonly text: string[] = [];
  private size = 0;
  private lines: number;

  constructor(
    private readonly line: number,
    private readonly envelope: string | null,
  ) {
    this.lines = envelope === null ? 0 : 1;
  }

  add(line: string): void {
    this.lines++;
    this.size += line.length + 1;
    if (this.size <= largestMail && line.length < longestLine) this.text.push(line);
    else if (line.length >= longestLine) this.size = largestMail + 1;
  }

  end(): RawMail {
    const bytes = this.size > largestMail ? null : Buffer.from(`${this.text.join('\n')}\n`, 'latin1');
    return { line: this.line, lines: this.lines, envelope: this.envelope, bytes };
  }
}
