import { existsSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { UserError } from '../errors.js';
import { exportArticle } from '../jupyter/export-article.js';
import { root } from '../jupyter/paths.js';
import { runChanged } from '../jupyter/run-changed.js';
import { type Command, parseOptions } from './command.js';

const options = {
  frames: { type: 'string' },
  out: { type: 'string', default: `${root}data/out/article.html` },
  notebook: { type: 'string', default: `${root}notebooks/90-article.ipynb` },
  force: { type: 'boolean', default: false },
} as const;

async function run(argv: string[]): Promise<number> {
  const { frames, out, notebook, force } = parseOptions({ args: argv, options }).values;
  if (frames === undefined) throw new UserError('article: expected --frames DIR', 2);
  const outDir = join(dirname(out), 'notebooks');
  await runChanged([notebook], { frames, outDir, force });
  const executed = join(outDir, basename(notebook));
  if (!existsSync(out) || statSync(out).mtimeMs < statSync(executed).mtimeMs)
    await exportArticle(executed, out);
  process.stdout.write(`${out}\n`);
  return 0;
}

const usage = `npx banbook article --frames DIR [--out FILE] [--notebook FILE] [--force]

Executes the article's notebook and writes it as one HTML file whose charts need no network.

  --frames DIR     folder of the frames
  --out FILE       the page (data/out/article.html); the executed notebook goes to notebooks/ beside it
  --notebook FILE  another notebook than notebooks/90-article.ipynb
  --force          executes it although nothing has changed`;

export const articleCommand: Command = { usage, run };
