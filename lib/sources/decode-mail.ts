import { isUtf8 } from 'node:buffer';
import PostalMime from 'postal-mime';
import type { RawMail } from './read-mails.js';

/** A mail as a reader sees it: headers decoded, body as text. Nothing in it is understood yet. */
export interface Mail {
  readonly subject: string;
  /** Date header as written, or null. */
  readonly date: string | null;
  /** Received headers as written, the oldest (the first server's) last. */
  readonly received: readonly string[];
  /** The mbox From_ line, or null. */
  readonly envelope: string | null;
  readonly synthetic: string | null;
  readonly text: string;
}

/**
 * Undoes MIME: transfer encodings, charsets, encoded headers. A body without a declared charset is UTF-8 when
 * it is valid UTF-8, else ISO 8859-1, in which old registries answer whois.
 * @returns null for a mail that is too large or has no readable structure
 */
export async function decodeMail(raw: RawMail): Promise<Mail | null> {
  if (raw.bytes === null) return null;
  const declared = isUtf8(raw.bytes) || /charset=/i.test(raw.bytes.toString('latin1', 0, 16_384));
  const bytes = declared ? raw.bytes : Buffer.from(raw.bytes.toString('latin1'), 'utf8');
  try {
    const mail = await PostalMime.parse(bytes);
    const header = (key: string) => mail.headers.filter((h) => h.key === key).map((h) => h.value);
    return {
      subject: mail.subject ?? '',
      date: header('date')[0] ?? null,
      received: header('received'),
      envelope: raw.envelope,
      synthetic: header('x-synthetic')[0] ?? null,
      text: mail.text ?? '',
    };
  } catch {
    return null;
  }
}
