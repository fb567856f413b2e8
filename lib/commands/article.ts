import { existsSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { messageOf, UserError } from '../errors.js';
import { exportArticle } from '../jupyter/export-article.js';
import { root } from '../jupyter/paths.js';
import { runChanged } from '../jupyter/run-changed.js';

const options = {
  frames: { type: 'string' },
  out: { type: 'string', default: `${root}data/out/article.html` },
  notebook: { type: 'string', default: `${root}notebooks/90-article.ipynb` },
  force: { type: 'boolean', default: false },
} as const;

function parse(argv: string[]) {
  try {
    return parseArgs({ args: argv, options }).values;
  } catch (error) {
    throw new UserError(`${messageOf(error)}\nusage: ${articleCommand.usage}`, 2);
  }
}

async function run(argv: string[]): Promise<number> {
  const { frames, out, notebook, force } = parse(argv);
  if (frames === undefined) throw new UserError(`--frames is needed\nusage: ${articleCommand.usage}`, 2);
  const outDir = join(dirname(out), 'notebooks');
  await runChanged([notebook], { frames, outDir, force });
  const executed = join(outDir, basename(notebook));
  if (!existsSync(out) || statSync(out).mtimeMs < statSync(executed).mtimeMs)
    await exportArticle(executed, out);
  process.stdout.write(`${out}\n`);
  return 0;
}

/** Executes the article's notebook and writes it as one HTML file. */
export const articleCommand = {
  name: 'article',
  summary: 'Writes the article as one HTML file that needs no network.',
  usage: 'banbook article --frames DIR [--out FILE] [--notebook FILE] [--force]',
  run,
};
