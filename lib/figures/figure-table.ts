import type { Table } from '../engine/index.js';
import { csvLine } from '../frames/csv.js';
import type { Locale } from './figure.js';
import { escapeHtml } from './html.js';
import { tableHtml } from './table-html.js';
import { wordsIn } from './words.js';

/** Rows of the table under a chart; the CSV has all. */
const MAX_ROWS = 200;

/** The rows behind a chart as CSV, guarded like the frames against spreadsheets that run cells. */
export function tableCsv({ columns, rows }: Table): string {
  const names = columns.map(({ name }) => name);
  return `${names.join(',')}\n${rows.map((row) => csvLine(names, row)).join('')}`;
}

/** The rows behind a chart, folded, with a link that saves them as CSV. It needs no script. */
export function figureTableHtml(name: string, table: Table, locale?: Locale): string {
  const words = wordsIn(locale);
  const names = table.columns.map((column) => column.name);
  const grid = { columns: names, rows: table.rows.map((row) => names.map((key) => row[key] ?? null)) };
  const file = `${name.replace(/[^a-z0-9]+/gi, '-')}.csv`;
  const link = `data:text/csv;charset=utf-8,${encodeURIComponent(tableCsv(table)).replace(/'/g, '%27')}`;
  return [
    `<details class="banbook-data"><summary>${words.dataTable}</summary>`,
    tableHtml(grid, { caption: name, max: MAX_ROWS, ...(locale ? { locale } : {}) }),
    `<p><a download="${file}" href="${escapeHtml(link)}">${words.downloadCsv}</a></p></details>`,
  ].join('\n');
}
