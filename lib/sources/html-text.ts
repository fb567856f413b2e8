import { type HtmlReader, readHtml, withoutEntities } from './read-html.js';

const block =
  /^(?:address|article|blockquote|body|br|center|dd|div|dl|dt|h[1-6]|hr|html|li|ol|p|pre|section|table|td|th|tr|ul)$/;

/**
 * The text of a mail that has only HTML: a line for each block and `<br>`, the line ends of `<pre>` as they are, no
 * markup, scripts or styles.
 */
export function textOfHtml(html: string): string {
  const page = new Page();
  readHtml(html, page);
  return page.finish();
}

class Page implements HtmlReader {
  private readonly lines: string[] = [];
  private line = '';
  private preformatted = 0;

  text(raw: string): void {
    if (this.preformatted === 0) {
      this.line += withoutEntities(raw.replace(/\s+/g, ' '));
      return;
    }
    for (const [i, part] of raw.split('\n').entries()) {
      if (i > 0) this.flush();
      this.line += withoutEntities(part);
    }
  }

  tag(name: string, closing: boolean): void {
    if (block.test(name)) this.flush();
    if (name === 'pre') this.preformatted = Math.max(0, this.preformatted + (closing ? -1 : 1));
  }

  finish(): string {
    this.flush();
    return `${this.lines.join('\n')}\n`;
  }

  /** Blanks before a line mean something only where it is preformatted. */
  private flush(): void {
    this.lines.push(this.preformatted > 0 ? this.line.trimEnd() : this.line.trim());
    this.line = '';
  }
}
