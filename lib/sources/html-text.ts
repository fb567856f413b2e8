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
  private readonly parts: string[] = [];
  private preformatted = 0;

  text(raw: string): void {
    this.parts.push(withoutEntities(this.preformatted > 0 ? raw : raw.replace(/\s+/g, ' ')));
  }

  tag(name: string, closing: boolean): void {
    if (name === 'pre') this.preformatted = Math.max(0, this.preformatted + (closing ? -1 : 1));
    if (block.test(name)) this.parts.push('\n');
  }

  finish(): string {
    const lines = this.parts.join('').split('\n');
    return `${lines.map((line) => line.trim()).join('\n')}\n`;
  }
}
