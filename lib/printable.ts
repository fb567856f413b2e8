/**
 * A hostile text made harmless for a terminal, a table or a spreadsheet cell: control characters, and those that
 * turn the direction of text, become `#` and their octal number, as rsyslog writes control characters.
 */
export function escapeControls(text: string): string;
export function escapeControls(text: string | null): string | null;
export function escapeControls(text: string | null): string | null {
  if (text === null) return null;
  return text.replace(
    /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/g,
    (c) => `#${c.charCodeAt(0).toString(8).padStart(3, '0')}`,
  );
}

/** @returns the text, or as much of it as fits, ending in … */
export function cut(text: string, longest: number): string {
  return text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
}

/** Longest text that a cell of a frame keeps: names and networks are short; one that is longer is an attack. */
const longestCell = 1000;

/** A text from the input as a frame keeps it: without control characters, and of bounded length. */
export function cellText(text: string): string;
export function cellText(text: string | null): string | null;
export function cellText(text: string | null): string | null {
  return text === null ? null : cut(escapeControls(text), longestCell);
}
