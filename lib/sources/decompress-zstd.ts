import { Decompress } from 'fzstd';
import { XxHash64 } from './decompress-checksum.js';

/**
 * Zstandard, one frame after another (RFC 8878), by fzstd: Node's zlib reads it only since 22.15.
 *
 * Frames are cut into blocks here, so that all blocks before damage are given, skippable frames and padding are known
 * as what they are, and what a frame asks for is looked at before memory is taken for it. Its checksum, where it
 * has one, comes last: when it is wrong, some line of the frame that has been given is not what was written.
 */
const frameMagic = 0xfd2fb528;
const isSkippable = (magic: number): boolean => magic >>> 4 === 0x184d2a5;

/** True for the first bytes of a zstd file. */
export function isZstd(head: Buffer): boolean {
  if (head.length < 4) return false;
  const magic = head.readUInt32LE();
  return magic === frameMagic || isSkippable(magic);
}

/** As large as `zstd -d` takes without being asked to, and `zstd --long` makes. */
const largestWindow = 128 * 1024 * 1024;
const largestBlock = 128 * 1024;

/** The content of all frames. @throws where the data is damaged; whole blocks before that have been given */
export function* unzstd(pieces: Iterable<Buffer>): Generator<Buffer> {
  const input = new Bytes(pieces);
  while (!input.ended()) {
    const magic = input.take(4).readUInt32LE();
    if (isSkippable(magic)) input.skip(input.take(4).readUInt32LE());
    else if (magic === frameMagic) yield* frame(input);
    else if (magic === 0) return padding(input);
    else throw new Error('no zstd frame where one has to be');
  }
}

/** Zeros behind the last frame are padding, as behind the last member of a gzip file. */
function padding(input: Bytes): void {
  while (!input.ended()) if (input.take(1)[0] !== 0) throw new Error('something else behind the last frame');
}

function* frame(input: Bytes): Generator<Buffer> {
  const ready: Uint8Array[] = [];
  const decoder = new Decompress((data) => ready.push(data));
  const { header, checksum } = frameHeader(input);
  const hash = checksum > 0 ? new XxHash64() : null;
  let blockHeader = input.take(3);
  decoder.push(Buffer.concat([header, blockHeader]));
  for (;;) {
    const bits = blockHeader.readUIntLE(0, 3);
    const size = bits >>> 3;
    if (size > largestBlock) throw new Error('a block that is too large');
    // A block of type 1 is one byte that is repeated.
    const block = input.take(((bits >>> 1) & 3) === 1 ? 1 : size);
    const last = (bits & 1) === 1;
    // The header of the next block goes with it: with nothing left over, fzstd keeps hold of all its input.
    blockHeader = input.take(last ? checksum : 3);
    decoder.push(Buffer.concat([block, blockHeader]), last);
    for (const data of ready.splice(0)) {
      const text = Buffer.from(data.buffer, data.byteOffset, data.length);
      hash?.update(text);
      yield text;
    }
    if (!last) continue;
    if (hash && hash.low() !== blockHeader.readUInt32LE()) throw new Error('wrong checksum of a frame');
    return;
  }
}

/** RFC 8878 §3.1.1.1. */
function frameHeader(input: Bytes): { header: Buffer; checksum: 0 | 4 } {
  const descriptor = input.take(1);
  const flags = descriptor[0] ?? 0;
  const single = (flags & 0x20) !== 0;
  const window = input.take(single ? 0 : 1);
  const dictionary = input.take([0, 1, 2, 4][flags & 3] ?? 0);
  const content = input.take([single ? 1 : 0, 2, 4, 8][flags >>> 6] ?? 0);
  if (dictionary.some((byte) => byte !== 0))
    throw new Error('made with a dictionary: decompress it with zstd first');
  if ((single ? sizeOf(content) : windowOf(window[0] ?? 0)) > largestWindow)
    throw new Error('made with a window of more than 128 MB: decompress it with zstd first');
  const magic = Buffer.alloc(4);
  magic.writeUInt32LE(frameMagic);
  return {
    header: Buffer.concat([magic, descriptor, window, dictionary, content]),
    checksum: (flags & 4) === 0 ? 0 : 4,
  };
}

function windowOf(byte: number): number {
  const base = 2 ** (10 + (byte >>> 3));
  return base + (base / 8) * (byte & 7);
}

/** Sizes of two bytes begin at 256. */
const sizeOf = (field: Buffer): number =>
  field.length === 8
    ? Number(field.readBigUInt64LE())
    : field.readUIntLE(0, field.length) + (field.length === 2 ? 256 : 0);

/** Bytes that come in pieces, taken as many at a time as are asked for. */
class Bytes {
  private readonly pieces: Iterator<Buffer>;
  private piece: Buffer = Buffer.alloc(0);

  constructor(pieces: Iterable<Buffer>) {
    this.pieces = pieces[Symbol.iterator]();
  }

  ended(): boolean {
    while (this.piece.length === 0) {
      const next = this.pieces.next();
      if (next.done) return true;
      this.piece = next.value;
    }
    return false;
  }

  /** @throws when fewer are left */
  take(count: number): Buffer {
    const parts: Buffer[] = [];
    for (let left = count; left > 0; ) {
      const part = this.next(left);
      parts.push(part);
      left -= part.length;
    }
    return parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts);
  }

  skip(count: number): void {
    for (let left = count; left > 0; ) left -= this.next(left).length;
  }

  private next(most: number): Buffer {
    if (this.ended()) throw new Error('unexpected end of data');
    const part = this.piece.subarray(0, most);
    this.piece = this.piece.subarray(part.length);
    return part;
  }
}
