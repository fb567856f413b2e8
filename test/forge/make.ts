import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { forge } from '../../lib/forge/forge.js';
import type { ForgeOptions } from '../../lib/forge/options.js';
import type { Campaign, Truth } from '../../lib/forge/truth.js';

/** Options of the committed sample. */
export const sampleOptions = {
  seed: 1,
  scale: 0.01,
  from: '2018-12-01',
  to: '2019-12-01',
  zone: 'Asia/Tokyo',
  home: 'JP',
  gzip: true,
};

/** A folder that is removed when all tests of the file are over. */
export function folderOfFile(): string {
  const root = mkdtempSync(join(tmpdir(), 'banbook-forge-'));
  after(() => rmSync(root, { recursive: true }));
  return root;
}

/** Forges into a new folder below this one, with the options of the sample where no others are given. */
export function maker(root: string): (options?: Partial<ForgeOptions>) => Promise<string> {
  let folders = 0;
  return async (options = {}) => {
    const out = join(root, String(++folders));
    await forge({ ...sampleOptions, out, ...options });
    return out;
  };
}

export const truthOf = (folder: string): Truth & { readonly campaigns: readonly Campaign[] } =>
  JSON.parse(readFileSync(join(folder, 'truth.json'), 'utf8'));
