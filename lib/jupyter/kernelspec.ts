import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { UserError } from '../errors.js';
import { root } from './paths.js';
import { staticFolder } from './plotly-bundle.js';

const launcher = `${root}dist/jupyter/launcher.js`;

/** Absolute paths only: Jupyter's PATH need not hold this Node, nor node_modules/.bin. */
const kernel = {
  argv: [process.execPath, launcher, '{connection_file}'],
  display_name: 'TypeScript',
  language: 'typescript',
  interrupt_mode: 'signal',
};

/** Where a prefix holds its kernel; setup asks whether it is there. */
export const kernelFile = (prefix: string): string => `${prefix}/share/jupyter/kernels/tslab/kernel.json`;

/** Writes below the prefix, with the folders on the way. */
function writeJson(path: string, value: object): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `${JSON.stringify(value, null, 2)}\n`);
}

/**
 * Makes the kernel `tslab` known to the Jupyter of a prefix (a virtual environment, or a folder that JUPYTER_PATH and
 * JUPYTER_CONFIG_PATH name), lets JupyterLab serve plotly.js below its own `static/`, and keeps it from asking other
 * hosts for news and updates.
 */
export function installKernel(prefix: string): void {
  if (!existsSync(launcher)) throw new UserError(`${launcher} is not there; run npm run build`);
  writeJson(kernelFile(prefix), kernel);
  // Not in jupyter_server_config.d/: jupyter_server reads only the list of extensions from there.
  writeJson(`${prefix}/etc/jupyter/jupyter_server_config.json`, {
    ServerApp: { extra_static_paths: [staticFolder()] },
  });
  writeJson(`${prefix}/etc/jupyter/jupyter_lab_config.json`, {
    LabApp: { news_url: null, check_for_updates_class: 'jupyterlab.NeverCheckForUpdate' },
  });
  writeJson(`${prefix}/share/jupyter/lab/settings/overrides.json`, {
    '@jupyterlab/apputils-extension:notification': { fetchNews: 'false', checkForUpdates: false },
  });
}
