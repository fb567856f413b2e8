import { escapeControls } from '../printable.js';

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

/** JSON that can stand in a <script> element: no end tag, no comment, no line ends of older JavaScript. */
export function scriptJson(value: unknown): string {
  return JSON.stringify(value)
    .replace(/</g, '\\u003c')
    .replace(/\u2028/g, '\\u2028')
    .replace(/\u2029/g, '\\u2029');
}
