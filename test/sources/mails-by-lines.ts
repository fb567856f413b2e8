import { type LineBatch, longestLine } from '../../lib/sources/read-lines.js';
import { fromLine, largestMail, RawMail, tooLarge } from '../../lib/sources/read-mails.js';

// The plain way to read mails, line by line: what the quick one of lib/sources/read-mails.ts is held against.

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
  private hasLongLine = false;
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
    if (line.length >= longestLine) this.hasLongLine = true;
    if (this.size <= largestMail) this.text.push(line);
  }

  end(): RawMail {
    const unread = this.hasLongLine
      ? 'mail with a line of more than 64 kB'
      : this.size > largestMail
        ? tooLarge(this.size)
        : null;
    const text = unread === null ? `${this.text.join('\n')}\n` : null;
    return new RawMail(this.line, this.lines, this.envelope, text, unread);
  }
}
