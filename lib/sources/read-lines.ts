/** Consecutive lines without their line ends. */
export interface LineBatch {
  /** Number of the first line, from 1. */
  readonly first: number;
  readonly lines: string[];
}

/** Longer lines are cut here: no daemon writes such a line, and one must not take the memory of all others. */
export const longestLine = 64 * 1024;

/**
 * Cuts bytes into lines at LF; a CR before it goes, a last line without LF counts. Pieces are cut at line ends
 * before they are decoded, so a character is never split.
 * @param encoding `latin1` keeps every byte (mails decode themselves), `utf8` replaces what is not valid
 */
export async function* readLines(
  content: AsyncIterable<Buffer>,
  encoding: 'utf8' | 'latin1' = 'utf8',
): AsyncGenerator<LineBatch> {
  const mark = Buffer.from([0xef, 0xbb, 0xbf]).toString(encoding);
  let first = 1;
  let rest: Buffer[] = [];
  let restSize = 0;
  const batch = (bytes: Buffer): LineBatch => {
    const lines = bytes.toString(encoding).split('\n').map(tidy);
    // A byte order mark, which some editors put in front, is not part of the first line.
    if (first === 1 && lines[0]?.startsWith(mark)) lines[0] = lines[0].slice(mark.length);
    const result = { first, lines };
    first += lines.length;
    return result;
  };
  for await (const piece of content) {
    const end = piece.lastIndexOf(10);
    if (end < 0) {
      const more = restSize === 0 ? withoutNuls(piece) : piece;
      if (restSize <= longestLine) rest.push(more);
      restSize += more.length;
      continue;
    }
    yield batch(Buffer.concat([...rest, piece.subarray(0, end)]));
    const begun = withoutNuls(piece.subarray(end + 1));
    rest = [begun];
    restSize = begun.length;
  }
  if (restSize > 0) yield batch(Buffer.concat(rest));
}

/** Bytes from the first that is no NUL on. */
export function withoutNuls(bytes: Buffer): Buffer {
  const start = bytes.findIndex((byte) => byte !== 0);
  return bytes.subarray(start < 0 ? bytes.length : start);
}

/** A crash can leave a run of NULs before a good line; the line behind it is kept. */
function tidy(line: string): string {
  const end = line.endsWith('\r') ? line.length - 1 : line.length;
  let start = 0;
  while (line.charCodeAt(start) === 0) start++;
  return start === 0 && end === line.length && end <= longestLine
    ? line
    : line.slice(start, Math.min(end, start + longestLine));
}
