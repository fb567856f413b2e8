import PostalMime, { type Attachment, type Email } from 'postal-mime';
import { decodePlainMail } from './decode-plain-mail.js';
import { mailsOfDigest } from './digest.js';
import { textOfHtml } from './html-text.js';
import { htmlToText, isLogwatchHtml } from './logwatch-html.js';
import { isLatin1, type Mail, undoJapanese } from './mail.js';
import { mailOf, type RawMail } from './read-mails.js';

export type { Mail } from './mail.js';

/** How deep mails within mails are looked at. */
const deepest = 4;

/**
 * Undoes MIME: transfer encodings, charsets, encoded headers. Plain mails, which nearly all are, are decoded at
 * once; the others, by the library, later.
 * @returns null for a mail that is too large or has no readable structure
 */
export function decodeMail(raw: RawMail): Mail | null | Promise<Mail | null> {
  return raw.text === null ? null : (decodePlainMail(raw) ?? decodeAnyMail(raw));
}

/**
 * The same for any mail, by the MIME library.
 * @param depth how many mails this one is within
 */
export async function decodeAnyMail(raw: RawMail, depth = 0): Promise<Mail | null> {
  if (raw.text === null) return null;
  const bytes = Buffer.from(raw.text, isLatin1(raw.text) ? 'utf8' : 'latin1');
  try {
    // The library would otherwise put an attached mail into the text, as if it were the sender's own words.
    const mail = await PostalMime.parse(bytes, { forceRfc822Attachments: true });
    const header = (key: string) => mail.headers.filter((h) => h.key === key).map((h) => h.value);
    const text = undoJapanese(textOf(mail));
    return {
      id: header('message-id')[0] ?? null,
      subject: mail.subject ?? '',
      date: header('date')[0] ?? null,
      received: header('received'),
      envelope: raw.envelope,
      synthetic: header('x-synthetic')[0] ?? null,
      text,
      attached: [...mailsOfDigest(text), ...(await attachedMails(mail.attachments, depth + 1))],
    };
  } catch {
    return null;
  }
}

/** The plain text; of a mail that has none, that of its HTML. */
function textOf({ text = '', html }: Email): string {
  if (html === undefined || text.trim() !== '') return text;
  return isLogwatchHtml(html) ? htmlToText(html) : textOfHtml(html);
}

/** Attached mails, and those within them. A bounce has the mail that came back. */
async function attachedMails(attachments: readonly Attachment[], depth: number): Promise<Mail[]> {
  if (depth > deepest) return [];
  const mails: Mail[] = [];
  for (const { mimeType, content } of attachments) {
    if (!/^message\/(?:rfc822|global)$/.test(mimeType) || typeof content === 'string') continue;
    const raw = mailOf(Buffer.from(content as ArrayBuffer));
    const mail = decodePlainMail(raw) ?? (await decodeAnyMail(raw, depth));
    if (mail) mails.push({ ...mail, attached: [] }, ...mail.attached);
  }
  return mails;
}
