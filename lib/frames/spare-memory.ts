/** Smaller memory is made anew as quickly. */
const smallest = 1024 * 1024;
/** Memory beyond this is let go. */
const most = 8;

/**
 * Memory of pieces and of their rows, used again and again: to have it made and cleared by the system for each piece,
 * and collected, took a sixth of an import.
 */
export class SpareMemory {
  private readonly spare: ArrayBuffer[] = [];

  /** @returns at least so many bytes, with whatever they hold */
  take(size: number): Buffer {
    return Buffer.from(this.find(size) ?? Buffer.allocUnsafeSlow(size).buffer);
  }

  /** Memory for the rows of a piece, where there is some at hand. */
  forRows({ bytes }: { readonly bytes: Uint8Array }): { room?: ArrayBuffer } {
    const room = bytes.length < smallest ? null : this.find(bytes.length);
    return room ? { room } : {};
  }

  giveBack(memory: ArrayBufferLike): void {
    if (memory instanceof ArrayBuffer && memory.byteLength >= smallest && this.spare.length < most)
      this.spare.push(memory);
  }

  private find(size: number): ArrayBuffer | null {
    const at = this.spare.findIndex(({ byteLength }) => byteLength >= size);
    return at < 0 ? null : (this.spare.splice(at, 1)[0] ?? null);
  }
}
