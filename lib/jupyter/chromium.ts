import { delimiter } from 'node:path';
import type { Browser } from 'playwright-core';
import { messageOf, UserError } from '../errors.js';
import { isExecutable } from './find-jupyter.js';

const names = ['chromium', 'chromium-browser', 'google-chrome'];

/** The Chromium of CHROMIUM, else the first on PATH, else null. */
export function findChromium(): string | null {
  if (process.env.CHROMIUM) return process.env.CHROMIUM;
  const folders = ['/usr/bin', ...(process.env.PATH ?? '').split(delimiter)];
  return folders.flatMap((folder) => names.map((name) => `${folder}/${name}`)).find(isExecutable) ?? null;
}

/** What to do when there is none. */
export const noChromium = 'no Chromium found; apt install chromium, or set CHROMIUM to its path';

/** Without the services of Chromium's own that would ask the network. */
const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Starts Chromium. @throws UserError when there is none */
export async function openBrowser(): Promise<Browser> {
  const executablePath = findChromium();
  if (executablePath === null) throw new UserError(noChromium);
  const { chromium } = await import('playwright-core').catch((error: unknown) => {
    throw new UserError(`playwright-core is needed to drive Chromium; run npm ci (${messageOf(error)})`);
  });
  return chromium.launch({ executablePath, args });
}
