import { readdirSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { messageOf, UserError } from '../errors.js';
import { root } from '../jupyter/paths.js';
import { runChanged } from '../jupyter/run-changed.js';

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

function parse(argv: string[]) {
  try {
    return parseArgs({ args: argv, options, allowPositionals: true });
  } catch (error) {
    throw new UserError(`${messageOf(error)}\nusage: ${notebooksCommand.usage}`, 2);
  }
}

async function run(argv: string[]): Promise<number> {
  const { values, positionals } = parse(argv);
  const { frames, out: outDir, force } = values;
  if (frames === undefined) throw new UserError(`--frames is needed\nusage: ${notebooksCommand.usage}`, 2);
  const paths = positionals.length > 0 ? positionals : allNotebooks();
  if (paths.length === 0) throw new UserError('there is no notebook in notebooks/');
  await runChanged(paths, { frames, outDir, force });
  return 0;
}

/** Executes notebooks and fails when any cell fails. */
export const notebooksCommand = {
  name: 'notebooks',
  summary: 'Executes the notebooks whose cells, frames or code have changed.',
  usage: 'banbook notebooks --frames DIR [--out DIR] [--force] [NOTEBOOK…]',
  run,
};
