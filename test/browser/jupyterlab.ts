import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findJupyter } from '../../lib/jupyter/find-jupyter.js';

/** A JupyterLab on this machine. */
export interface Lab {
  /** Address of a path such as `lab/tree/x.ipynb`, with the token. */
  url(path: string): string;
  /** Ends the server and its kernels. */
  stop(): Promise<void>;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return address.port;
}

/** Waits until the server answers; fails with what it said when it ends before. */
async function untilReady(url: string, child: ChildProcess, said: () => string): Promise<void> {
  for (let tries = 0; tries < 240; tries++) {
    if (child.exitCode !== null) throw new Error(`JupyterLab ended with ${child.exitCode}:\n${said()}`);
    const answer = await fetch(url).catch(() => null);
    if (answer?.ok) return;
    await sleep(250);
  }
  throw new Error(`JupyterLab did not answer in a minute:\n${said()}`);
}

/** The process is a group of its own, so that kernels end with it. */
async function stop(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null) return;
  const ended = once(child, 'exit');
  process.kill(-child.pid, 'SIGTERM');
  const late = setTimeout(() => child.pid && process.kill(-child.pid, 'SIGKILL'), 10_000);
  await ended;
  clearTimeout(late);
}

/** Starts the project's JupyterLab in a folder; its own files go below `state`. */
export async function startLab(folder: string, state: string): Promise<Lab> {
  const { command, env } = findJupyter();
  const port = await freePort();
  const token = 'test';
  const settings = [
    '--no-browser',
    '--ip=127.0.0.1',
    `--port=${port}`,
    '--ServerApp.port_retries=0',
    `--IdentityProvider.token=${token}`,
    `--ServerApp.root_dir=${folder}`,
    ...(process.getuid?.() === 0 ? ['--allow-root'] : []),
  ];
  const child = spawn(command, ['lab', ...settings], {
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...env,
      JUPYTER_CONFIG_DIR: join(state, 'config'),
      JUPYTER_DATA_DIR: join(state, 'data'),
      JUPYTER_RUNTIME_DIR: join(state, 'runtime'),
      JUPYTERLAB_SETTINGS_DIR: join(state, 'settings'),
      JUPYTERLAB_WORKSPACES_DIR: join(state, 'workspaces'),
      IPYTHONDIR: join(state, 'ipython'),
    },
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += String(chunk)));
  const url = (path: string) => `http://127.0.0.1:${port}/${path}?token=${token}`;
  await untilReady(url('api/status'), child, () => said).catch(async (error: unknown) => {
    await stop(child);
    throw error;
  });
  return { url, stop: () => stop(child) };
}
