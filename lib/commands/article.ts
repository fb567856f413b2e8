import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { checkProse } from '../article/check-prose.js';
import { UserError } from '../errors.js';
import { readFrame } from '../frames/csv.js';
import { readDatapackage } from '../frames/datapackage.js';
import { exportPages, type Page } from '../jupyter/export-pages.js';
import { allNotebooks, articleNotebook } from '../jupyter/paths.js';
import { runChanged, type Wanted } from '../jupyter/run-changed.js';
import { root } from '../version.js';
import { type Command, frameOptions } from './command.js';

type Locale = 'en' | 'ja';

const options = {
  before: { type: 'string' },
  out: { type: 'string', default: `${root}data/out` },
  locale: { type: 'string' },
  force: { type: 'boolean', default: false },
} as const;

const names: Readonly<Record<Locale, string>> = { en: 'English', ja: '日本語' };

/** Those asked for, else those of the site. */
function localesOf(text: string | undefined, frames: string): readonly Locale[] {
  if (text === undefined) return readDatapackage(frames).site.languages;
  if (text === 'both') return ['en', 'ja'];
  if (text === 'en' || text === 'ja') return [text];
  throw new UserError(`article: --locale must be en, ja or both, got "${text}"`, 2);
}

type Run = Wanted & Page;

/** The article in each language, with the language in the names of all but the English files. */
function articles(out: string, locales: readonly Locale[]): Run[] {
  return locales.map((locale) => {
    const suffix = locale === 'en' ? '' : `.${locale}`;
    const executed = join(out, 'notebooks', `${basename(articleNotebook, '.ipynb')}${suffix}.ipynb`);
    const page = join(out, `article${suffix}.html`);
    return { path: articleNotebook, executed, out: page, locale, name: names[locale] };
  });
}

const notebooks = (out: string): Run[] =>
  allNotebooks().map((path) => {
    const executed = join(out, 'notebooks', basename(path));
    return { path, executed, out: executed.replace(/\.ipynb$/, '.html'), locale: 'en' };
  });

/** Every paragraph of the articles has to be what the findings give. */
async function checkArticles(runs: readonly Run[], frames: string): Promise<void> {
  const { site, synthetic, period } = readDatapackage(frames);
  const findings = await readFrame(frames, 'findings');
  for (const { path, out, locale } of runs)
    if (path === articleNotebook)
      checkProse(readFileSync(out, 'utf8'), { site, synthetic, period, findings }, locale);
}

async function run(argv: string[]): Promise<number> {
  const { frames, values } = frameOptions('article', argv, options);
  const { before, out, locale, force } = values;
  const runs = [...articles(out, localesOf(locale, frames)), ...notebooks(out)];
  // The last notebook takes longest: begun first, it runs beside all others.
  await runChanged([...runs].reverse(), { frames, before, force });
  await exportPages(runs, readDatapackage(frames).synthetic);
  await checkArticles(runs, frames);
  for (const { out: page, name } of runs) if (name !== undefined) process.stdout.write(`${page}\n`);
  return 0;
}

const usage = `npx banbook article --frames DIR [--before DIR] [--out DIR] [--locale en|ja|both] [--force]

Executes the notebooks that have changed and writes the article, in English as article.html and in Japanese as
article.ja.html, and a page of each notebook. Every page is one file whose charts need no network.

  --frames DIR  folder of the frames
  --before DIR  frames of an earlier year, which the article compares these with
  --out DIR     folder of the pages (data/out); those of the notebooks go to notebooks/ in it
  --locale L    en, ja or both (default: languages of the site's settings)
  --force       executes unchanged notebooks too`;

export const articleCommand: Command = { usage, run };
