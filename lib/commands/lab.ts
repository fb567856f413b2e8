import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { findJupyter } from '../jupyter/find-jupyter.js';
import { root } from '../jupyter/paths.js';
import { type Command, frameOptions } from './command.js';

const usage = `npx banbook lab --frames DIR [JUPYTER OPTION…]

Opens JupyterLab on notebooks/, with the project's kernel and the frames of DIR. Ctrl+C ends it.
What follows -- is handed to jupyter lab, such as: -- --no-browser --port=8899`;

export const labCommand: Command = {
  usage,
  run: async (argv) => {
    const { frames, words } = frameOptions('lab', argv, {}, Number.POSITIVE_INFINITY);
    const { command, env } = findJupyter();
    const asRoot = process.getuid?.() === 0 ? ['--allow-root'] : [];
    const lab = spawn(command, ['lab', `--ServerApp.root_dir=${root}notebooks`, ...asRoot, ...words], {
      stdio: 'inherit',
      env: { ...env, BANBOOK_FRAMES: resolve(frames) },
    });
    // Ctrl+C reaches JupyterLab too, which asks before it ends; this process has to outlive the question.
    process.on('SIGINT', () => {});
    process.on('SIGTERM', () => lab.kill());
    const [status] = (await once(lab, 'exit')) as [number | null];
    return status ?? 1;
  },
};
