import { BitReader } from './decompress-bits.js';

/**
 * bzip2, one member after another. A decoder of its own: of the packages that read bzip2, those in JavaScript are
 * half as fast at best and hand over byte by byte, and those in WebAssembly want the whole file in memory.
 *
 * Format: member = `BZh` + size of a block in 100 kB + blocks + end with a checksum, padded to a byte. A block is
 * text that went through run lengths, Burrows-Wheeler, move-to-front, run lengths of zeros and up to six Huffman
 * codes that take turns every 50 symbols (bzip2 1.0.8, compress.c and decompress.c).
 */

const blockMark = [0x314159, 0x265359];
const endMark = [0x177245, 0x385090];

/** True for the first bytes of a bzip2 file, also when the file is cut off within them. */
export function isBzip2(head: Buffer): boolean {
  const known = Buffer.from('BZh', 'latin1');
  if (
    head.length < 4 ||
    !head.subarray(0, 3).equals(known) ||
    !/[1-9]/.test(String.fromCharCode(head[3] ?? 0))
  )
    return false;
  const mark = head.subarray(4, 10);
  return ['314159265359', '177245385090'].some((hex) =>
    Buffer.from(hex, 'hex').subarray(0, mark.length).equals(mark),
  );
}

/**
 * The content of all members. Zeros behind the last one are padding.
 * @throws where the data is damaged; whole blocks before that have been given
 */
export function* bunzip2(pieces: Iterable<Buffer>): Generator<Buffer> {
  const bits = new BitReader(pieces);
  do {
    try {
      yield* decodeMember(bits);
    } catch (error) {
      // Behind the end of the data there are zeros, which break one rule or another.
      bits.check();
      throw error;
    }
    bits.skipZeroBytes();
  } while (!bits.ended());
}

function* decodeMember(bits: BitReader): Generator<Buffer> {
  if (bits.read(24) !== 0x425a68) throw new Error('no bzip2 member');
  const level = bits.read(8) - 0x30;
  if (level < 1 || level > 9) throw new Error('no such block size');
  const block = new Block(level * 100_000);
  let checksum = 0;
  for (;;) {
    const mark = [bits.read(24), bits.read(24)];
    const expected = bits.read(16) * 0x10000 + bits.read(16);
    if (mark[0] === endMark[0] && mark[1] === endMark[1]) {
      bits.check();
      if (expected !== checksum >>> 0) throw new Error('wrong checksum of a member');
      bits.alignToByte();
      return;
    }
    if (mark[0] !== blockMark[0] || mark[1] !== blockMark[1]) throw new Error('no block where one has to be');
    block.readSymbols(bits);
    bits.check();
    const { data, crc } = block.text();
    if (crc !== expected) throw new Error('wrong checksum of a block');
    checksum = ((checksum << 1) | (checksum >>> 31)) ^ crc;
    yield* data;
  }
}

// ── one block ───────────────────────────────────────────────────────────────────────────────────────────────

const groupSize = 50;
const longestCode = 20;

/** A Huffman code. Codes of up to `fastBits` bits are looked up; longer ones are compared length by length. */
interface Code {
  /** By the next bits: symbol × 32 + length, or 0 for a longer code. */
  readonly fast: Uint16Array;
  /** By length: the first code that is too large for it, as its bits stand on the left of 20. */
  readonly limit: Int32Array;
  /** By length: index in `symbols` less the code. */
  readonly offset: Int32Array;
  readonly symbols: Uint16Array;
}

const fastBits = 10;

class Block {
  private readonly table: Uint32Array;
  private count = 0;
  private origin = 0;

  constructor(private readonly size: number) {
    this.table = new Uint32Array(size);
  }

  /** Reads a block up to the input of the Burrows-Wheeler transform. */
  readSymbols(bits: BitReader): void {
    if (bits.read(1)) throw new Error('a block of bzip2 before 0.9.5');
    this.origin = bits.read(24);
    const bytes = readBytesUsed(bits);
    const groups = bits.read(3);
    if (groups < 2 || groups > 6) throw new Error('no such number of codes');
    const selectors = readSelectors(bits, groups);
    const codes = Array.from({ length: groups }, () => readCode(bits, bytes.length + 2));
    this.count = this.decode(bits, bytes, selectors, codes);
    if (this.origin >= this.count) throw new Error('no such position in the block');
  }

  /** Undoes Huffman codes, run lengths of zeros and move-to-front. @returns how many bytes there are */
  private decode(bits: BitReader, order: Uint8Array, selectors: Uint8Array, codes: readonly Code[]): number {
    const { table, size } = this;
    const end = order.length + 1;
    let count = 0;
    let run = 0;
    let weight = 1;
    for (const selector of selectors) {
      const code = codes[selector] as Code;
      for (let i = 0; i < groupSize; i++) {
        const symbol = nextSymbol(bits, code);
        if (symbol < 2) {
          run += weight << symbol;
          weight *= 2;
          // A run as long as this is none: without the check, the weight of a damaged one has no end.
          if (run > size) throw new Error('a run that is longer than the block');
          continue;
        }
        if (run > 0) {
          if (count + run > size) throw new Error('more bytes than the block holds');
          table.fill(order[0] as number, count, count + run);
          count += run;
          run = 0;
          weight = 1;
        }
        if (symbol === end) return count;
        if (count >= size) throw new Error('more bytes than the block holds');
        table[count++] = toFront(order, symbol - 1);
      }
    }
    throw new Error('a block without an end');
  }

