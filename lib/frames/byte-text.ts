import { viewOf } from '../sources/byte-words.js';

/** Texts of this length go into bytes at once. */
const batch = 8 * 1024;

/**
 * A text that grows, kept as UTF-8. A string of a million short ones keeps them all alive until it is put together,
 * and to move them about took half of the time of an import.
 */
export class ByteText {
  /** Room for the text, and how much of it is taken; for who writes bytes after `room`. */
  bytes: Buffer;
  view: DataView;
  length = 0;
  private pending = '';

  /** @param room memory to begin with: to grow costs more than to have too much */
  constructor(room?: SharedArrayBuffer) {
    this.bytes = room ? Buffer.from(room) : Buffer.allocUnsafeSlow(4 * batch);
    this.view = viewOf(this.bytes);
  }

  add(text: string): void {
    const pending = this.pending + text;
    this.pending = pending;
    if (pending.length >= batch) this.flush();
  }

  /** Makes sure that so many bytes can be written at `length`. */
  room(size: number): void {
    if (this.pending !== '') this.flush();
    if (this.length + size > this.bytes.length) this.grow(this.length + size);
  }

  private flush(): void {
    // UTF-8 takes at most three bytes for a character of a JavaScript string.
    const most = this.length + 3 * this.pending.length;
    if (most > this.bytes.length) this.grow(most);
    this.length += this.bytes.write(this.pending, this.length);
    this.pending = '';
  }

  private grow(size: number): void {
    const larger = Buffer.allocUnsafeSlow(2 * size);
    this.bytes.copy(larger, 0, 0, this.length);
    this.bytes = larger;
    this.view = viewOf(larger);
  }

  /** Begins anew in the same memory. */
  clear(): void {
    this.pending = '';
    this.length = 0;
  }

  /** All of it. The memory is nobody else's and may be given away; then nothing can be added any more. */
  take(): Buffer {
    this.flush();
    return this.bytes.subarray(0, this.length);
  }
}
