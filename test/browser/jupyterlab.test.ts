import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import test, { type TestContext } from 'node:test';
import type { Page } from 'playwright-core';
import { openBrowser } from '../../lib/jupyter/chromium.js';
import { tempFolder, writeNotebook } from '../jupyter/temp-notebook.js';
import { artefacts } from './check-page.js';
import { startLab } from './jupyterlab.js';
import { noBrowser } from './no-browser.js';

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

/** Opens a notebook in JupyterLab, runs all of its cells, waits for the first chart, and hands the page on. */
async function inLab(
  t: TestContext,
  notebook: string,
  look: (page: Page) => Promise<void>,
  before: (page: Page) => Promise<void> = async () => {},
): Promise<void> {
  const lab = await startLab(dirname(notebook), join(tempFolder(t), 'state'));
  const browser = await openBrowser();
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    const requests = outside(page);
    await page.goto(lab.url(`lab/tree/${basename(notebook)}`));
    await before(page);
    await runAllCells(page);
    mkdirSync(artefacts, { recursive: true });
    const drawn = page.locator('.js-plotly-plot .main-svg').first();
    try {
      await drawn.waitFor({ timeout: 120_000 });
      await look(page);
      await drawn.scrollIntoViewIfNeeded();
      await page.waitForTimeout(1000);
      const bar = await page.locator('.js-plotly-plot .barlayer .point path').first().boundingBox();
      assert.ok(bar && bar.height > 1 && bar.width > 1, 'the bars have a size');
    } finally {
      // The picture is taken in either case: it tells why there is no chart.
      await page.screenshot({ path: `${artefacts}/lab-${basename(notebook, '.ipynb')}.png` });
    }
    assert.deepEqual(requests, [], 'nothing is asked of another host');
  } finally {
    await browser.close();
    await lab.stop();
  }
}

test('JupyterLab draws a chart and stops at a failing cell', { skip: noBrowser, timeout: 240_000 }, (t) =>
  inLab(t, writeNotebook(join(tempFolder(t), 'one-chart.ipynb'), cells), async (page) => {
    const outputs = page.locator('.jp-OutputArea-output');
    await outputs.filter({ hasText: 'RangeError: boom' }).filter({ hasText: 'In [3], line 1' }).waitFor();
    await page.waitForTimeout(1000);
    assert.equal(await outputs.filter({ hasText: 'not reached' }).count(), 0, 'cells behind it do not run');
  }),
);

const frames = process.env.BANBOOK_FRAMES;
/** JupyterLab runs no script of a notebook that it does not trust; the picture has to be there without. */
async function seeStill(page: Page): Promise<void> {
  const still = page.locator('.jp-OutputArea-output img[src^="data:image/png"]');
  await still.waitFor({ timeout: 60_000 });
  assert.match(String(await still.getAttribute('alt')), /^SSH bans .*655 bans/);
  const width = await still.evaluate((image) => (image as HTMLImageElement).naturalWidth);
  assert.equal(width, 680);
}

test("JupyterLab shows the picture in one of the project's notebooks, then runs it to its end", {
  skip: noBrowser || (frames ? false : 'BANBOOK_FRAMES does not name a folder of frames; make test does'),
  timeout: 240_000,
}, async (t) => {
  // A copy, since JupyterLab saves what it has open; within the project, where the kernel finds banbook.
  const copy = join(artefacts, 'lab', '02-ssh-bans-by-month.ipynb');
  mkdirSync(dirname(copy), { recursive: true });
  copyFileSync(new URL('../../notebooks/02-ssh-bans-by-month.ipynb', import.meta.url), copy);
  const agree = (page: Page) =>
    page.getByText('SQL and danfojs agree.', { exact: true }).waitFor({ timeout: 60_000 });
  await inLab(t, copy, agree, seeStill);
});