  /** Undoes the Burrows-Wheeler transform and the first run lengths. */
  text(): { data: Buffer[]; crc: number } {
    const { table, count } = this;
    const starts = new Uint32Array(257);
    for (let i = 0; i < count; i++) (starts[((table[i] as number) & 0xff) + 1] as number)++;
    for (let i = 0; i < 256; i++) starts[i + 1] = (starts[i + 1] as number) + (starts[i] as number);
    // Above the byte, each entry gets the place of the one that follows it in the text.
    for (let i = 0; i < count; i++) {
      const byte = (table[i] as number) & 0xff;
      const place = starts[byte] as number;
      starts[byte] = place + 1;
      table[place] = (table[place] as number) | (i << 8);
    }
    return runsOf(table, count, (table[this.origin] as number) >>> 8);
  }
}

const pieceSize = 256 * 1024;

/** Four equal bytes are followed by a count of how many more there are. */
function runsOf(table: Uint32Array, count: number, start: number): { data: Buffer[]; crc: number } {
  const data: Buffer[] = [];
  let piece = Buffer.allocUnsafe(pieceSize);
  let filled = 0;
  let crc = -1;
  let at = start;
  let last = -1;
  let equal = 0;
  for (let i = 0; i < count; i++) {
    const entry = table[at] as number;
    at = entry >>> 8;
    let byte = entry & 0xff;
    let copies = 1;
    if (equal === 4) {
      copies = byte;
      byte = last;
      equal = 0;
      last = -1;
    } else {
      equal = byte === last ? equal + 1 : 1;
      last = byte;
    }
    for (; copies > 0; copies--) {
      if (filled === pieceSize) {
        data.push(piece);
        piece = Buffer.allocUnsafe(pieceSize);
        filled = 0;
      }
      piece[filled++] = byte;
      crc = (crc << 8) ^ (crcTable[(crc >>> 24) ^ byte] as number);
    }
  }
  data.push(piece.subarray(0, filled));
  return { data, crc: ~crc >>> 0 };
}

const crcTable = Int32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte << 24;
  for (let bit = 0; bit < 8; bit++) crc = crc < 0 ? (crc << 1) ^ 0x04c11db7 : crc << 1;
  return crc;
});

function toFront(order: Uint8Array, index: number): number {
  const value = order[index];
  if (value === undefined) throw new Error('a symbol that the code does not have');
  if (index > 24) order.copyWithin(1, 0, index);
  else for (let i = index; i > 0; i--) order[i] = order[i - 1] as number;
  order[0] = value;
  return value;
}

// ── tables of a block ───────────────────────────────────────────────────────────────────────────────────────

/** The bytes that occur in a block: a map of 16 bits, and for each of them that is set one of 16 bytes. */
function readBytesUsed(bits: BitReader): Uint8Array {
  const rows = bits.read(16);
  const bytes: number[] = [];
  for (let row = 0; row < 16; row++) {
    if (!(rows & (0x8000 >> row))) continue;
    const columns = bits.read(16);
    for (let column = 0; column < 16; column++)
      if (columns & (0x8000 >> column)) bytes.push(row * 16 + column);
  }
  if (bytes.length === 0) throw new Error('a block without bytes');
  return Uint8Array.from(bytes);
}

/** Which code each group of symbols has, move-to-front in unary. */
function readSelectors(bits: BitReader, groups: number): Uint8Array {
  const selectors = new Uint8Array(bits.read(15));
  const order = Uint8Array.from({ length: groups }, (_, i) => i);
  for (let i = 0; i < selectors.length; i++) {
    let index = 0;
    while (bits.read(1)) if (++index >= groups) throw new Error('no such code');
    selectors[i] = toFront(order, index);
  }
  return selectors;
}

/** A code by the lengths of its symbols, each told by its difference to the one before. */
function readCode(bits: BitReader, count: number): Code {
  const lengths = new Uint8Array(count);
  let length = bits.read(5);
  for (let symbol = 0; symbol < count; symbol++) {
    for (;;) {
      if (length < 1 || length > longestCode) throw new Error('no such length of a code');
      if (!bits.read(1)) break;
      length += bits.read(1) ? -1 : 1;
    }
    lengths[symbol] = length;
  }
  return codeOf(lengths);
}

function codeOf(lengths: Uint8Array): Code {
  const symbols = new Uint16Array(lengths.length);
  const limit = new Int32Array(longestCode + 2);
  const offset = new Int32Array(longestCode + 2);
  const fast = new Uint16Array(1 << fastBits);
  let code = 0;
  let index = 0;
  for (let length = 1; length <= longestCode; length++) {
    offset[length] = index - code;
    for (const [symbol, its] of lengths.entries()) {
      if (its !== length) continue;
      symbols[index++] = symbol;
      if (length <= fastBits) {
        const shift = fastBits - length;
        fast.fill(symbol * 32 + length, code << shift, (code + 1) << shift);
      }
      code++;
    }
    limit[length] = code << (longestCode - length);
    code <<= 1;
  }
  return { fast, limit, offset, symbols };
}

function nextSymbol(bits: BitReader, code: Code): number {
  const next = bits.peek20();
  const entry = code.fast[next >>> (longestCode - fastBits)] as number;
  if (entry !== 0) {
    bits.skip(entry & 31);
    return entry >>> 5;
  }
  let length = fastBits + 1;
  while (length <= longestCode && next >= (code.limit[length] as number)) length++;
  const symbol = code.symbols[(next >>> (longestCode - length)) + (code.offset[length] as number)];
  if (length > longestCode || symbol === undefined) throw new Error('bits that are no code');
  bits.skip(length);
  return symbol;
}
