import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import { escapeControls } from '../printable.js';
import type { Figure } from './figure.js';
import { figureTableHtml } from './figure-table.js';
import { escapeHtml, scriptJson } from './html.js';
import { type Table, type TableOptions, tableHtml, tableText } from './table-html.js';

/** One thing to show, in every form a viewer may ask for. */
export type Bundle = Readonly<Record<string, string | object>>;

const config = { responsive: true, displaylogo: false };
export const plotlyMime = 'application/vnd.plotly.v1+json';
/** Below Jupyter's `static/`; lib/jupyter/plotly-bundle.ts puts it there. */
const bundlePath = 'static/banbook/plotly.min.js';

/** Applies to each line what is not made for line ends and tabs. */
const byLine = (text: string, change: (line: string) => string): string => text.replace(/[^\n\t]+/g, change);

/** Id of a figure's element: the same for the same figure and place, so that a second run changes nothing. */
function figureId({ data, layout, name }: Figure, index: number): string {
  const hash = createHash('sha256')
    .update(JSON.stringify([name, data, layout]))
    .digest('hex')
    .slice(0, 10);
  const slug = name.toLowerCase().replace(/[^a-z0-9]+/g, '-');
  return `banbook-${slug}-${hash}-${index}`;
}

/**
 * Runs in the page, sent as text: draws as soon as plotly.js is there. On a Jupyter page it asks Jupyter for it, from
 * the same host; elsewhere the page has to hold it. Until then, and without scripts, the alternative text stays.
 */
const drawScript = `function draw(id, data, layout, config, path) {
  var tries = 0;
  function load() {
    var page = document.getElementById('jupyter-config-data');
    if (!page || document.getElementById('banbook-plotly')) return;
    var script = document.createElement('script');
    script.id = 'banbook-plotly';
    script.src = (JSON.parse(page.textContent).baseUrl || '/') + path;
    document.head.appendChild(script);
  }
  function attempt() {
    var element = document.getElementById(id);
    if (element && window.Plotly) {
      var words = element.innerHTML;
      element.textContent = '';
      Promise.resolve()
        .then(function () { return window.Plotly.newPlot(element, data, layout, config); })
        .catch(function (error) { element.innerHTML = words; console.error(error); });
      return;
    }
    if (!window.Plotly && tries === 0) load();
    if (++tries < 400) setTimeout(attempt, 50);
  }
  attempt();
}`;

function figureHtml(figure: Figure, index: number): string {
  const id = figureId(figure, index);
  const words = escapeHtml(figure.alt);
  const { height } = figure.layout;
  const pixels = typeof height === 'number' ? height : 450; // 450 is Plotly's own height
  const values = [id, figure.data, figure.layout, config, bundlePath].map(scriptJson).join(', ');
  return [
    `<div id="${id}" class="banbook-chart" role="img" aria-label="${words}" style="width:100%;min-height:${pixels}px">`,
    `<p>${words}</p></div>`,
    ...(figure.table ? [figureTableHtml(figure.name, figure.table, figure.locale)] : []),
    `<script>(${drawScript})(${values});</script>`,
  ].join('\n');
}

/** A figure for viewers with Plotly, for browsers, and as words. `index` tells the same figure shown twice apart. */
export function figureBundle(figure: Figure, index: number): Bundle {
  return {
    [plotlyMime]: { data: figure.data, layout: figure.layout, config },
    'text/html': figureHtml(figure, index),
    'text/plain': figure.alt,
  };
}

/** Text as it is, monospaced. */
export function textBundle(text: string): Bundle {
  return {
    'text/html': `<pre tabindex="0">${byLine(text, escapeHtml)}</pre>`,
    'text/plain': byLine(text, escapeControls),
  };
}

type Write = (message: { data: Bundle; metadata: object; transient: object }, update: boolean) => void;

/**
 * Sends one message to the notebook. tslab 1.0.22 (dist/jupyter.js) keeps its writer in `lastWriteDisplayData`; its
 * public `display` sends one form only. A second copy of tslab may be loaded, whose writer is null.
 * Outside a kernel the text is printed.
 */
function send(bundle: Bundle): void {
  const loaded = Object.entries(createRequire(import.meta.url).cache);
  const write = loaded
    .filter(([path]) => /[\\/]tslab[\\/]dist[\\/]jupyter\.js$/.test(path))
    .map(
      ([, module]) =>
        (module?.exports as { lastWriteDisplayData?: Write | null } | undefined)?.lastWriteDisplayData,
    )
    .find((writer) => typeof writer === 'function');
  if (write) write({ data: bundle, metadata: {}, transient: {} }, false);
  else process.stdout.write(`${String(bundle['text/plain'])}\n`);
}

const shownOften = new Map<string, number>();

/** Starts counting anew, for the next notebook in the same kernel. */
export const forgetShown = (): void => shownOften.clear();

/** Shows a chart under the cell. */
export function show(figure: Figure): void {
  const id = figureId(figure, 0);
  const index = (shownOften.get(id) ?? 0) + 1;
  shownOften.set(id, index);
  send(figureBundle(figure, index));
}

/** Shows rows as a table under the cell. */
export function showTable(table: Table, options: TableOptions = {}): void {
  send({ 'text/html': tableHtml(table, options), 'text/plain': tableText(table, options) });
}

/** Shows a text as it is. */
export function showText(text: string): void {
  send(textBundle(text));
}

/** Shows sentences as a paragraph. */
export function showProse(text: string): void {
  send({
    'text/html': `<p class="banbook-prose">${escapeHtml(text)}</p>`,
    'text/plain': escapeControls(text),
  });
}

/** Shows HTML of banbook's own, in which everything from the data is escaped, with the same as text. */
export function showHtml(html: string, text: string): void {
  send({ 'text/html': html, 'text/plain': byLine(text, escapeControls) });
}

/** Shows a statistic's SQL. */
export function showSql(sql: string): void {
  showText(sql.trim());
}

/** Shows raw lines, such as those that a number was counted from. */
export function showLines(lines: Iterable<string>): void {
  showText([...lines].join('\n'));
}
