/**
 * Where entries of journalctl's export format end: at the first line that is blank and not within a binary field.
 * A field whose value holds a line end or a control character is binary: its name, LF, eight bytes of length
 * (little-endian), the value, LF. The value may hold blank lines, and whole entries that somebody made up.
 */

/** A longer value is taken for damage: its length would pass over all entries behind it. */
const longestField = 1024 * 1024;
const binaryName = /^[A-Z_][A-Z0-9_]{0,63}$/;
const longestName = 64;

/**
 * @param text latin1, one character a byte
 * @param start where an entry begins
 * @param whole true when nothing follows the text: a field that it does not hold is then damage
 * @returns where the entry's blank line begins; the text's length when it ends without one; null when more text is
 *   needed to tell
 */
export function endOfEntry(text: string, start: number, whole: boolean): number | null {
  let at = start;
  while (at < text.length) {
    if (text.charCodeAt(at) === lf) return at;
    const end = text.indexOf('\n', at);
    if (end < 0) break;
    const behind =
      end - at <= longestName && binaryName.test(text.slice(at, end)) ? field(text, end + 1, whole) : end + 1;
    if (behind === 'more' && !whole) return null;
    // What is no field is damaged: the next blank line ends the entry.
    at = typeof behind === 'number' ? behind : end + 1;
  }
  return whole ? text.length : null;
}

const lf = 10;
const lengthSize = 8;

/** Where the line behind a binary field begins. */
function field(text: string, at: number, whole: boolean): number | 'more' | 'none' {
  if (at + lengthSize > text.length) return 'more';
  const length = Number(Buffer.from(text.slice(at, at + lengthSize), 'latin1').readBigUInt64LE());
  if (length > longestField) return 'none';
  const end = at + lengthSize + length;
  if (whole && end === text.length) return end;
  if (end >= text.length) return 'more';
  return text.charCodeAt(end) === lf ? end + 1 : 'none';
}
