import { delimiter } from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import { isExecutable } from '../../lib/jupyter/find-jupyter.js';

const names = ['chromium', 'chromium-browser', 'google-chrome'];

/** The Chromium of CHROMIUM, else the first on PATH, else null. */
function findChromium(): string | null {
  if (process.env.CHROMIUM) return process.env.CHROMIUM;
  const folders = ['/usr/bin', ...(process.env.PATH ?? '').split(delimiter)];
  return folders.flatMap((folder) => names.map((name) => `${folder}/${name}`)).find(isExecutable) ?? null;
}

const executablePath = findChromium();

/** Why tests in a browser are skipped, or false. In CI they are not skipped: openBrowser fails there. */
export const noBrowser: string | false =
  executablePath === null && !process.env.CI
    ? 'no Chromium found; apt install chromium, or set CHROMIUM to its path'
    : false;

/** Starts Chromium without the services of its own that would ask the network. */
export async function openBrowser(): Promise<Browser> {
  if (executablePath === null) {
    throw new Error('no Chromium found; apt install chromium, or set CHROMIUM to its path');
  }
  const args = [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ];
  return chromium.launch({ executablePath, args });
}
