/** The line with which logwatch 7 begins a report of text. */
export const reportHead = /^ ?#{10,} {1,4}Logwatch \d/;

/** Of a file in base64, lines of some letters each. */
const base64Line = /^[A-Za-z0-9+/]{4,76}={0,2}$/;

/**
 * The text of a report that logwatch wrote to a file in base64 (`--encode base64 --output file`): without a header, and
 * with each of its parts padded for itself.
 * @returns null for any other text
 */
export function encodedReport(text: string): string | null {
  const start = text.slice(0, 400).split(/\r?\n/, 4);
  if (!base64Line.test(start[0] ?? '') || !isHead(decoded(start.slice(0, 3).join('\n')))) return null;
  return decoded(text);
}

const isHead = (text: string): boolean => text.split('\n', 5).some((line) => reportHead.test(line));

const decoded = (text: string): string =>
  Buffer.concat(text.split(/(?<==)\s+/).map((part) => Buffer.from(part, 'base64'))).toString();
