import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { messageOf, UserError } from '../errors.js';
import { type Site, siteOf } from '../site.js';

/** What datapackage.json says of the whole folder of frames. */
export interface FramesPackage {
  readonly site: Site;
  readonly synthetic: boolean;
}

const remedy = 'make them with `make frames` or `npx banbook frames`';

/** Reads the `banbook` property of datapackage.json. @throws UserError when it is missing or not as written by banbook */
export function readPackage(framesDir: string): FramesPackage {
  const path = join(framesDir, 'datapackage.json');
  if (!existsSync(framesDir)) throw new UserError(`${framesDir}: no such folder of frames; ${remedy}`);
  if (!existsSync(path)) throw new UserError(`${framesDir}: no frames here (no datapackage.json); ${remedy}`);
  let read: { banbook?: { site?: unknown; synthetic?: unknown } } | null;
  try {
    read = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new UserError(`${path}: cannot be read (${messageOf(error)}); ${remedy}`);
  }
  const { site, synthetic } = read?.banbook ?? {};
  if (typeof synthetic !== 'boolean')
    throw new UserError(`${path}: expected "banbook": {"version", "site", "synthetic"}; ${remedy}`);
  return { site: siteOf(site, path), synthetic };
}
