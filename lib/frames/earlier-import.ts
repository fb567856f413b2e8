import { closeSync, createReadStream, existsSync, openSync, readSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { SourceKind } from '../sources/detect-kind.js';
import { codeHash } from '../version.js';
import { AddressTally, type PackedAddresses, type SeenAddress } from './address-tally.js';
import { framesAsWritten } from './datapackage.js';
import type { PieceResult } from './piece-sink.js';
import { type RecordFrame, recordFrames } from './piece-sink.js';

/** Where the rows of one source stand in the file of a frame. */
export interface PartPlace {
  readonly start: number;
  readonly bytes: number;
  readonly rows: number;
}

/** What an import keeps of a source beside its rows, so that the next one reads only what is new. */
export interface KeptSource
  extends Pick<
    PieceResult,
    'coverage' | 'days' | 'names' | 'span' | 'lines' | 'synthetic' | 'unmappedJails'
  > {
  readonly id: string;
  readonly kind: SourceKind;
  /** Of the file on disk; null where it could not be read to its end. */
  readonly sha256: string | null;
  /** Of a file that is not compressed, and may go on: its content. */
  readonly content: { readonly length: number; readonly sha256: string } | null;
  /** Its last lines, which the lines that follow may refer to; base64. */
  readonly after: string;
  /** Year of the first line. */
  readonly year: number;
  readonly places: Readonly<Record<RecordFrame, PartPlace>>;
}

/** A kept source with its addresses. */
export type EarlierSource = KeptSource & { readonly addresses: PackedAddresses };

/** The file in a folder of frames that says what they were made of. */
export const keptFile = '.import';

/** Addresses of one line of that file: a source may have millions. */
const addressesPerLine = 5000;

/** Writes what an import keeps, source by source. */
export class ImportRecorder {
  private readonly file: number;

  /** @param settings under which the frames are made: with other ones nothing of them is of use */
  constructor(folder: string, settings: unknown) {
    this.file = openSync(join(folder, keptFile), 'w');
    this.line({ settings, code: codeHash() });
  }

  enter(source: KeptSource, addresses: Iterable<SeenAddress>): void {
    this.line(source);
    let chunk: SeenAddress[] = [];
    for (const address of addresses) {
      if (chunk.push(address) < addressesPerLine) continue;
      this.line(chunk);
      chunk = [];
    }
    if (chunk.length > 0) this.line(chunk);
  }

  private line(value: unknown): void {
    writeSync(this.file, `${JSON.stringify(value)}\n`);
  }

  close(): void {
    closeSync(this.file);
  }
}

/** The import that made the frames at hand. */
export class EarlierImport {
  private constructor(
    private readonly folder: string,
    private readonly sources: ReadonlyMap<string, { kept: KeptSource; addresses: AddressTally }>,
  ) {}

  /** @returns null where there is none, or it was made under other settings or by other code, or was edited since */
  static async read(folder: string, settings: unknown): Promise<EarlierImport | null> {
    const path = join(folder, keptFile);
    if (!existsSync(path) || !existsSync(join(folder, 'datapackage.json'))) return null;
    try {
      const sources = new Map<string, { kept: KeptSource; addresses: AddressTally }>();
      let made: string | undefined;
      let latest = new AddressTally();
      for await (const line of createInterface({ input: createReadStream(path) })) {
        if (made === undefined) {
          made = line;
          if (made !== JSON.stringify({ settings, code: codeHash() })) return null;
          continue;
        }
        const value: KeptSource | SeenAddress[] = JSON.parse(line);
        if (Array.isArray(value))
          for (const [address, first, last] of value) latest.add(address, first, last);
        else {
          latest = new AddressTally();
          sources.set(value.id, { kept: value, addresses: latest });
        }
      }
      const trusted = framesAsWritten(folder);
      return recordFrames.every((frame) => trusted.has(frame)) ? new EarlierImport(folder, sources) : null;
    } catch {
      // What cannot be read is of no use; the import then reads everything.
      return null;
    }
  }

  of(id: string): EarlierSource | undefined {
    const source = this.sources.get(id);
    return source && { ...source.kept, addresses: source.addresses.packed() };
  }

  /** The rows of a source, in parts. */
  *rows({ places }: EarlierSource): Generator<{ frame: RecordFrame; bytes: Buffer; rows: number }> {
    for (const frame of recordFrames) {
      const { start, bytes, rows } = places[frame];
      let left = rows;
      const file = openSync(join(this.folder, `${frame}.csv`), 'r');
      try {
        for (let at = 0; at < bytes; ) {
          const piece = Buffer.allocUnsafe(Math.min(bytes - at, 4 * 1024 * 1024));
          const size = readSync(file, piece, 0, piece.length, start + at);
          if (size === 0) throw new Error(`${this.folder}/${frame}.csv changed while it was read`);
          at += size;
          yield { frame, bytes: piece.subarray(0, size), rows: left };
          left = 0;
        }
      } finally {
        closeSync(file);
      }
    }
  }
}
