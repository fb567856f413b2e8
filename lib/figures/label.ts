/** Code points that change or hide text: control characters as #ooo, those without a shape as their number. */
const visible = (text: string): string =>
  text
    .replace(/[\u0000-\u001f\u007f-\u009f]/g, (char) => `#${char.charCodeAt(0).toString(8).padStart(3, '0')}`)
    .replace(
      /[\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu,
      (char) => `<U+${(char.codePointAt(0) ?? 0).toString(16).toUpperCase()}>`,
    );

/**
 * Text that Plotly shows letter by letter: it takes tags and entities for formatting, and text between dollars
 * for a formula where MathJax is loaded.
 */
export const escapeLabel = (text: string): string =>
  visible(text).replace(/[&<>$]/g, (char) => `&#${char.charCodeAt(0)};`);

const wides = '\\u1100-\\u115f\\u2e80-\\uffdc\\u{1f000}-\\u{3ffff}';
const wide = new RegExp(`[${wides}]`, 'u');
const piece = new RegExp(`\\([^() ]{1,10}\\)|[${wides}][)、。」]*|[^${wides} ]* +|[^${wides} ]+`, 'gu');

/** Width of a text in columns; wide characters of Japanese take two. */
export const widthOf = (text: string): number =>
  [...text].reduce((sum, char) => sum + (wide.test(char) ? 2 : 1), 0);

/** The beginning of a long text with an ellipsis. @param width in columns, the ellipsis among them */
export function cut(text: string, width = 32): string {
  const shown = visible(text);
  if (widthOf(shown) <= width) return text;
  let kept = '';
  for (const char of shown) {
    if (widthOf(kept + char) >= width) break;
    kept += char;
  }
  return `${kept}…`;
}

/** Where a text may be broken: after a space, around a wide character, which has no spaces beside it, and around short words in parentheses. */
export const pieces = (text: string): string[] => text.match(piece) ?? [];

/** Joins parts to lines of at most a width, with Plotly's line break between the lines. */
export function wrap(parts: readonly string[], glue: string, width: number): { text: string; lines: number } {
  const lines: string[] = [];
  for (const part of parts) {
    const last = lines.at(-1);
    const joined = last === undefined ? part : `${last}${glue}${part}`;
    if (last !== undefined && widthOf(joined.trimEnd()) <= width) lines[lines.length - 1] = joined;
    else lines.push(part);
  }
  return { text: lines.map((line) => escapeLabel(line.trimEnd())).join('<br>'), lines: lines.length };
}
