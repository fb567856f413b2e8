/** Consecutive lines without their line ends. */
export interface LineBatch {
  /** Number of the first line, from 1. */
  readonly first: number;
  readonly lines: string[];
}

/** Longer lines are cut here: no daemon writes such a line, and one must not take the memory of all others. */
export const longestLine = 64 * 1024;

/**
 * Cuts bytes into lines at LF; a CR before it goes, a last line without LF counts. Blocks are cut at line ends
 * before they are decoded, so a character is never split.
 * @param encoding `latin1` keeps every byte (mails decode themselves), `utf8` replaces what is not valid
 */
export async function* readLines(
  content: AsyncIterable<Buffer>,
  encoding: 'utf8' | 'latin1' = 'utf8',
): AsyncGenerator<LineBatch> {
  let first = 1;
  for await (const block of readBlocks(content)) {
    const lines = linesOf(block.toString(encoding), first);
    yield { first, lines };
    first += lines.length;
  }
}

/** Lines of a text that ends with a line, numbered from `first`. */
export function linesOf(text: string, first: number): string[] {
  const lines = text.split('\n');
  if (text.endsWith('\n')) lines.pop();
  return lines.map((line, i) => tidyLine(line, first + i));
}

// A byte order mark, which some editors put in front, is not part of the first line; decoded as UTF-8 and as latin1.
const marks = ['\ufeff', '\u00ef\u00bb\u00bf'];

/** A line without CR, without what a crash or an editor put before it, and of bounded length. */
export function tidyLine(line: string, number: number): string {
  const mark = number === 1 ? marks.find((mark) => line.startsWith(mark)) : undefined;
  const end = line.endsWith('\r') ? line.length - 1 : line.length;
  let start = mark?.length ?? 0;
  // A crash can leave a run of NULs before a good line; the line behind it is kept.
  while (line.charCodeAt(start) === 0) start++;
  return start === 0 && end === line.length && end <= longestLine
    ? line
    : line.slice(start, Math.min(end, start + longestLine));
}

/**
 * Cuts bytes into blocks of whole lines; only the last may be without a line end. Of a line that is longer than
 * any, the rest is dropped; so are the NULs before a line.
 * @param size a block has about as many bytes
 * @param binary true where NULs before a line are kept
 */
export async function* readBlocks(
  content: AsyncIterable<Buffer>,
  size = 256 * 1024,
  binary = false,
): AsyncGenerator<Buffer> {
  for await (const parts of readParts(content, size, binary)) yield Buffer.concat(parts);
}

/** The same blocks, each in the parts that it was read in: who puts something before it copies it once. */
export async function* readParts(
  content: AsyncIterable<Buffer>,
  size: number,
  binary = false,
): AsyncGenerator<Buffer[]> {
  const lineStart = binary ? (bytes: Buffer) => bytes : withoutNuls;
  let held: Buffer[] = [];
  let heldSize = 0;
  /** Bytes of the line that has begun and not ended. */
  let open = 0;
  let failure = null as { error: unknown } | null;
  const pieces = upToFailure(content, (error) => {
    failure = { error };
  });
  for await (const piece of pieces) {
    const end = piece.lastIndexOf(10) + 1;
    if (end === 0 && open > longestLine) continue;
    if (end > 0) {
      held.push(piece.subarray(0, end));
      heldSize += end;
      open = 0;
      if (heldSize >= size) {
        yield held;
        held = [];
        heldSize = 0;
      }
    }
    const tail = open === 0 ? lineStart(piece.subarray(end)) : piece.subarray(end);
    if (tail.length === 0) continue;
    held.push(tail);
    heldSize += tail.length;
    open += tail.length;
  }
  if (failure === null) {
    if (heldSize > 0) yield held;
    return;
  }
  // A line that breaks off where the file is damaged says something else than it did.
  const rest = Buffer.concat(held);
  const end = rest.lastIndexOf(10) + 1;
  if (end > 0) yield [rest.subarray(0, end)];
  throw failure.error;
}

/** What comes, up to its end or to where it throws: what has come before that counts. */
export async function* upToFailure<T>(
  source: AsyncIterable<T>,
  onFailure: (error: unknown) => void,
): AsyncGenerator<T> {
  try {
    yield* source;
  } catch (error) {
    onFailure(error);
  }
}

/** Bytes from the first that is no NUL on. */
export function withoutNuls(bytes: Buffer): Buffer {
  const start = bytes.findIndex((byte) => byte !== 0);
  return bytes.subarray(start < 0 ? bytes.length : start);
}
