import { readdirSync } from 'node:fs';
import { UserError } from '../errors.js';
import { root } from '../jupyter/paths.js';
import { runChanged } from '../jupyter/run-changed.js';
import { type Command, parseOptions } from './command.js';

const options = {
  frames: { type: 'string' },
  out: { type: 'string', default: `${root}data/out/notebooks` },
  force: { type: 'boolean', default: false },
} as const;

/** All notebooks but the article, which has its own command, in the order of their numbers. */
const allNotebooks = (): string[] =>
  readdirSync(`${root}notebooks`)
    .filter((name) => name.endsWith('.ipynb') && name !== '90-article.ipynb')
    .sort()
    .map((name) => `${root}notebooks/${name}`);

async function run(argv: string[]): Promise<number> {
  const { values, positionals } = parseOptions({ args: argv, options, allowPositionals: true });
  const { frames, out: outDir, force } = values;
  if (frames === undefined) throw new UserError('notebooks: expected --frames DIR', 2);
  const paths = positionals.length > 0 ? positionals : allNotebooks();
  if (paths.length === 0) throw new UserError('there is no notebook in notebooks/');
  await runChanged(paths, { frames, outDir, force });
  return 0;
}

const usage = `npx banbook notebooks --frames DIR [--out DIR] [--force] [NOTEBOOK…]

Executes notebooks whose cells, frames or code have changed, all of notebooks/ but the article when none is named.
Fails when any cell fails, and tells each with its number, line, error and message.

  --frames DIR  folder of the frames
  --out DIR     folder of the executed copies (data/out/notebooks)
  --force       executes unchanged ones too`;

export const notebooksCommand: Command = { usage, run };
