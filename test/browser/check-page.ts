import assert from 'node:assert/strict';
import { mkdirSync, statSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { root } from '../../lib/jupyter/paths.js';
import { openBrowser } from './chromium.js';

/** Folder of screenshots, for a person to look at. */
export const artefacts = `${root}test/artefacts`;

const MAX_BYTES = 8_000_000;
const widths = [400, 1280];

/** What happened on a page that must not happen. */
function watch(page: Page): string[] {
  const faults: string[] = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) faults.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => faults.push(`error: ${error.message}`));
  page.on('dialog', (dialog) => {
    faults.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  return faults;
}

/** Marks (bars, points, lines, cells) of each chart, and how far the page is wider than the window. */
function measure() {
  const charts = Array.from(document.querySelectorAll('.js-plotly-plot')).map((plot) => ({
    id: plot.id,
    marks: plot.querySelectorAll('.main-svg .trace, .main-svg .hm, .main-svg .slice').length,
    width: plot.getBoundingClientRect().width,
    drawn: plot.querySelector('.main-svg')?.getBoundingClientRect().width ?? 0,
  }));
  return { charts, overflow: document.documentElement.scrollWidth - window.innerWidth };
}

async function checkAt(browser: Browser, path: string, width: number, charts: number): Promise<void> {
  const context = await browser.newContext({ viewport: { width, height: 900 } });
  const requests: string[] = [];
  try {
    await context.setOffline(true);
    await context.route(/^(?!file:|data:|blob:)/, (route) => {
      requests.push(route.request().url());
      return route.abort();
    });
    const page = await context.newPage();
    const faults = watch(page);
    await page.goto(pathToFileURL(resolve(path)).href);
    const drawn = `document.querySelectorAll('.js-plotly-plot .main-svg .xy, .js-plotly-plot .main-svg .pielayer *').length`;
    await page
      .waitForFunction(`${drawn} >= ${charts}`, undefined, { timeout: 30_000 })
      .catch(() => undefined);
    await page.waitForTimeout(300);
    mkdirSync(artefacts, { recursive: true });
    const picture = `${artefacts}/${basename(path, '.html')}-${width}.png`;
    await page.screenshot({ path: picture, fullPage: true });
    const seen = await page.evaluate(measure);
    assert.deepEqual(faults, [], `at ${width} px`);
    assert.deepEqual(requests, [], 'the page asks nobody');
    assert.equal(seen.charts.length, charts, `charts drawn at ${width} px`);
    for (const { id, marks, width: box, drawn: svg } of seen.charts) {
      assert.ok(marks > 0, `${id} shows no mark at ${width} px`);
      assert.ok(svg > 0 && svg <= box + 1, `${id} is ${svg} px wide in ${box} px`);
    }
    assert.ok(seen.overflow <= 0, `the page is ${seen.overflow} px wider than ${width} px`);
  } finally {
    await context.close();
  }
}

/** Opens a page without network, narrow and wide, and holds that it draws its charts and does nothing else. */
export async function checkPage(path: string, { charts }: { charts: number }): Promise<void> {
  const { size } = statSync(path);
  assert.ok(size < MAX_BYTES, `${path} has ${size} bytes`);
  const browser = await openBrowser();
  try {
    for (const width of widths) await checkAt(browser, path, width, charts);
  } finally {
    await browser.close();
  }
}
