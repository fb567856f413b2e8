import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { UserError } from '../errors.js';
import { findJupyter } from './find-jupyter.js';
import { nbconvert } from './nbconvert.js';
import { root } from './paths.js';
import { plotlyBundle } from './plotly-bundle.js';
import { joined, type Notebook, readNotebook } from './read-notebook.js';

/** Place in the template where the title and plotly.js go. */
const head = '<!--banbook:head-->';

// The template names no outside host; the empty addresses keep it so should one of nbconvert's own blocks return.
const settings = [
  '--to=html',
  '--template=banbook',
  `--TemplateExporter.extra_template_basedirs=${root}lib/jupyter/template`,
  '--HTMLExporter.mathjax_url=',
  '--HTMLExporter.require_js_url=',
  '--HTMLExporter.mermaid_js_url=',
  '--HTMLExporter.embed_images=True',
];

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** First heading of the notebook, without Markdown's marks. */
export function titleOf({ cells }: Notebook): string {
  const headings = cells
    .filter(({ cell_type }) => cell_type === 'markdown')
    .map(({ source }) => /^#\s+(.+)$/m.exec(joined(source))?.[1]);
  return (headings.find((heading) => heading !== undefined) ?? 'banbook').replace(/[*_`]/g, '').trim();
}

/** The page with its title and plotly.js in the head. */
export function completePage(page: string, title: string, bundle: string): string {
  const [before, after, ...more] = page.split(head);
  if (before === undefined || after === undefined || more.length > 0) {
    throw new Error(`the article's template has ${head} ${more.length > 0 ? 'more than once' : 'nowhere'}`);
  }
  const text = title.replace(/[&<>]/g, (char) => escapes[char] ?? char);
  return `${before}<title>${text}</title>\n<script>${bundle}</script>${after}`;
}

/** Writes an executed notebook as one HTML file that draws its charts without any request. */
export async function exportArticle(executed: string, out: string): Promise<void> {
  const jupyter = findJupyter();
  const bundle = await plotlyBundle();
  const title = titleOf(readNotebook(executed));
  const folder = mkdtempSync(join(tmpdir(), 'banbook-article-'));
  try {
    await nbconvert(jupyter, [
      ...settings,
      `--output-dir=${folder}`,
      '--output=article.html',
      resolve(executed),
    ]);
    const page = readFileSync(join(folder, 'article.html'), 'utf8');
    if (!page.includes(head)) throw new UserError(`nbconvert did not use ${root}lib/jupyter/template`);
    mkdirSync(dirname(resolve(out)), { recursive: true });
    writeFileSync(`${out}.part`, completePage(page, title, readFileSync(bundle, 'utf8')));
    renameSync(`${out}.part`, out);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
