import { basename, join } from 'node:path';
import { UserError } from '../errors.js';
import { keepOutputs } from '../jupyter/keep-outputs.js';
import { allNotebooks, articleNotebook, root } from '../jupyter/paths.js';
import { runChanged } from '../jupyter/run-changed.js';
import { type Command, parseOptions } from './command.js';

const options = {
  frames: { type: 'string' },
  out: { type: 'string', default: `${root}data/out/notebooks` },
  keep: { type: 'boolean', default: false },
  force: { type: 'boolean', default: false },
} as const;

async function run(argv: string[]): Promise<number> {
  const { values, positionals } = parseOptions({ args: argv, options, allowPositionals: true });
  const { frames, out: outDir, keep, force } = values;
  if (frames === undefined) throw new UserError('notebooks: expected --frames DIR', 2);
  const paths = positionals.length > 0 ? positionals : [...allNotebooks(), articleNotebook];
  const wanted = paths.map((path) => ({ path, executed: join(outDir, basename(path)) }));
  await runChanged(wanted, { frames, force });
  if (keep) await keepOutputs(wanted, { force });
  return 0;
}

const usage = `npx banbook notebooks --frames DIR [--out DIR] [--keep] [--force] [NOTEBOOK…]

Executes notebooks whose cells, frames or code have changed, all of notebooks/ when none is named.
Fails when any cell fails, and tells each with its number, line, error and message.

  --frames DIR  folder of the frames
  --out DIR     folder of the executed copies (data/out/notebooks)
  --keep        writes the outputs into the notebooks themselves, with a still picture of each chart; needs Chromium
  --force       executes unchanged ones too, and draws all pictures anew`;

export const notebooksCommand: Command = { usage, run };
