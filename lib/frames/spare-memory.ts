/** Memory beyond this many pieces is let go. */
const most = 16;
/** Pieces of small files are copied as quickly. */
const smallest = 1024 * 1024;

/**
 * Memory of pieces and of their rows, used again and again. It is shared by the threads: memory that is handed from
 * one to another counts as new in each, and to collect it took a fifth of an import.
 */
export class SpareMemory {
  private readonly spare: SharedArrayBuffer[] = [];

  /** @returns at least so many bytes, with whatever they hold */
  take(size: number): Buffer {
    return Buffer.from(this.find(size));
  }

  /** Memory for the rows of a piece; rows are seldom longer than their lines by half. */
  forRows({ bytes }: { readonly bytes: Uint8Array }): { room?: SharedArrayBuffer } {
    return bytes.length < smallest ? {} : { room: this.find(Math.floor(1.5 * bytes.length)) };
  }

  /** @param memory that nobody reads any more; what is not shared is left to the collector */
  giveBack(memory: ArrayBufferLike): void {
    if (memory instanceof SharedArrayBuffer && this.spare.length < most) this.spare.push(memory);
  }

  private find(size: number): SharedArrayBuffer {
    const at = this.spare.findIndex(({ byteLength }) => byteLength >= size);
    return this.spare.splice(at, at < 0 ? 0 : 1)[0] ?? new SharedArrayBuffer(size);
  }
}
