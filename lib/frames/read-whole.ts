import { readBytes } from '../sources/read-bytes.js';

/** The content of a file, opened when it is asked for. */
export interface WholeContent {
  /** Decompressed content; throws where the file cannot be opened, or not be read any further. */
  readonly content: AsyncGenerator<Buffer>;
  /** SHA-256 of the file on disk, hex; null where it has not been read to its end. */
  sha256(): string | null;
}

/** @param onPosition told the bytes read on disk so far */
export function readWhole(path: string, onPosition: (bytes: number) => void = () => {}): WholeContent {
  let sha256: string | null = null;
  async function* content(): AsyncGenerator<Buffer> {
    const bytes = readBytes(path);
    for await (const piece of bytes.content) {
      onPosition(bytes.position());
      yield piece;
    }
    sha256 = bytes.sha256();
  }
  return { content: content(), sha256: () => sha256 };
}
