import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { messageOf, UserError } from '../errors.js';
import type { Jupyter } from './find-jupyter.js';

/** Folders of Jupyter's own in a temporary place, so that no setting of the user's interferes and no HOME is needed. */
const isolated = (folder: string): NodeJS.ProcessEnv => ({
  JUPYTER_RUNTIME_DIR: join(folder, 'runtime'),
  JUPYTER_CONFIG_DIR: join(folder, 'config'),
  JUPYTER_DATA_DIR: join(folder, 'data'),
  IPYTHONDIR: join(folder, 'ipython'),
  // Python's frozen modules make its debugger warn at each start; nobody debugs here.
  PYDEVD_DISABLE_FILE_VALIDATION: '1',
});

/** Runs a program to its end; returns its exit code or signal and what it said. */
function spoken(
  command: string,
  args: string[],
  env: NodeJS.ProcessEnv,
): Promise<{ end: string; said: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    const hear = (chunk: Buffer) => {
      said = (said + chunk.toString('utf8')).slice(-100_000);
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.on('error', reject);
    child.on('close', (code, signal) => resolve({ end: String(signal ?? code), said }));
  });
}

/** Runs `jupyter nbconvert`; when it fails, the error ends with the last lines that it said. */
export async function nbconvert(
  jupyter: Jupyter,
  args: string[],
  env: NodeJS.ProcessEnv = {},
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'banbook-jupyter-'));
  try {
    const all = { ...jupyter.env, ...isolated(folder), ...env };
    const { end, said } = await spoken(jupyter.command, ['nbconvert', ...args], all).catch(
      (error: unknown) => {
        throw new UserError(`${jupyter.command} could not be started: ${messageOf(error)}`);
      },
    );
    if (end === '0') return;
    const last = said.trim().split('\n').slice(-8).join('\n');
    throw new UserError(`jupyter nbconvert ended with ${end} for ${args.at(-1)}:\n${last}`);
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}
