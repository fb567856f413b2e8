import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { type Link, pageHtml } from './page-html.js';
import { plotlyBundle } from './plotly-bundle.js';
import { readNotebook } from './read-notebook.js';
import { type Rendered, renderNotebook } from './render-notebook.js';

/** An executed notebook and the page to write of it. */
export interface Page {
  readonly executed: string;
  readonly out: string;
  readonly locale: 'en' | 'ja';
  /** What links to an article say; those to a notebook say its title. */
  readonly name?: string;
}

function linksFrom(page: Page, all: readonly Page[], titles: ReadonlyMap<Page, string>): Link[] {
  return all.map((other) => ({
    href: relative(dirname(resolve(page.out)), resolve(other.out)).replaceAll('\\', '/'),
    text: other.name ?? titles.get(other) ?? '',
    ...(other.locale === page.locale ? {} : { lang: other.locale }),
    current: other === page,
    isArticle: other.name !== undefined,
  }));
}

/** Replaces a file at once, so that a reader never meets half of one. */
function replaceFile(path: string, text: string): void {
  mkdirSync(dirname(resolve(path)), { recursive: true });
  writeFileSync(`${path}.part`, text);
  renameSync(`${path}.part`, path);
}

/** Writes each executed notebook as one HTML file that draws its charts without any request; they link to each other. */
export async function exportPages(pages: readonly Page[]): Promise<void> {
  const plotly = gzipSync(readFileSync(await plotlyBundle()), { level: 9 });
  const rendered = new Map<Page, Rendered>(
    pages.map((page) => [page, renderNotebook(readNotebook(page.executed), page.locale)]),
  );
  const titles = new Map([...rendered].map(([page, { title }]) => [page, title]));
  for (const [page, content] of rendered) {
    const links = linksFrom(page, pages, titles);
    replaceFile(page.out, pageHtml(content, { locale: page.locale, links, plotly }));
  }
}
