import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { makeFrames } from '../../lib/make-frames.js';
import { defaultSite, type Site } from '../../lib/site.js';
import { scratch } from '../scratch.js';

export const quiet = { year: null, threads: 1, onProgress: () => {} };
export const tokyo: Site = { ...defaultSite, zone: 'Asia/Tokyo' };

/** Frames of the given files, in a folder beside them. */
export async function framesOf(
  t: TestContext,
  files: Record<string, string | Buffer>,
  site = tokyo,
  year: number | null = null,
) {
  const folder = scratch(t, files);
  const out = join(scratch(t), 'frames');
  const report = await makeFrames([folder], out, site, { ...quiet, year });
  return { folder, out, report };
}

export const line = (stamp: string, text: string) => `${stamp} host1 sshd[7]: ${text}\n`;
export const failed = (stamp: string, account = 'root') =>
  line(stamp, `Failed password for ${account} from 192.0.2.1 port 5 ssh2`);
