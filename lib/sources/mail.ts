import { isUtf8 } from 'node:buffer';
import { TextDecoder } from 'node:util';

/** A mail as a reader sees it: headers decoded, body as text. Nothing in it is understood yet. */
export interface Mail {
  /** Message-ID as written, or null. */
  readonly id: string | null;
  readonly subject: string;
  /** Date header as written, or null. */
  readonly date: string | null;
  /** Received headers as written, the oldest (the first server's) last. */
  readonly received: readonly string[];
  /** The mbox From_ line, or null. */
  readonly envelope: string | null;
  readonly synthetic: string | null;
  readonly text: string;
  /** Mails within the mail: those that are attached to it (message/rfc822) and those of a digest. */
  readonly attached: readonly Mail[];
}

/**
 * Whether a mail, one character a byte, is ISO 8859-1, in which old registries answer whois: it names no charset
 * and is no UTF-8.
 */
export const isLatin1 = (text: string): boolean =>
  !/charset\*?\d*\*?=/i.test(text.slice(0, 16_384)) && !isUtf8(Buffer.from(text, 'latin1'));

const iso2022 = new TextDecoder('iso-2022-jp');

/**
 * Japanese in ISO-2022-JP, in which JPNIC answers and which no charset of the mail announces: 7-bit text between
 * escape sequences, each within a line.
 */
export const undoJapanese = (text: string): string =>
  text.includes('\x1b$')
    ? text.replace(/\x1b\$[@B][^\x1b\n]*(?:\x1b\([BJ])?/g, (part) =>
        iso2022.decode(Buffer.from(part, 'latin1')),
      )
    : text;
