import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import { escapeControls } from '../printable.js';
import type { Figure } from './figure.js';

/** One thing to show, in every form a viewer may ask for. */
export type Bundle = Readonly<Record<string, string | object>>;

/** Rows as objects, or columns with rows (or danfojs' `values`) as arrays. */
export type Table =
  | readonly object[]
  | { readonly columns: readonly string[]; readonly rows: readonly (readonly unknown[])[] }
  | { readonly columns: readonly string[]; readonly values: unknown };

export interface TableOptions {
  readonly caption?: string;
  /** Rows shown at most; the table says of how many. @default 20 */
  readonly max?: number;
}

const config = { responsive: true, displaylogo: false };
const plotlyMime = 'application/vnd.plotly.v1+json';
/** Below Jupyter's `static/`; lib/jupyter/plotly-bundle.ts puts it there. */
const bundlePath = 'static/banbook/plotly.min.js';

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text as HTML; control characters, which attackers put into names, are shown. */
export const escapeHtml = (text: string): string =>
  escapeControls(text).replace(/[&<>"']/g, (char) => entities[char] ?? char);

/** Applies to each line what is not made for line ends and tabs. */
const byLine = (text: string, change: (line: string) => string): string => text.replace(/[^\n\t]+/g, change);

/** JSON that can stand in a <script> element: no end tag, no comment, no line ends of older JavaScript. */
export function scriptJson(value: unknown): string {
  return JSON.stringify(value)
    .replace(/</g, '\\u003c')
    .replace(/\u2028/g, '\\u2028')
    .replace(/\u2029/g, '\\u2029');
}

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

interface Grid {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly unknown[])[];
}

function gridOf(table: Table): Grid {
  if ('columns' in table) {
    const rows = 'rows' in table ? table.rows : (table.values as unknown[][]);
    return { columns: table.columns, rows };
  }
  const columns = [...new Set(table.flatMap((row) => Object.keys(row)))];
  return { columns, rows: table.map((row) => columns.map((column) => Reflect.get(row, column))) };
}

const isMissing = (value: unknown): boolean =>
  value == null || (typeof value === 'number' && Number.isNaN(value));

const isNumber = (value: unknown): value is number | bigint =>
  (typeof value === 'number' || typeof value === 'bigint') && !isMissing(value);

function cellText(value: unknown): string {
  if (isMissing(value)) return '–';
  // A share with its sixteen digits hides the rest of the table; the frames and findings.csv keep them.
  if (typeof value === 'number' && !Number.isInteger(value)) return String(Number(value.toPrecision(6)));
  return value instanceof Date ? value.toISOString() : escapeControls(String(value));
}

const right = ' style="text-align:right"';

function cellHtml(value: unknown, align: string): string {
  return `<td${isMissing(value) ? ' class="missing"' : ''}${align}>${escapeHtml(cellText(value))}</td>`;
}

const countText = (shown: number, all: number): string =>
  shown < all ? `${shown} of ${all} rows` : `${all} ${all === 1 ? 'row' : 'rows'}`;

/** A table as HTML, every cell escaped. */
export function tableHtml(table: Table, { caption, max = 20 }: TableOptions = {}): string {
  const { columns, rows } = gridOf(table);
  const shown = rows.slice(0, max);
  const title = [caption, countText(shown.length, rows.length)]
    .filter((part) => part !== undefined)
    .join(' · ');
  const aligns = columns.map((_, i) => (shown.some((row) => isNumber(row[i])) ? right : ''));
  const head = columns.map((column, i) => `<th scope="col"${aligns[i]}>${escapeHtml(column)}</th>`).join('');
  const body = shown.map((row) => `<tr>${aligns.map((align, i) => cellHtml(row[i], align)).join('')}</tr>`);
  return [
    '<div class="banbook-table" style="overflow-x:auto">',
    `<table><caption>${escapeHtml(title)}</caption>`,
    `<thead><tr>${head}</tr></thead>`,
    `<tbody>${body.join('\n')}</tbody></table></div>`,
  ].join('\n');
}

/** A table as text, columns apart by two spaces. */
export function tableText(table: Table, { caption, max = 20 }: TableOptions = {}): string {
  const { columns, rows } = gridOf(table);
  const shown = rows.slice(0, max);
  const lines = [columns, ...shown.map((row) => columns.map((_, i) => cellText(row[i])))];
  const widths = columns.map((_, i) =>
    lines.reduce((width, line) => Math.max(width, line[i]?.length ?? 0), 0),
  );
  const text = lines.map((line) =>
    line
      .map((cell, i) => cell.padEnd(widths[i] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  return [...(caption === undefined ? [] : [caption]), ...text, countText(shown.length, rows.length)].join(
    '\n',
  );
}

/** Text as it is, monospaced. */
export function textBundle(text: string): Bundle {
  return {
    'text/html': `<pre>${byLine(text, escapeHtml)}</pre>`,
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

/** Shows a statistic's SQL. */
export function showSql(sql: string): void {
  showText(sql.trim());
}

/** Shows raw lines, such as those that a number was counted from. */
export function showLines(lines: Iterable<string>): void {
  showText([...lines].join('\n'));
}
