import { createHash } from 'node:crypto';
import type { SourceKind } from '../sources/detect-kind.js';
import { upToFailure } from '../sources/read-lines.js';
import { readWhole } from './read-whole.js';
import { type StampScan, scanStamps } from './scan-stamps.js';

/** What a first reading of a file finds out, before anything in it is understood. */
export interface Survey {
  /** SHA-256 of the file on disk, hex; null where it could not be read to its end. */
  readonly sha256: string | null;
  /** Of a log, how its stamps run; null where all have their year. */
  readonly stamps: StampScan | null;
}

/** Reads a file once for its hash and, of a log, its stamps. @param onPiece told the bytes read on disk so far */
export async function survey(
  path: string,
  kind: SourceKind,
  onPiece: (position: number) => void,
): Promise<Survey> {
  const bytes = readWhole(path, onPiece);
  // What it throws the import meets again, and reports.
  const content = upToFailure(bytes.content, () => {});
  let stamps: StampScan | null = null;
  if (kind === 'log') stamps = await scanStamps(content);
  else for await (const _ of content);
  return { sha256: bytes.sha256(), stamps };
}

/** SHA-256 of the first bytes of a file's content, after decompression. */
export interface ContentHash {
  readonly length: number;
  readonly sha256: string;
}

/**
 * Hashes the content of a file, as a whole and of its beginnings.
 * @param lengths of the beginnings, in any order; one that the content does not reach has no hash
 * @returns null when the file is damaged: it is then no copy of another
 */
export async function contentHashes(
  path: string,
  lengths: readonly number[] = [],
): Promise<{ whole: ContentHash; beginnings: ContentHash[] } | null> {
  const hash = createHash('sha256');
  const beginnings: ContentHash[] = [];
  const wanted = [...new Set(lengths)].sort((a, b) => a - b);
  let length = 0;
  let damaged = false;
  const content = upToFailure(readWhole(path).content, () => {
    damaged = true;
  });
  for await (const piece of content) {
    let done = 0;
    while (wanted[0] !== undefined && wanted[0] <= length + piece.length) {
      const end = wanted[0] - length;
      hash.update(piece.subarray(done, end));
      beginnings.push({ length: wanted[0], sha256: hash.copy().digest('hex') });
      done = end;
      wanted.shift();
    }
    hash.update(piece.subarray(done));
    length += piece.length;
  }
  if (damaged) return null;
  return { whole: { length, sha256: hash.digest('hex') }, beginnings };
}
