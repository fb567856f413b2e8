import { Marked } from 'marked';
import { escapeHtml } from '../figures/html.js';

/** Where a link may lead: the page itself, a neighbour, or the web; no script. */
const isSafe = (href: string): boolean => /^(https?:|mailto:|#|[^:]*$)/i.test(href);

const marked = new Marked({
  gfm: true,
  async: false,
  renderer: {
    // HTML in a Markdown cell is shown, not run.
    html: ({ text }) => escapeHtml(text),
    link({ href, tokens }) {
      const text = this.parser.parseInline(tokens);
      return isSafe(href) ? `<a href="${escapeHtml(href)}">${text}</a>` : text;
    },
    code: ({ text }) =>
      `<pre tabindex="0"><code>${text.split('\n').map(escapeHtml).join('\n')}</code></pre>\n`,
    image: ({ text }) => escapeHtml(text),
    table(token) {
      const rowHtml = (row: typeof token.header, open: string, close: string): string =>
        `<tr>${row.map((cell) => open + this.parser.parseInline(cell.tokens) + close).join('')}</tr>`;
      const head = rowHtml(token.header, '<th scope="col">', '</th>');
      const body = token.rows.map((row) => rowHtml(row, '<td>', '</td>')).join('\n');
      return `<div class="wide" tabindex="0"><table><thead>${head}</thead>\n<tbody>${body}</tbody></table></div>\n`;
    },
  },
});

/** A Markdown cell as HTML. Links to notebooks lead to their pages. */
export function markdownHtml(source: string): string {
  const html = marked.parse(source) as string;
  return html.replace(/(<a href="[^":#]*)\.ipynb(["#])/g, '$1.html$2');
}
