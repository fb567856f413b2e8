import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { openBrowser } from '../../lib/jupyter/chromium.js';
import { root } from '../../lib/jupyter/paths.js';

/** Folder of screenshots, for a person to look at. */
export const artefacts = `${root}test/artefacts`;

const MAX_BYTES = 8_000_000;
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface Expected {
  readonly path: string;
  readonly charts: number;
}

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
    marks: plot.querySelectorAll(
      '.main-svg .trace, .main-svg .hm, .main-svg .slice, .main-svg .choroplethlayer path',
    ).length,
    width: plot.getBoundingClientRect().width,
    drawn: plot.querySelector('.main-svg')?.getBoundingClientRect().width ?? 0,
    cut: Array.from(plot.querySelectorAll('.main-svg text'))
      .filter((text) => {
        const [inner, outer] = [text.getBoundingClientRect(), plot.getBoundingClientRect()];
        return inner.width > 0 && (inner.left < outer.left - 1 || inner.right > outer.right + 1);
      })
      .map((text) => text.textContent),
    paper: getComputedStyle(plot.querySelector('.main-svg') ?? plot).backgroundColor,
  }));
  return {
    charts,
    paper: getComputedStyle(document.documentElement).backgroundColor,
    overflow: document.documentElement.scrollWidth - window.innerWidth,
  };
}

/** What axe-core finds serious or critical, with the place. */
async function violations(page: Page): Promise<string[]> {
  const found = (await page.evaluate('axe.run(document, { resultTypes: ["violations"] })')) as {
    violations: { id: string; impact: string; nodes: { html: string; failureSummary?: string }[] }[];
  };
  return found.violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 200)} ${failureSummary}`),
    );
}

const theme = (page: Page): Promise<string | undefined> =>
  page.evaluate(() => document.documentElement.dataset.theme);

/** Turns light into dark or back, by keyboard. */
async function turn(page: Page): Promise<void> {
  const before = await theme(page);
  await page.locator('#theme').focus();
  await page.keyboard.press('Enter');
  assert.notEqual(await theme(page), before);
  await page.waitForTimeout(100);
}

/** The skip link comes first; the table behind a chart opens, and saves as CSV what its link holds. */
async function useKeyboard(page: Page): Promise<void> {
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => document.activeElement?.className), 'skip');
  const data = page.locator('details.banbook-data').first();
  if ((await data.count()) === 0) return;
  await data.locator('summary').focus();
  await page.keyboard.press('Enter');
  assert.ok(await data.evaluate((element) => (element as HTMLDetailsElement).open));
  const link = data.locator('a[download]');
  await link.focus();
  const [saved] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Enter')]);
  assert.equal(saved.suggestedFilename(), await link.getAttribute('download'));
  const href = String(await link.getAttribute('href'));
  const text = decodeURIComponent(href.slice(href.indexOf(',') + 1));
  assert.equal(readFileSync(await saved.path(), 'utf8'), text);
  assert.match(text, /^\w+(,\w+)*\n/);
}

/** Charts drawn in the page's own colours, nothing cut, no sideways scroll; a screenshot for a person. */
async function look(page: Page, { path, charts }: Expected, view: string): Promise<void> {
  mkdirSync(artefacts, { recursive: true });
  const picture = `${artefacts}/${basename(path, '.html')}-${view.replace(' ', '-')}.png`;
  await page.screenshot({ path: picture, fullPage: true });
  const seen = await page.evaluate(measure);
  assert.equal(seen.charts.length, charts, `charts drawn, ${view}`);
  for (const { id, marks, width: box, drawn: svg, cut, paper } of seen.charts) {
    assert.deepEqual(cut, [], `${id} has texts beyond its edge, ${view}`);
    assert.equal(paper, seen.paper, `${id} is on paper of another colour, ${view}`);
    assert.ok(marks > 0, `${id} shows no mark, ${view}`);
    assert.ok(svg > 0 && svg <= box + 1, `${id} is ${svg} px wide in ${box} px, ${view}`);
  }
  assert.ok(seen.overflow <= 0, `the page is ${seen.overflow} px too wide, ${view}`);
}

/** On paper a picture stands for each chart, and what only a screen can do is left out. */
async function lookAtPrint(page: Page, charts: number): Promise<void> {
  await page.setViewportSize({ width: 700, height: 990 }); // A4 within its margins
  await page.emulateMedia({ media: 'print' });
  const shown = (selector: string): Promise<number> =>
    page
      .locator(selector)
      .evaluateAll((all) => all.filter((element) => element.getClientRects().length > 0).length);
  const seen = {
    pictures: await shown('.banbook-print'),
    screen: await shown('.js-plotly-plot, nav, button, details.code'),
    isTooWide: await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth),
  };
  assert.deepEqual(seen, { pictures: charts, screen: 0, isTooWide: false }, 'on paper');
}

const open = (page: Page): Promise<void> =>
  page.evaluate(() => {
    for (const part of document.querySelectorAll('details')) part.open = true;
  });

/** Narrow and light, wide and dark, and on paper. The page is loaded once, since that takes longest. */
async function useEverywhere(page: Page, expected: Expected): Promise<void> {
  const { path, charts } = expected;
  await page.goto(pathToFileURL(resolve(path)).href);
  await page
    .waitForFunction((n) => n === Number(document.documentElement.dataset.charts ?? 0), charts, {
      timeout: 30_000,
    })
    .catch(() => undefined);
  await page.evaluate(axe);
  await look(page, expected, '400 light');
  await useKeyboard(page);
  await open(page);
  assert.deepEqual(await violations(page), [], 'axe-core, 400 light');
  await page.setViewportSize({ width: 1280, height: 900 });
  await turn(page);
  await look(page, expected, '1280 dark');
  assert.deepEqual(await violations(page), [], 'axe-core, 1280 dark');
  await lookAtPrint(page, charts);
}

async function checkPage(browser: Browser, expected: Expected): Promise<void> {
  const context = await browser.newContext({ viewport: { width: 400, height: 900 }, colorScheme: 'light' });
  const requests: string[] = [];
  try {
    await context.setOffline(true);
    await context.route(/^(?!file:|data:|blob:)/, (route) => {
      requests.push(route.request().url());
      return route.abort();
    });
    const page = await context.newPage();
    const faults = watch(page);
    await useEverywhere(page, expected);
    assert.deepEqual(faults, []);
    assert.deepEqual(requests, [], 'the page asks nobody');
  } catch (error) {
    throw new Error(`${expected.path}: ${error instanceof Error ? error.message : String(error)}`);
  } finally {
    await context.close();
  }
}

/**
 * Opens pages without network, narrow and wide, light and dark and on paper, and holds that they draw their charts, can
 * be used by keyboard and with a screen reader, and do nothing else.
 */
export async function checkPages(pages: readonly Expected[]): Promise<void> {
  const browser = await openBrowser();
  try {
    for (const page of pages) {
      const { size } = statSync(page.path);
      assert.ok(size < MAX_BYTES, `${page.path} has ${size} bytes`);
      await checkPage(browser, page);
    }
  } finally {
    await browser.close();
  }
}
