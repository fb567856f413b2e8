import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import test from 'node:test';
import type { Page } from 'playwright-core';
import { tempFolder, writeNotebook } from '../jupyter/temp-notebook.js';
import { artefacts } from './check-page.js';
import { noBrowser, openBrowser } from './chromium.js';
import { startLab } from './jupyterlab.js';

const cells = [
  '# One chart',
  'import { show } from "banbook";',
  'show({ name: "bans", alt: "Bars: bans by month", data: [{ type: "bar", x: ["a", "b"], y: [1, 2] }], layout: {} })',
  'throw new RangeError("boom")',
  'console.log("not reached")',
];

/** Requests that leave the machine, as they are made. */
function outside(page: Page): string[] {
  const requests: string[] = [];
  page.on('request', (request) => {
    const { protocol, hostname } = new URL(request.url());
    if (/^(https?|wss?):$/.test(protocol) && hostname !== '127.0.0.1') requests.push(request.url());
  });
  return requests;
}

async function runAllCells(page: Page): Promise<void> {
  await page.locator('.jp-Notebook').waitFor({ timeout: 60_000 });
  // Before the kernel is there JupyterLab would ask for one.
  await page.getByText('TypeScript | Idle').waitFor({ timeout: 60_000 });
  await page.getByRole('menuitem', { name: 'Run', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Run All Cells', exact: true }).click();
}

test('JupyterLab runs a notebook and draws its chart', { skip: noBrowser, timeout: 240_000 }, async (t) => {
  const folder = tempFolder(t);
  const notebook = process.env.BANBOOK_LAB_NOTEBOOK ?? writeNotebook(join(folder, 'lab.ipynb'), cells);
  const lab = await startLab(dirname(notebook), join(folder, 'state'));
  const browser = await openBrowser();
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    const requests = outside(page);
    await page.goto(lab.url(`lab/tree/${basename(notebook)}`));
    await runAllCells(page);
    mkdirSync(artefacts, { recursive: true });
    const drawn = page.locator('.js-plotly-plot .main-svg').first();
    // The picture is taken in either case: it tells why there is no chart.
    await drawn
      .waitFor({ timeout: 120_000 })
      .then(() => drawn.scrollIntoViewIfNeeded())
      .finally(() => page.screenshot({ path: `${artefacts}/jupyterlab.png` }));
    if (process.env.BANBOOK_LAB_NOTEBOOK === undefined) {
      const outputs = page.locator('.jp-OutputArea-output');
      await outputs.filter({ hasText: 'RangeError: boom' }).filter({ hasText: 'In [3], line 1' }).waitFor();
      await page.waitForTimeout(1000);
      assert.equal(
        await outputs.filter({ hasText: 'not reached' }).count(),
        0,
        'cells behind a failure do not run',
      );
    }
    assert.deepEqual(requests, [], 'nothing is asked of another host');
  } finally {
    await browser.close();
    await lab.stop();
  }
});
