import { scriptJson } from '../figures/html.js';
import { openBrowser } from './chromium.js';
import { palettePng } from './palette-png.js';
import { plotlyBundle } from './plotly-bundle.js';
import type { Chart } from './stills.js';

/** Pixels; about the width of a notebook's text on GitHub. */
const WIDTH = 680;

/** Runs in the page, sent as text: draws a figure and gives its pixels, RGBA in base64. */
const pixelsScript = `async function pixels(figure, width, height) {
  const image = new Image();
  image.src = await window.Plotly.toImage(figure, { format: 'png', width, height });
  await image.decode();
  const context = Object.assign(document.createElement('canvas'), { width, height }).getContext('2d');
  context.drawImage(image, 0, 0);
  const { data } = context.getImageData(0, 0, width, height);
  return btoa(Array.from(data, (byte) => String.fromCharCode(byte)).join(''));
}`;

/** Draws charts in Chromium, with the plotly.js of the pages and without network; PNG in base64 by the charts' ids. */
export async function drawStills(charts: readonly Chart[]): Promise<Map<string, string>> {
  const stills = new Map<string, string>();
  if (charts.length === 0) return stills;
  const browser = await openBrowser();
  try {
    const context = await browser.newContext({ offline: true });
    const page = await context.newPage();
    await page.addScriptTag({ path: await plotlyBundle() });
    for (const { id, data, layout } of charts) {
      const height = layout.height ?? 450; // Plotly's own
      const figure = { data, layout: { ...layout, autosize: false } };
      const values = [figure, WIDTH, height].map(scriptJson).join(', ');
      const base64 = await page.evaluate<string>(`(${pixelsScript})(${values})`);
      const png = palettePng({ width: WIDTH, height, bytes: Buffer.from(base64, 'base64') });
      stills.set(id, png.toString('base64'));
    }
  } finally {
    await browser.close();
  }
  return stills;
}
