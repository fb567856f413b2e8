/**
 * The text of a logwatch report in HTML (format html), framed as the text format frames it:
 * a line of text is a table cell, a section is a table under an h2 heading (sub output of scripts/logwatch.pl,
 * 7.7; the mails of 7.4.0 and 7.4.3 are alike). logwatch writes `<` and `>` of the logs as entities but leaves `&` alone, so a client can write any
 * entity into a report: one that stands for a control character becomes a blank, never a line of its own.
 *
 * The time is linear in the length, whatever stands in it.
 */
export function htmlToText(html: string): string {
  const page = new Page();
  let at = 0;
  while (at < html.length) {
    const open = html.indexOf('<', at);
    if (open < 0) break;
    page.text(html.slice(at, open));
    const end = html.startsWith('<!--', open) ? '-->' : '>';
    const close = html.indexOf(end, open);
    // Without an end there is none behind it either: the rest is no text.
    if (close < 0) return page.finish();
    if (end === '>') page.tag(html.slice(open + 1, close));
    at = close + end.length;
  }
  page.text(html.slice(at));
  return page.finish();
}

/** A page that logwatch made: its text has to keep the blanks that stand before a line. */
export const isLogwatchHtml = (html: string): boolean => /<title>Logwatch /i.test(html.slice(0, 8192));

/** Elements whose content is not shown. */
const hidden = new Set(['style', 'script', 'title']);
const cells = new Set(['td', 'th']);
const breaks = new Set(['br', 'p', 'div', 'li', 'ul', 'tr', 'hr', 'table', 'pre']);

class Page {
  private readonly lines: string[] = [];
  private line = '';
  private hidden: string | null = null;
  private pre = false;
  private cell = false;
  private heading: string | null = null;
  /** Title of the section whose table is open. */
  private title: string | null = null;

  text(raw: string): void {
    if (this.hidden !== null) return;
    // Line ends of the source between tags; one within a cell ends its text and is no content.
    if (!this.pre && /^\s*$/.test(raw) && /[\r\n]/.test(raw)) return;
    const text = decodeEntities(this.pre ? raw : raw.replace(/[\r\n]+/g, ' '));
    if (this.heading !== null) this.heading += text;
    else if (!this.pre) this.line += text;
    else {
      const parts = text.split(/\r?\n/);
      for (const part of parts.slice(0, -1)) {
        this.line += part;
        this.flush(true);
      }
      this.line += parts.at(-1) ?? '';
    }
  }

  tag(tag: string): void {
    const closing = tag.startsWith('/');
    const name = /^\/?([A-Za-z][A-Za-z0-9]{0,15})/.exec(tag)?.[1]?.toLowerCase() ?? '';
    if (this.hidden !== null) {
      if (closing && name === this.hidden) this.hidden = null;
      return;
    }
    if (hidden.has(name) && !closing) this.hidden = name;
    else if (name === 'h2') this.head(closing);
    else if (cells.has(name)) {
      // An end tag that closes no cell, as behind a heading, is no empty line.
      this.flush(closing && this.cell);
      this.cell = !closing;
    } else if (breaks.has(name)) {
      this.flush(false);
      if (name === 'pre') this.pre = !closing;
      if (name === 'table' && closing) this.end();
    }
  }

  finish(): string {
    this.flush(false);
    return `${this.lines.join('\n')}\n`;
  }

  private flush(evenEmpty: boolean): void {
    const line = this.line.trimEnd();
    // The text format writes a blank before each line.
    if (evenEmpty || line !== '') this.lines.push(` ${line}`);
    this.line = '';
  }

  private head(closing: boolean): void {
    if (!closing) {
      this.flush(false);
      this.heading = '';
      return;
    }
    const title = (this.heading ?? '').trim();
    this.heading = null;
    this.cell = false;
    this.title = null;
    if (/^LOGWATCH Summary/i.test(title)) return;
    if (/^Logwatch Ended at /i.test(title)) this.lines.push(` ${rule(22)} Logwatch End ${rule(25)} `);
    else {
      this.title = title;
      this.lines.push(` ${'-'.repeat(21)} ${title} Begin ${'-'.repeat(24)} `);
    }
  }

  private end(): void {
    if (this.title === null) return;
    this.lines.push(` ${'-'.repeat(22)} ${this.title} End ${'-'.repeat(25)} `);
    this.title = null;
  }
}

const rule = (length: number) => '#'.repeat(length);

const entities: Readonly<Record<string, string>> = {
  nbsp: ' ',
  lt: '<',
  gt: '>',
  amp: '&',
  quot: '"',
  apos: "'",
};

function decodeEntities(text: string): string {
  return text.replace(
    /&(?:#(\d{1,7})|#[xX]([\da-fA-F]{1,6})|([A-Za-z]{1,8}));/g,
    (whole, decimal, hex, name) => {
      if (name !== undefined) return entities[name.toLowerCase()] ?? whole;
      const code = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal);
      const control = code < 32 || (code >= 127 && code <= 160) || code === 0x2028 || code === 0x2029;
      return control || code > 0x10ffff ? ' ' : String.fromCodePoint(code);
    },
  );
}
