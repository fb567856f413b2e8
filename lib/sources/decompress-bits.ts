/** Reads bits, the highest of a byte first, from bytes that come in pieces. */
export class BitReader {
  private readonly pieces: Iterator<Buffer>;
  private piece: Buffer = Buffer.alloc(0);
  private at = 0;
  /** The next `count` bits, right-aligned. */
  private window = 0;
  private count = 0;
  /** Zero bytes that were put behind the end, so that the last bits can be peeked at. */
  private lent = 0;

  constructor(pieces: Iterable<Buffer>) {
    this.pieces = pieces[Symbol.iterator]();
  }

  /** @param n at most 24 */
  read(n: number): number {
    while (this.count < n) this.fill();
    this.count -= n;
    return (this.window >>> this.count) & ((1 << n) - 1);
  }

  /** The next 20 bits, which stay; zeros behind the end of the data. */
  peek20(): number {
    while (this.count < 20) this.fill();
    return (this.window >>> (this.count - 20)) & 0xfffff;
  }

  skip(n: number): void {
    this.count -= n;
  }

  alignToByte(): void {
    this.count -= this.count & 7;
  }

  /** @throws when more bits were read than there are */
  check(): void {
    if (this.lent * 8 > this.count) throw new Error('unexpected end of data');
  }

  /** Skips zero bytes; only at a byte's border. */
  skipZeroBytes(): void {
    while (!this.ended()) {
      if (this.read(8) === 0) continue;
      this.count += 8;
      return;
    }
  }

  /** True when no byte is left; only at a byte's border. */
  ended(): boolean {
    while (this.count < 8) this.fill();
    return this.lent * 8 >= this.count;
  }

  private fill(): void {
    if (this.at === this.piece.length) this.nextPiece();
    this.window = (this.window << 8) | (this.at < this.piece.length ? (this.piece[this.at++] as number) : 0);
    this.count += 8;
  }

  private nextPiece(): void {
    let next = this.pieces.next();
    while (!next.done && next.value.length === 0) next = this.pieces.next();
    this.at = 0;
    this.piece = next.done ? Buffer.alloc(0) : next.value;
    if (next.done) this.lent++;
  }
}
