/** A mail as the audit reads it: no more than what bans need, and not by the decoder of the import. */
export interface PlainMail {
  /** Values of a header, those above first. */
  header(name: string): string[];
  /** Its text parts, decoded, one after another. */
  readonly text: string;
  readonly attached: readonly PlainMail[];
}

/** @param raw one character a byte */
export function plainMail(raw: string): PlainMail {
  const end = raw.search(/\n\n|^\n/);
  const head = end < 0 ? raw : raw.slice(0, end);
  const fields = head
    .replace(/\n[ \t]+/g, ' ')
    .split('\n')
    .map((line) => [
      line.slice(0, line.indexOf(':')).toLowerCase(),
      line.slice(line.indexOf(':') + 1).trim(),
    ]);
  const header = (name: string): string[] =>
    fields.filter(([key]) => key === name).map(([, value = '']) => words(value));
  const type = header('content-type')[0] ?? 'text/plain';
  const encoding = header('content-transfer-encoding')[0]?.toLowerCase() ?? '';
  const body = end < 0 ? '' : raw.slice(end).replace(/^\n{1,2}/, '');
  if (/^message\/rfc822/i.test(type)) {
    const inner = plainMail(body);
    return { header, text: '', attached: [inner, ...inner.attached] };
  }
  const boundary = /^multipart\//i.test(type) ? /boundary="?([^";]+)/i.exec(type)?.[1] : undefined;
  if (boundary === undefined)
    return {
      header,
      text: /^text\//i.test(type) ? readable(textOf(decoded(body, encoding), type), type) : '',
      attached: [],
    };
  const parts = `\n${body}`
    .split(`\n--${boundary}`)
    .slice(1)
    .filter((part) => !part.startsWith('--'))
    .map((part) => {
      const inner = part.slice(part.indexOf('\n') + 1);
      // The parts of a digest are mails without saying so.
      const isDigest = /^multipart\/digest/i.test(type) && !/^content-type:/i.test(inner);
      return plainMail(isDigest ? `Content-Type: message/rfc822\n\n${inner.replace(/^\n/, '')}` : inner);
    });
  const texts = parts.map(({ text }) => text).filter((text) => text !== '');
  return {
    header,
    // The same in several forms is read once.
    text: /^multipart\/alternative/i.test(type) ? (texts[0] ?? '') : texts.join('\n'),
    attached: parts.flatMap(({ attached }) => attached),
  };
}

function decoded(body: string, encoding: string): Buffer {
  // logwatch pads each piece of a body of its own.
  if (encoding === 'base64')
    return Buffer.concat(body.split(/(?<==)\s*(?=[^=\s])/).map((block) => Buffer.from(block, 'base64')));
  return Buffer.from(encoding === 'quoted-printable' ? unquoted(body) : body, 'latin1');
}

/** In the charset that the part names; in UTF-8, where nobody knows it. */
function textOf(bytes: Buffer, type: string): string {
  const charset = /charset="?([\w-]+)/i.exec(type)?.[1] ?? 'utf-8';
  try {
    return new TextDecoder(charset).decode(bytes).replaceAll('\r', '');
  } catch {
    return bytes.toString().replaceAll('\r', '');
  }
}

/** HTML as lines of text, as far as a sentence in it or a list needs. */
const readable = (text: string, type: string): string =>
  /^text\/html/i.test(type)
    ? text
        .replace(/<!--.*?-->|<head\b.*?<\/head>/gis, '')
        .split(/<pre\b[^>]*>(.*?)<\/pre>/is)
        .map((part, i) => (i % 2 === 0 ? part.replace(/\s+/g, ' ') : `\n${part}\n`))
        .join('')
        .replace(/<(?:br|\/?p|\/?div)\b[^>]*> ?/gi, '\n')
        .replace(/<[^>]*>/g, '')
        .replace(/&#(\d{1,5});/g, (_, code) => String.fromCharCode(Number(code)))
        .replaceAll('&nbsp;', ' ')
        .replaceAll('&lt;', '<')
        .replaceAll('&gt;', '>')
        .replaceAll('&amp;', '&')
    : text;

const unquoted = (text: string): string =>
  text
    .replace(/=[ \t]*\n/g, '')
    .replace(/=([\dA-F]{2})/gi, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));

/** A header whose words are encoded (RFC 2047); charsets other than UTF-8 are not needed for what is looked for. */
const words = (value: string): string =>
  value
    .replace(/(\?=)\s+(?==\?)/g, '$1')
    .replace(/=\?[^?]+\?([bq])\?([^?]*)\?=/gi, (_, how, text) =>
      /b/i.test(how)
        ? Buffer.from(text, 'base64').toString()
        : Buffer.from(unquoted(text.replaceAll('_', ' ')), 'latin1').toString(),
    );
