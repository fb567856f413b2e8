import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { messageOf, UserError } from '../errors.js';
import { installHint, jupyterOnPath } from '../jupyter/find-jupyter.js';
import { installKernel, kernelFile } from '../jupyter/kernelspec.js';
import { makeVenv } from '../jupyter/make-venv.js';
import { root, venv } from '../jupyter/paths.js';
import { plotlyBundle } from '../jupyter/plotly-bundle.js';
import { type Command, parseOptions } from './command.js';

const stampFile = `${venv}/banbook.json`;
const say = (text: string) => process.stderr.write(`${text}\n`);

/** What a made kernel depends on: the packages, and the two absolute paths in kernel.json. */
interface Stamp {
  readonly requirements: string;
  readonly root: string;
  readonly node: string;
  /** The Jupyter used when .venv could not be filled, else null. */
  readonly jupyter: string | null;
}

function wanted(): Omit<Stamp, 'jupyter'> {
  const requirements = createHash('sha256')
    .update(readFileSync(`${root}requirements.txt`))
    .digest('hex');
  return { requirements, root, node: process.execPath };
}

function readStamp(): Stamp | null {
  if (!existsSync(stampFile)) return null;
  try {
    return JSON.parse(readFileSync(stampFile, 'utf8')) as Stamp;
  } catch {
    return null;
  }
}

const jupyterIsThere = (stamp: Stamp): boolean => existsSync(stamp.jupyter ?? `${venv}/bin/jupyter`);

/** Fills .venv, or finds another Jupyter; null means .venv's own. */
function provideJupyter(moved: boolean): string | null {
  say('installing JupyterLab into .venv (half a minute)');
  try {
    makeVenv(moved);
    return null;
  } catch (error) {
    const found = jupyterOnPath();
    if (found === null)
      throw new UserError(`${messageOf(error)}; no other Jupyter was found either; ${installHint}`);
    say(`${messageOf(error)}; using JupyterLab found at ${found}`);
    return found;
  }
}

async function run(argv: string[]): Promise<number> {
  parseOptions({ args: argv, options: {} });
  const now = wanted();
  const stamp = readStamp();
  const packagesFit = stamp !== null && stamp.requirements === now.requirements && stamp.root === root;
  const kept = packagesFit && jupyterIsThere(stamp) ? stamp : null;
  if (kept && kept.node === now.node && existsSync(kernelFile(venv))) {
    await plotlyBundle();
    return 0;
  }
  const jupyter = kept ? kept.jupyter : provideJupyter(stamp !== null && stamp.root !== root);
  await plotlyBundle();
  installKernel(venv);
  mkdirSync(venv, { recursive: true });
  writeFileSync(stampFile, `${JSON.stringify({ ...now, jupyter } satisfies Stamp, null, 2)}\n`);
  say(`kernel tslab is ready in ${venv}`);
  return 0;
}

const usage = `npx banbook setup-kernel

Makes .venv with JupyterLab and the TypeScript kernel in it; does nothing when they are there.
Without PyPI a jupyter on PATH is used, when it has JupyterLab.`;

export const setupKernelCommand: Command = { usage, run };
