/** Texts of this length go into bytes at once. */
const batch = 8 * 1024;

/**
 * A text that grows, kept as UTF-8. A string of a million short ones keeps them all alive until it is put together,
 * and to move them about took half of the time of an import.
 */
export class ByteText {
  private bytes: Buffer = Buffer.allocUnsafeSlow(4 * batch);
  private length = 0;
  private pending = '';

  add(text: string): void {
    const pending = this.pending + text;
    this.pending = pending;
    if (pending.length >= batch) this.flush();
  }

  private flush(): void {
    // UTF-8 takes at most three bytes for a character of a JavaScript string.
    const most = this.length + 3 * this.pending.length;
    if (most > this.bytes.length) {
      const larger = Buffer.allocUnsafeSlow(2 * most);
      this.bytes.copy(larger, 0, 0, this.length);
      this.bytes = larger;
    }
    this.length += this.bytes.write(this.pending, this.length);
    this.pending = '';
  }

  /** All of it, in memory of its own. */
  take(): Buffer {
    this.flush();
    const taken = Buffer.allocUnsafeSlow(this.length);
    this.bytes.copy(taken, 0, 0, this.length);
    return taken;
  }
}
