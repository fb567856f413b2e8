import { createHash } from 'node:crypto';
import { statSync } from 'node:fs';
import { detectKind, type SourceKind } from '../sources/detect-kind.js';
import { readBytes } from '../sources/read-bytes.js';
import { withoutNuls } from '../sources/read-lines.js';

/** What is known of a file before it is read. */
export interface Inspection {
  readonly kind: SourceKind;
  /** Names the content rather than the path: rotation, compression and growth leave it as it is. */
  readonly id: string;
  readonly bytes: number;
  readonly modified: number;
  /** Files that begin otherwise hold something else: the first line, of a single mail its beginning; empty of nothing. */
  readonly begins: string;
}

const headSize = 4096;

/** Size on disk and first content of a file. @returns what is wrong with it when it is none that can be read */
export async function inspectSource(path: string): Promise<Inspection | { error: string }> {
  const stat = statSync(path);
  let head: Buffer = Buffer.alloc(0);
  let nuls = 0;
  try {
    for await (const piece of readBytes(path).content) {
      // A log may begin with any number of NULs that a crash left; what comes behind them tells what it is.
      head = Buffer.concat([head, head.length === 0 ? withoutNuls(piece) : piece]);
      if (head.length === 0) nuls += piece.length;
      if (head.length >= headSize) break;
    }
  } catch (error) {
    // A compressed file that is cut off within its first bytes may still have given some.
    if (head.length === 0) throw error;
  }
  if (head.length === 0 && nuls > 0) head = Buffer.alloc(1);
  const found = detectKind(head, path);
  if ('error' in found) return found;
  const id = createHash('sha256').update(head.subarray(0, headSize)).digest('hex').slice(0, 12);
  const firstLine = head.subarray(0, head.indexOf(10) + 1 || head.length).toString('latin1');
  const begins = found.kind === 'mail' && head.length > 0 ? id : firstLine;
  return { kind: found.kind, id, bytes: stat.size, modified: stat.mtimeMs, begins };
}
