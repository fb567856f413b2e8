import { type HtmlReader, readHtml, withoutEntities } from './read-html.js';

/**
 * The text of a logwatch report in HTML (format html), framed as the text format frames it:
 * a line of text is a table cell, a section is a table under an h2 heading (sub output of scripts/logwatch.pl,
 * 7.7; the mails of 7.4.0 and 7.4.3 are alike). logwatch writes `<` and `>` of the logs as entities but leaves `&`
 * alone, so a client can write any entity into a report.
 */
export function htmlToText(html: string): string {
  const page = new Page();
  readHtml(html, page);
  return page.finish();
}

/** A page that logwatch made: its text has to keep the blanks that stand before a line. */
export const isLogwatchHtml = (html: string): boolean => /<title>Logwatch /i.test(html.slice(0, 8192));

const cells = new Set(['td', 'th']);
const breaks = new Set(['br', 'p', 'div', 'li', 'ul', 'tr', 'hr', 'table', 'pre']);

class Page implements HtmlReader {
  private readonly lines: string[] = [];
  private line = '';
  private pre = false;
  private cell = false;
  private heading: string | null = null;
  /** Title of the section whose table is open. */
  private title: string | null = null;

  text(raw: string): void {
    // Line ends of the source between tags; one within a cell ends its text and is no content.
    if (!this.pre && /^\s*$/.test(raw) && /[\r\n]/.test(raw)) return;
    const text = withoutEntities(this.pre ? raw : raw.replace(/[\r\n]+/g, ' '));
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

  tag(name: string, closing: boolean): void {
    if (name === 'h2') this.head(closing);
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
