import { TextDecoder } from 'node:util';
import { isBlank } from './byte-words.js';
import { mailsOfDigest } from './digest.js';
import { isLatin1, type Mail, undoJapanese } from './mail.js';
import type { RawMail } from './read-mails.js';

const plainType = /^text\/plain(?:; ?charset=("?)([\w-]+)\1)?;?$/i;
const plainEncoding = /^(?:7bit|8bit|binary)$/i;
/** Charsets that continue ASCII. */
const likeAscii = /^(?:us-ascii|utf-?8|iso-8859-(?:1|2|15)|windows-125[0-2])$/i;

/**
 * The charset of a mail whose body is text without a transfer encoding, by its Content-Type and its
 * Content-Transfer-Encoding.
 * @returns null for any other body, and for a charset that does not continue ASCII
 */
export function plainCharset(type: string | null, encoding: string | null): string | null {
  const kind = type === null ? [] : plainType.exec(type);
  const charset = kind?.[2] ?? 'utf-8';
  const asWritten = encoding === null || plainEncoding.test(encoding);
  return kind && asWritten && likeAscii.test(charset) ? charset : null;
}

interface Head {
  id: string | null;
  subject: string | null;
  date: string | null;
  received: string[];
  synthetic: string | null;
  type: string | null;
  encoding: string | null;
  disposition: string | null;
}

/** A mail that stands in its file as it is read. */
class PlainMail implements Mail {
  private within: readonly Mail[] | undefined;

  constructor(
    readonly id: string | null,
    readonly subject: string,
    readonly date: string | null,
    readonly received: readonly string[],
    readonly envelope: string | null,
    readonly synthetic: string | null,
    readonly text: string,
  ) {}

  /** Looked for when it is asked for: of a ban mail nobody asks. */
  get attached(): readonly Mail[] {
    this.within ??= mailsOfDigest(this.text);
    return this.within;
  }
}

/**
 * Decodes a mail whose body stands in it as it is: text without a transfer encoding. This is what sendmail and mail
 * make of a ban; the MIME library would take half a millisecond for each, as it would for a mail with attachments.
 * @returns undefined for any other mail, and for one in which the library's reading could differ
 */
export function decodePlainMail(raw: RawMail): Mail | undefined {
  // What stands before the first header, and bare CRs, are left to the library.
  if (raw.text === null || isBlank(raw.text.charCodeAt(0)) || raw.text.includes('\r')) return undefined;
  const bare = raw.text.startsWith('\n');
  const found = raw.text.indexOf('\n\n');
  const end = bare ? 0 : found < 0 ? raw.text.length : found + 1;
  let head = raw.text.slice(0, end);
  let text = raw.text.slice(end + 1);
  const ascii = Buffer.byteLength(raw.text) === raw.text.length;
  const latin1 = !ascii && isLatin1(raw.text);
  if (!ascii && !latin1) head = decode(head, 'utf-8', true);
  const { id, subject, date, received, synthetic, type, encoding, disposition } = headOf(head);
  const charset = plainCharset(type, encoding);
  if (charset === null || disposition !== null || subject?.includes('=?')) return undefined;
  if (!ascii && !latin1) text = decode(text, charset, false);
  return new PlainMail(id, subject ?? '', date, received, raw.envelope, synthetic, undoJapanese(text));
}

const decoders = new Map<string, TextDecoder>();

/** @param ignoreBOM whether a byte order mark is kept as the character that it is */
function decode(latin1: string, charset: string, ignoreBOM: boolean): string {
  const name = `${charset.toLowerCase()} ${ignoreBOM}`;
  const decoder = decoders.get(name) ?? new TextDecoder(charset, { ignoreBOM });
  decoders.set(name, decoder);
  return decoder.decode(Buffer.from(latin1, 'latin1'));
}

/** First letters, in lower case, of the headers that are asked for. */
const asked = new Set(['r', 's', 'd', 'x', 'c', 'm'].map((letter) => letter.charCodeAt(0)));

/** The headers that are asked for; of one that stands twice the first counts, but for Received. */
function headOf(text: string): Head {
  const head: Head = {
    id: null,
    subject: null,
    date: null,
    received: [],
    synthetic: null,
    type: null,
    encoding: null,
    disposition: null,
  };
  for (let at = 0; at < text.length; ) {
    const wanted = asked.has(text.charCodeAt(at) | 32);
    let end = text.indexOf('\n', at);
    let line = wanted ? text.slice(at, end < 0 ? text.length : end) : '';
    // A line that begins with a blank continues the one before it.
    while (end >= 0 && isBlank(text.charCodeAt(end + 1))) {
      const next = text.indexOf('\n', end + 1);
      if (wanted) line += text.slice(end + 1, next < 0 ? text.length : next);
      end = next;
    }
    at = end < 0 ? text.length : end + 1;
    if (wanted) enter(line, head);
  }
  return head;
}

function enter(line: string, head: Head): void {
  const colon = line.indexOf(':');
  const name = trimBlanks(colon < 0 ? line : line.slice(0, colon)).toLowerCase();
  const value = () => (colon < 0 ? '' : trimBlanks(line.slice(colon + 1)));
  if (name === 'received') head.received.push(value());
  else if (name === 'subject') head.subject ??= value();
  else if (name === 'message-id') head.id ??= value();
  else if (name === 'date') head.date ??= value();
  else if (name === 'x-synthetic') head.synthetic ??= value();
  else if (name === 'content-type') head.type ??= value();
  else if (name === 'content-transfer-encoding') head.encoding ??= value();
  else if (name === 'content-disposition') head.disposition ??= value();
}

function trimBlanks(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && isBlank(text.charCodeAt(start))) start++;
  while (end > start && isBlank(text.charCodeAt(end - 1))) end--;
  return text.slice(start, end);
}
