import { escapeControls } from '../printable.js';
import type { Locale } from './figure.js';
import { escapeHtml } from './html.js';
import { wordsIn } from './words.js';

/** Rows as objects, or columns with rows (or danfojs' `values`) as arrays. */
export type Table =
  | readonly object[]
  | { readonly columns: readonly string[]; readonly rows: readonly (readonly unknown[])[] }
  | { readonly columns: readonly string[]; readonly values: unknown };

export interface TableOptions {
  readonly caption?: string;
  /** Rows shown at most; the table says of how many. @default 20 */
  readonly max?: number;
  /** Language of the count of rows; English when left out. */
  readonly locale?: Locale;
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

/** A table as HTML, every cell escaped. */
export function tableHtml(table: Table, { caption, max = 20, locale }: TableOptions = {}): string {
  const { columns, rows } = gridOf(table);
  const shown = rows.slice(0, max);
  const title = [caption, wordsIn(locale).rows(shown.length, rows.length)]
    .filter((part) => part !== undefined)
    .join(' · ');
  const aligns = columns.map((_, i) => (shown.some((row) => isNumber(row[i])) ? right : ''));
  const head = columns.map((column, i) => `<th scope="col"${aligns[i]}>${escapeHtml(column)}</th>`).join('');
  const body = shown.map((row) => `<tr>${aligns.map((align, i) => cellHtml(row[i], align)).join('')}</tr>`);
  return [
    // It scrolls sideways on a small screen, which a keyboard can only do with what it can reach.
    `<div class="banbook-table" role="region" aria-label="${escapeHtml(title)}" tabindex="0" style="overflow-x:auto">`,
    `<table><caption>${escapeHtml(title)}</caption>`,
    `<thead><tr>${head}</tr></thead>`,
    `<tbody>${body.join('\n')}</tbody></table></div>`,
  ].join('\n');
}

/** A table as text, columns apart by two spaces. */
export function tableText(table: Table, { caption, max = 20, locale }: TableOptions = {}): string {
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
  return [
    ...(caption === undefined ? [] : [caption]),
    ...text,
    wordsIn(locale).rows(shown.length, rows.length),
  ].join('\n');
}
