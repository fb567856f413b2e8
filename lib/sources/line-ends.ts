const lf = 10;
/** A line end in each byte of a word. */
const lfs = 0x0a0a0a0a;

/**
 * Line ends, and a last line without one. Four bytes at a time: in memory that threads share, which pieces of large
 * files are in, a search for each of the line ends takes five times as long.
 */
export function countLines(bytes: Uint8Array): number {
  const { buffer, byteOffset, length } = bytes;
  // Words begin at multiples of four.
  const before = Math.min(length, -byteOffset & 3);
  const words = new Int32Array(buffer, byteOffset + before, (length - before) >> 2);
  const behind = before + 4 * words.length;
  let lines = countOneByOne(bytes, 0, before) + countOneByOne(bytes, behind, length);
  for (let at = 0; at < words.length; ) {
    // In each byte of `counts` the line ends in these places of up to 255 words.
    const end = Math.min(words.length, at + 255);
    let counts = 0;
    for (; at < end; at++) {
      // Of a byte that is a line end nothing is left, and only then no bit of the sum is set.
      const others = (words[at] ?? 0) ^ lfs;
      counts += (~(((others & 0x7f7f7f7f) + 0x7f7f7f7f) | others) >>> 7) & 0x01010101;
    }
    const pairs = (counts & 0x00ff00ff) + ((counts >>> 8) & 0x00ff00ff);
    lines += (pairs & 0xffff) + (pairs >>> 16);
  }
  return length > 0 && bytes[length - 1] !== lf ? lines + 1 : lines;
}

function countOneByOne(bytes: Uint8Array, start: number, end: number): number {
  let lines = 0;
  for (let at = start; at < end; at++) if (bytes[at] === lf) lines++;
  return lines;
}

/**
 * Where the line ends that a place is in, its LF not included; `to` where none comes before. Lines are short: to look
 * at their bytes here takes half as long as a call for each, in memory that threads share.
 */
export function endOfLine(bytes: Uint8Array, start: number, to: number): number {
  let at = start;
  for (const last = to - 3; at < last; at += 4) {
    if (bytes[at] === lf) return at;
    if (bytes[at + 1] === lf) return at + 1;
    if (bytes[at + 2] === lf) return at + 2;
    if (bytes[at + 3] === lf) return at + 3;
  }
  while (at < to && bytes[at] !== lf) at++;
  return at;
}
