import hljs from 'highlight.js/lib/core';
import typescript from 'highlight.js/lib/languages/typescript';
import { escapeHtml } from '../figures/html.js';
import { markdownHtml } from './markdown.js';
import { type PageWords, pageWords } from './page-words.js';
import { joined, type Notebook, type NotebookCell, type NotebookOutput } from './read-notebook.js';

hljs.registerLanguage('typescript', typescript);

/** A place in the page that its contents lead to. */
export interface Heading {
  readonly level: 2 | 3;
  readonly id: string;
  readonly html: string;
}

/** What a page shows of a notebook. */
export interface Rendered {
  readonly title: string;
  readonly body: string;
  readonly headings: readonly Heading[];
}

const pre = (text: string, name: string): string =>
  `<pre class="${name}" tabindex="0">${text.split('\n').map(escapeHtml).join('\n')}</pre>`;

function outputHtml(output: NotebookOutput): string {
  if (output.output_type === 'stream') return pre(joined(output.text), output.name ?? 'stdout');
  if (output.output_type === 'error') return pre((output.traceback ?? []).join('\n'), 'stderr');
  const form = (type: string): string | null => {
    const data = output.data?.[type];
    return data === undefined ? null : joined(data as string | string[]);
  };
  return form('text/html') ?? pre(form('text/plain') ?? '', 'stdout');
}

function codeCell(cell: NotebookCell, words: PageWords): string {
  const source = joined(cell.source).trim();
  if (source === '') return '';
  const code = hljs.highlight(source, { language: 'typescript' }).value;
  const outputs = (cell.outputs ?? []).map((output) => `<div class="output">${outputHtml(output)}</div>`);
  return [
    '<section class="code-cell">',
    ...outputs,
    `<details class="code"><summary>${words.code}</summary><pre tabindex="0"><code>${code}</code></pre></details>`,
    '</section>',
  ].join('\n');
}

/** Cells for readers of the notebook are not in the page: their metadata has the tag `notebook-only`. */
const isForPage = ({ metadata }: NotebookCell): boolean =>
  !(metadata?.tags as unknown[] | undefined)?.includes('notebook-only');

const plain = (html: string): string => html.replace(/<[^>]*>/g, '');

const slugOf = (html: string): string =>
  plain(html)
    .replace(/&[#\w]+;/g, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '') || 'section';

/** Gives every heading an id of its own, and lists them. */
function withIds(html: string): { body: string; headings: Heading[] } {
  const taken = new Set<string>();
  const headings: Heading[] = [];
  const body = html.replace(/<h([23])>([\s\S]*?)<\/h\1>/g, (_, level: string, text: string) => {
    const slug = slugOf(text);
    let id = slug;
    for (let n = 2; taken.has(id); n++) id = `${slug}-${n}`;
    taken.add(id);
    headings.push({ level: level === '2' ? 2 : 3, id, html: plain(text) });
    return `<h${level} id="${id}">${text}</h${level}>`;
  });
  return { body, headings };
}

/** An executed notebook as the body of a page: the outputs before the code, which is folded. */
export function renderNotebook({ cells }: Notebook, locale: 'en' | 'ja'): Rendered {
  const words = pageWords(locale);
  const parts = cells
    .filter(isForPage)
    .map((cell) =>
      cell.cell_type === 'markdown'
        ? `<section class="text-cell">${markdownHtml(joined(cell.source))}</section>`
        : cell.cell_type === 'code'
          ? codeCell(cell, words)
          : '',
    );
  const { body, headings } = withIds(parts.filter((part) => part !== '').join('\n'));
  const title = /<h1[^>]*>([\s\S]*?)<\/h1>/.exec(body)?.[1];
  return { title: title === undefined ? 'banbook' : plain(title).trim(), body, headings };
}
