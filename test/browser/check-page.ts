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
const views = [
  { width: 400, colorScheme: 'light' },
  { width: 1280, colorScheme: 'dark' },
] as const;
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
  await page.evaluate(axe);
  const found = (await page.evaluate('axe.run(document, { resultTypes: ["violations"] })')) as {
    violations: { id: string; impact: string; nodes: { html: string; failureSummary?: string }[] }[];
  };
  return found.violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 200)} ${failureSummary}`),
    );
}

/** The skip link comes first, and leads to the text; the button turns light into dark and back. */
async function useKeyboard(page: Page): Promise<void> {
  const theme = () => page.evaluate(() => document.documentElement.dataset.theme);
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => document.activeElement?.className), 'skip');
  const before = await theme();
  await page.locator('#theme').focus();
  await page.keyboard.press('Enter');
  assert.notEqual(await theme(), before);
  await page.keyboard.press('Enter');
  assert.equal(await theme(), before);
}

async function look(page: Page, { path, charts }: Expected, width: number): Promise<void> {
  const faults = watch(page);
  await page.goto(pathToFileURL(resolve(path)).href);
  await page
    .waitForFunction((n) => n === Number(document.documentElement.dataset.charts ?? 0), charts, {
      timeout: 30_000,
    })
    .catch(() => undefined);
  await useKeyboard(page);
  await page.waitForTimeout(200);
  mkdirSync(artefacts, { recursive: true });
  const picture = `${artefacts}/${basename(path, '.html')}-${width}.png`;
  await page.screenshot({ path: picture, fullPage: true });
  const seen = await page.evaluate(measure);
  assert.equal(seen.charts.length, charts, `charts drawn at ${width} px`);
  for (const { id, marks, width: box, drawn: svg, cut, paper } of seen.charts) {
    assert.deepEqual(cut, [], `${id} has texts beyond its edge at ${width} px`);
    assert.equal(paper, seen.paper, `${id} is on paper of another colour at ${width} px`);
    assert.ok(marks > 0, `${id} shows no mark at ${width} px`);
    assert.ok(svg > 0 && svg <= box + 1, `${id} is ${svg} px wide in ${box} px`);
  }
  assert.ok(seen.overflow <= 0, `the page is ${seen.overflow} px wider than ${width} px`);
  await page.evaluate(() => {
    for (const part of document.querySelectorAll('details')) part.open = true;
  });
  assert.deepEqual(await violations(page), [], `axe-core at ${width} px`);
  assert.deepEqual(faults, [], `at ${width} px`);
}

async function checkAt(browser: Browser, expected: Expected, view: (typeof views)[number]): Promise<void> {
  const { width, colorScheme } = view;
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme });
  const requests: string[] = [];
  try {
    await context.setOffline(true);
    await context.route(/^(?!file:|data:|blob:)/, (route) => {
      requests.push(route.request().url());
      return route.abort();
    });
    await look(await context.newPage(), expected, width);
    assert.deepEqual(requests, [], 'the page asks nobody');
  } finally {
    await context.close();
  }
}

/** Opens pages without network, narrow in light and wide in dark, and holds that they draw their charts, can be used by keyboard and with a screen reader, and do nothing else. */
export async function checkPages(pages: readonly Expected[]): Promise<void> {
  const browser = await openBrowser();
  try {
    for (const page of pages) {
      const { size } = statSync(page.path);
      assert.ok(size < MAX_BYTES, `${page.path} has ${size} bytes`);
      for (const view of views) await checkAt(browser, page, view);
    }
  } finally {
    await browser.close();
  }
}
