import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter } from 'node:path';
import { UserError } from '../errors.js';
import { venv } from './paths.js';

/** A Jupyter that can open notebooks, and the environment that makes it know the project's kernel. */
export interface Jupyter {
  readonly command: string;
  readonly env: NodeJS.ProcessEnv;
  /** False when it is not the one of .venv. */
  readonly own: boolean;
}

/** What to install when there is no Jupyter; setup-kernel and the commands say the same. */
export const installHint = 'install JupyterLab so that `jupyter` is on PATH';

/** True when the path is a program that this user may run. */
export function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** First `jupyter` on PATH outside .venv that has JupyterLab, or null. */
export function jupyterOnPath(): string | null {
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  for (const folder of folders) {
    const command = `${folder}/jupyter`;
    if (folder === `${venv}/bin` || !isExecutable(command)) continue;
    if (spawnSync(command, ['lab', '--version'], { stdio: 'ignore' }).status === 0) return command;
  }
  return null;
}

/** The Jupyter of .venv, else one on PATH, which is said once on stderr. */
export function findJupyter(): Jupyter {
  const env = {
    ...process.env,
    JUPYTER_PATH: `${venv}/share/jupyter`,
    JUPYTER_CONFIG_PATH: `${venv}/etc/jupyter`,
  };
  const command = `${venv}/bin/jupyter`;
  if (isExecutable(command)) return { command, env, own: true };
  const other = jupyterOnPath();
  if (other === null)
    throw new UserError(`no Jupyter: neither ${command} nor one on PATH; run make setup, or ${installHint}`);
  process.stderr.write(`using Jupyter found at ${other}\n`);
  return { command: other, env, own: false };
}
