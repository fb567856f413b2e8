import { readdirSync } from 'node:fs';
import { root } from '../version.js';

export { root };

/** Python environment of the project, and prefix of its kernel and settings. */
export const venv = `${root}.venv`;

/** The notebook that the article is made of. */
export const articleNotebook = `${root}notebooks/90-article.ipynb`;

/** All notebooks but the article, in the order of their numbers. */
export const allNotebooks = (): string[] =>
  readdirSync(`${root}notebooks`)
    .filter((name) => name.endsWith('.ipynb'))
    .sort()
    .map((name) => `${root}notebooks/${name}`)
    .filter((path) => path !== articleNotebook);
