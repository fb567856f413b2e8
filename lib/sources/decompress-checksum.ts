/**
 * XXH64 with seed 0, whose low half ends a zstd frame (xxHash specification 0.1.1; RFC 8878 §3.1.1). Without it, most
 * damage to a zstd file would change lines and say nothing: any bits are some text.
 *
 * Whole stripes of 32 bytes, which are nearly all of the data, go in halves of 32 bits; BigInt would take ten
 * times as long.
 */
export class XxHash64 {
  /** Four accumulators of 64 bits, low half first. */
  private readonly lanes = new Int32Array(8);
  private rest: Buffer = Buffer.alloc(0);
  private total = 0;

  constructor() {
    for (const [i, start] of [prime1 + prime2, prime2, 0n, -prime1].entries()) {
      this.lanes[i * 2] = Number(BigInt.asIntN(32, start));
      this.lanes[i * 2 + 1] = Number(BigInt.asIntN(32, start >> 32n));
    }
  }

  update(data: Buffer): void {
    this.total += data.length;
    let begin = 0;
    if (this.rest.length > 0) {
      begin = Math.min(32 - this.rest.length, data.length);
      this.rest = Buffer.concat([this.rest, data.subarray(0, begin)]);
      if (this.rest.length < 32) return;
      stripes(this.lanes, this.rest);
    }
    const end = begin + ((data.length - begin) & ~31);
    stripes(this.lanes, data.subarray(begin, end));
    this.rest = Buffer.from(data.subarray(end));
  }

  /** Low 32 bits of the hash. */
  low(): number {
    let hash = this.total < 32 ? prime5 : this.merged();
    hash = u64(hash + BigInt(this.total));
    let at = 0;
    for (; at + 8 <= this.rest.length; at += 8)
      hash = u64(rotate(hash ^ round(0n, this.rest.readBigUInt64LE(at)), 27n) * prime1 + prime4);
    if (at + 4 <= this.rest.length) {
      hash = u64(rotate(hash ^ u64(BigInt(this.rest.readUInt32LE(at)) * prime1), 23n) * prime2 + prime3);
      at += 4;
    }
    for (const byte of this.rest.subarray(at))
      hash = u64(rotate(hash ^ u64(BigInt(byte) * prime5), 11n) * prime1);
    hash = u64((hash ^ (hash >> 33n)) * prime2);
    hash = u64((hash ^ (hash >> 29n)) * prime3);
    return Number((hash ^ (hash >> 32n)) & 0xffffffffn);
  }

  private merged(): bigint {
    const lanes = [0, 2, 4, 6].map(
      (i) => (BigInt((this.lanes[i + 1] as number) >>> 0) << 32n) | BigInt((this.lanes[i] as number) >>> 0),
    );
    const turned = [1n, 7n, 12n, 18n].map((by, i) => rotate(lanes[i] as bigint, by));
    const sum = u64(turned.reduce((all, one) => all + one));
    return lanes.reduce((hash, lane) => u64((hash ^ round(0n, lane)) * prime1 + prime4), sum);
  }
}

const prime1 = 0x9e3779b185ebca87n;
const prime2 = 0xc2b2ae3d27d4eb4fn;
const prime3 = 0x165667b19e3779f9n;
const prime4 = 0x85ebca77c2b2ae63n;
const prime5 = 0x27d4eb2f165667c5n;

const u64 = (value: bigint): bigint => BigInt.asUintN(64, value);
const rotate = (value: bigint, by: bigint): bigint => u64((value << by) | (value >> (64n - by)));
const round = (lane: bigint, input: bigint): bigint => u64(rotate(u64(lane + input * prime2), 31n) * prime1);

/** Halves of the first two primes. */
const low1 = 0x85ebca87 | 0;
const high1 = 0x9e3779b1 | 0;
const low2 = 0x27d4eb4f | 0;
const high2 = 0xc2b2ae3d | 0;

/** lane = rotate(lane + input * prime2, 31) * prime1, for each of the four lanes and each stripe. */
function stripes(lanes: Int32Array, data: Buffer): void {
  // A view is several times as fast as the Buffer's own methods.
  const view = new DataView(data.buffer, data.byteOffset, data.length);
  for (let at = 0; at < data.length; at += 32) {
    for (let lane = 0; lane < 8; lane += 2) {
      const place = at + lane * 4;
      const inputLow = view.getInt32(place, true);
      const inputHigh = view.getInt32(place + 4, true);
      const addLow = Math.imul(inputLow, low2);
      const addHigh =
        (highProduct(inputLow, low2) + Math.imul(inputHigh, low2) + Math.imul(inputLow, high2)) | 0;
      const sumLow = ((lanes[lane] as number) + addLow) | 0;
      const carry = sumLow >>> 0 < addLow >>> 0 ? 1 : 0;
      const sumHigh = ((lanes[lane + 1] as number) + addHigh + carry) | 0;
      const low = (sumLow << 31) | (sumHigh >>> 1);
      const high = (sumHigh << 31) | (sumLow >>> 1);
      lanes[lane] = Math.imul(low, low1);
      lanes[lane + 1] = highProduct(low, low1) + Math.imul(high, low1) + Math.imul(low, high1);
    }
  }
}

/** The upper 32 bits of the product of two unsigned numbers of 32 bits. */
function highProduct(a: number, b: number): number {
  const a0 = a & 0xffff;
  const a1 = a >>> 16;
  const b0 = b & 0xffff;
  const b1 = b >>> 16;
  const middle = (Math.imul(a1, b0) >>> 0) + (Math.imul(a0, b0) >>> 16);
  const other = (Math.imul(a0, b1) >>> 0) + (middle & 0xffff);
  return (Math.imul(a1, b1) + (middle >>> 16) + (other >>> 16)) | 0;
}
