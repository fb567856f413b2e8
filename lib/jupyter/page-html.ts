import { readFileSync } from 'node:fs';
import { escapeHtml, scriptJson } from '../figures/html.js';
import { darkColors } from '../figures/theme.js';
import { pageWords } from './page-words.js';
import { root } from './paths.js';
import type { Rendered } from './render-notebook.js';

/** A page that another one links to, as seen from there. */
export interface Link {
  readonly href: string;
  readonly text: string;
  /** Language of the page when it is another one. */
  readonly lang?: string;
  readonly current: boolean;
  readonly isArticle: boolean;
}

export interface PageOptions {
  readonly locale: 'en' | 'ja';
  readonly links: readonly Link[];
  /** The page says that its data is made up. */
  readonly synthetic: boolean;
  /** plotly.js, packed with gzip; pages without a chart need none. */
  readonly plotly: Buffer;
}

const asset = (name: string): string => readFileSync(`${root}lib/jupyter/page/${name}`, 'utf8');

/** The page asks nobody for anything; the policy holds scripts in its outputs to that. */
const policy =
  "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data: blob:; font-src data:; base-uri 'none'; form-action 'none'";

const linkHtml = ({ href, text, lang, current }: Link): string =>
  `<li><a href="${escapeHtml(href)}"${lang ? ` lang="${lang}" hreflang="${lang}"` : ''}${current ? ' aria-current="page"' : ''}>${escapeHtml(text)}</a></li>`;

/** The articles stand open, the notebooks are folded. */
function navigation(links: readonly Link[], title: string): string {
  const list = (some: readonly Link[]): string => `<ul>\n${some.map(linkHtml).join('\n')}\n</ul>`;
  const articles = links.filter(({ isArticle }) => isArticle);
  const others = links.filter(({ isArticle }) => !isArticle);
  const folded = others.length > 0 ? `<details><summary>${title}</summary>${list(others)}</details>` : '';
  return `<nav aria-label="${title}">${list(articles)}${folded}</nav>`;
}

function contents({ headings }: Rendered, title: string): string {
  if (headings.length < 2) return '';
  const items = headings.map(
    ({ level, id, html }) => `<li class="level-${level}"><a href="#${id}">${html}</a></li>`,
  );
  return `<nav class="contents" aria-label="${title}"><details open><summary>${title}</summary><ul>\n${items.join('\n')}\n</ul></details></nav>`;
}

const scripts = (plotly: Buffer): string =>
  [
    `<script type="text/plain" id="banbook-plotly-gzip">${plotly.toString('base64')}</script>`,
    `<script type="application/json" id="banbook-dark">${scriptJson(darkColors)}</script>`,
    `<script>${asset('page.js')}</script>`,
  ].join('\n');

/** One file that needs nothing beside it: text, charts, plotly.js, style. */
export function pageHtml(rendered: Rendered, { locale, links, synthetic, plotly }: PageOptions): string {
  const words = pageWords(locale);
  return `<!doctype html>
<html lang="${locale}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="data:,">
<title>${rendered.title}</title>
<style>
${asset('page.css')}
</style>
</head>
<body>
<a class="skip" href="#main">${words.skip}</a>
<header class="top">
${navigation(links, words.pages)}
${synthetic ? `<strong class="synthetic">${words.synthetic}</strong>` : ''}
<button type="button" id="theme" aria-pressed="false" hidden>${words.dark}</button>
</header>
<div class="layout">
${contents(rendered, words.contents)}
<main id="main" tabindex="-1">
${rendered.body}
</main>
</div>
${scripts(rendered.body.includes('class="banbook-chart"') ? plotly : Buffer.alloc(0))}
</body>
</html>
`;
}
