import { readBytes } from '../sources/read-bytes.js';

/** The content of a file, opened when it is asked for. */
export interface WholeContent {
  /** Decompressed content; throws where the file cannot be opened, or not be read any further. */
  readonly content: AsyncGenerator<Buffer>;
  /** SHA-256 of the file on disk, hex; null where it has not been read to its end. */
  sha256(): string | null;
  /** True once it is seen that the file is compressed. */
  packed(): boolean;
}

/** @param onPosition told the bytes read on disk so far; @param hashed false where nobody asks for the hash */
export function readWhole(
  path: string,
  onPosition: (bytes: number) => void = () => {},
  hashed = true,
): WholeContent {
  let sha256: string | null = null;
  let packed = false;
  async function* content(): AsyncGenerator<Buffer> {
    const bytes = readBytes(path, undefined, hashed);
    for await (const piece of bytes.content) {
      onPosition(bytes.position());
      packed = bytes.packed();
      yield piece;
    }
    sha256 = hashed ? bytes.sha256() : null;
  }
  return { content: content(), sha256: () => sha256, packed: () => packed };
}
