/**
 * Bytes that are compared and copied four at a time: a loop over bytes takes four times as long, and a call of
 * Node's own startsWith or copy as long as twenty bytes. The words at the end of a text take up to three bytes more,
 * so what is read has room behind it, and what is written is written from its start to its end.
 */

/** Room behind bytes that are read as words; no text that is looked for is longer. */
export const slack = 512;

/** A text as words. */
export interface Words {
  /** In bytes. */
  readonly length: number;
  /** All of it, filled up with zeros. */
  readonly words: Int32Array;
  /** The bits of the last word that are of the text. */
  readonly mask: number;
}

export function wordsOf(text: string): Words {
  const bytes = Buffer.from(text);
  const view = viewOf(Buffer.concat([bytes, Buffer.alloc(4)]));
  const words = Int32Array.from({ length: (bytes.length + 3) >> 2 }, (_, i) => view.getInt32(4 * i, true));
  return { length: bytes.length, words, mask: (-1 >>> (8 * (-bytes.length & 3))) | 0 };
}

/** The bytes from their start on, and what is behind them in their memory. */
export const viewOf = ({ buffer, byteOffset }: Uint8Array): DataView => new DataView(buffer, byteOffset);

/** The same bytes, copied where there is no room behind them. */
export function withSlack(bytes: Buffer): Buffer {
  if (bytes.buffer.byteLength - bytes.byteOffset - bytes.length >= slack) return bytes;
  const roomy = Buffer.allocUnsafeSlow(bytes.length + slack);
  bytes.copy(roomy);
  return roomy.subarray(0, bytes.length);
}

/** True where a text stands at a place. */
export function standsAt(view: DataView, at: number, { words, mask }: Words): boolean {
  const last = words.length - 1;
  for (let i = 0; i < last; i++) if (view.getInt32(at + 4 * i, true) !== words[i]) return false;
  return ((view.getInt32(at + 4 * last, true) ^ (words[last] ?? 0)) & mask) === 0;
}

/** True where the same bytes, four or more, stand at two places. */
export function isSame(view: DataView, a: number, b: number, length: number): boolean {
  const last = length - 4;
  for (let i = 0; i < last; i += 4)
    if (view.getInt32(a + i, true) !== view.getInt32(b + i, true)) return false;
  return view.getInt32(a + last, true) === view.getInt32(b + last, true);
}

/** Writes a text. @returns where it ends */
export function put({ length, words }: Words, to: DataView, at: number): number {
  for (let i = 0; i < words.length; i++) to.setInt32(at + 4 * i, words[i] ?? 0, true);
  return at + length;
}

/** Copies bytes. @returns where they end */
export function copy(from: DataView, start: number, end: number, to: DataView, at: number): number {
  const shift = at - start;
  for (let i = start; i < end; i += 4) to.setInt32(i + shift, from.getInt32(i, true), true);
  return end + shift;
}

/** Writes the number of a line. @returns where it ends */
export function putNumber(number: number, to: DataView, at: number): number {
  let size = 1;
  for (let power = 10; power <= number; power *= 10) size++;
  let left = number;
  for (let i = at + size - 1; i >= at; i--) {
    // Shorter than Math.floor, and the same up to two thousand million lines.
    const rest = number < 2 ** 31 ? (left / 10) | 0 : Math.floor(left / 10);
    to.setUint8(i, 48 + left - 10 * rest);
    left = rest;
  }
  return at + size;
}

/** A blank within a line. */
export const isBlank = (byte: number | undefined): boolean => byte === 32 || byte === 9;

export const isDigit = (byte: number): boolean => byte >= 48 && byte < 58;

/** The number that two digits write; NaN where there are none. */
export function twoDigits(bytes: Uint8Array, at: number): number {
  const tens = bytes[at] ?? 0;
  const ones = bytes[at + 1] ?? 0;
  return isDigit(tens) && isDigit(ones) ? (tens - 48) * 10 + ones - 48 : Number.NaN;
}
