import { basename, join } from 'node:path';
import { keepOutputs } from '../jupyter/keep-outputs.js';
import { allNotebooks, articleNotebook, root } from '../jupyter/paths.js';
import { runChanged } from '../jupyter/run-changed.js';
import { type Command, frameOptions } from './command.js';

const options = {
  out: { type: 'string', default: `${root}data/out/notebooks` },
  keep: { type: 'boolean', default: false },
  force: { type: 'boolean', default: false },
} as const;

async function run(argv: string[]): Promise<number> {
  const { frames, values, words } = frameOptions('notebooks', argv, options, Number.POSITIVE_INFINITY);
  const { out: outDir, keep, force } = values;
  const paths = words.length > 0 ? words : [...allNotebooks(), articleNotebook];
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
