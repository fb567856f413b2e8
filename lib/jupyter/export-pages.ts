import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { basename, dirname, relative, resolve } from 'node:path';
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

/** Way from one page to another. */
const wayTo = (page: Page, other: Page): string =>
  relative(dirname(resolve(page.out)), resolve(other.out)).replaceAll('\\', '/');

/** Links in the text lead to pages beside it: where a notebook's page is elsewhere, as the article's is, they lead there. */
function withLinks(body: string, page: Page, all: readonly Page[]): string {
  const pages = new Map<string, Page>();
  for (const other of all) {
    // The article has a page in each language, and links name its notebook.
    const name = basename(other.executed).replace(/(?:\.ja)?\.ipynb$/, '');
    if (!pages.has(name) || other.locale === page.locale) pages.set(name, other);
  }
  return body.replace(/(<a href=")([\w.-]+)\.html(?=["#])/g, (link, open: string, name: string) => {
    const other = pages.get(name);
    return other ? open + wayTo(page, other) : link;
  });
}

function linksFrom(page: Page, all: readonly Page[], titles: ReadonlyMap<Page, string>): Link[] {
  return all.map((other) => ({
    href: wayTo(page, other),
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

/**
 * Writes each executed notebook as one HTML file that draws its charts without any request; they link to each other.
 * @param synthetic true where the frames are, which each page then says
 */
export async function exportPages(pages: readonly Page[], synthetic: boolean): Promise<void> {
  const plotly = gzipSync(readFileSync(await plotlyBundle()), { level: 9 });
  const rendered = new Map<Page, Rendered>(
    pages.map((page) => [page, renderNotebook(readNotebook(page.executed), page.locale)]),
  );
  const titles = new Map([...rendered].map(([page, { title }]) => [page, title]));
  for (const [page, content] of rendered) {
    const links = linksFrom(page, pages, titles);
    const body = withLinks(content.body, page, pages);
    const options = { locale: page.locale, links, synthetic, plotly };
    replaceFile(page.out, pageHtml({ ...content, body }, options));
  }
}
