/** Takes what a page is made of, in its order. */
export interface HtmlReader {
  /** @param raw text between two tags, with its entities; the content of scripts, styles and titles is none */
  text(raw: string): void;
  /** @param name of the element, in lower case; empty for a declaration and the like */
  tag(name: string, closing: boolean): void;
}

/** Elements whose content is not shown. */
const hidden = new Set(['style', 'script', 'title']);

/** Tells a reader the tags of a page and the text between them. One pass, whatever stands in the page. */
export function readHtml(html: string, reader: HtmlReader): void {
  /** The element whose end is looked for, since its content is not shown. */
  let within: string | null = null;
  const text = (raw: string): void => {
    if (within === null && raw !== '') reader.text(raw);
  };
  for (let at = 0; at < html.length; ) {
    const open = html.indexOf('<', at);
    text(open < 0 ? html.slice(at) : html.slice(at, open));
    if (open < 0) return;
    const end = html.startsWith('<!--', open) ? '-->' : '>';
    const close = html.indexOf(end, open);
    // Without an end there is none behind it either: the rest is no text.
    if (close < 0) return;
    at = close + end.length;
    const [, slash, name = ''] = /^<(\/?)([a-z][a-z0-9]{0,15})?/i.exec(html.slice(open, open + 20)) ?? [];
    const [element, closing] = [name.toLowerCase(), slash === '/'];
    if (within !== null) {
      if (closing && element === within) within = null;
    } else {
      if (!closing && hidden.has(element)) within = element;
      if (end === '>') reader.tag(element, closing);
    }
  }
}

const named: Readonly<Record<string, string>> = {
  nbsp: ' ',
  lt: '<',
  gt: '>',
  amp: '&',
  quot: '"',
  apos: "'",
};

/**
 * Text with its entities as characters. One that stands for a control character becomes a blank, never a line of its
 * own: who writes into a page what it quotes, as logwatch does, may leave the entities of a client in it.
 */
export const withoutEntities = (text: string): string =>
  text.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]{2,8}));/gi, (whole, decimal, hex, name) => {
    if (name !== undefined) return named[name.toLowerCase()] ?? whole;
    const code = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal);
    const control = code < 32 || (code >= 127 && code <= 160) || code === 0x2028 || code === 0x2029;
    return control || code > 0x10ffff ? ' ' : String.fromCodePoint(code);
  });
