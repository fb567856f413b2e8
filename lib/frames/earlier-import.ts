import { closeSync, createReadStream, existsSync, openSync, readSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { SourceKind } from '../sources/detect-kind.js';
import { codeHash } from '../version.js';
import { AddressTally, type PackedAddresses } from './address-tally.js';
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
  /** True where a mail of it was read in another source. */
  readonly again: boolean;
  /** Year of the first line, and what else the years of its lines go by; see YearRule and Survey. */
  readonly year: number;
  readonly until: number | null;
  readonly silent: boolean;
  readonly places: Readonly<Record<RecordFrame, PartPlace>>;
}

/** A kept source with its addresses and its ban mails. */
export type EarlierSource = KeptSource & Pick<PieceResult, 'addresses' | 'mails'>;

/** The file in a folder of frames that says what they were made of. */
export const keptFile = '.import';

/** Some of a source's addresses as they stand in that file: numbers and times are base64 of their bytes. */
interface KeptAddresses extends Pick<PackedAddresses, 'others'> {
  readonly numbers: string;
  readonly times: string;
}

/** Some of its mails. */
interface KeptMails {
  readonly mails: string;
}

/** Writes what an import keeps, source by source. */
export class ImportRecorder {
  private readonly file: number;

  /** @param settings under which the frames are made: with other ones nothing of them is of use */
  constructor(folder: string, settings: unknown) {
    this.file = openSync(join(folder, keptFile), 'w');
    this.line({ settings, code: codeHash() });
  }

  enter(source: KeptSource, addresses: AddressTally, mails: readonly Float64Array[]): void {
    this.line(source);
    // In parts: a source may have millions, and V8 keeps long texts for long.
    for (const { numbers, times, others } of addresses.parts()) {
      const kept: KeptAddresses = { numbers: base64(numbers), times: base64(times), others };
      this.line(kept);
    }
    for (const part of mails) if (part.length > 0) this.line({ mails: base64(part) } satisfies KeptMails);
  }

  private line(value: unknown): void {
    writeSync(this.file, `${JSON.stringify(value)}\n`);
  }

  close(): void {
    closeSync(this.file);
  }
}

interface Known {
  readonly kept: KeptSource;
  readonly addresses: AddressTally;
  readonly mails: number[];
}

/** The import that made the frames at hand. */
export class EarlierImport {
  private constructor(
    private readonly folder: string,
    private readonly sources: ReadonlyMap<string, Known>,
  ) {}

  /** @returns null where there is none, or it was made under other settings or by other code, or was edited since */
  static async read(folder: string, settings: unknown): Promise<EarlierImport | null> {
    const path = join(folder, keptFile);
    if (!existsSync(path) || !existsSync(join(folder, 'datapackage.json'))) return null;
    try {
      const sources = new Map<string, Known>();
      let made: string | undefined;
      let latest: Known | undefined;
      for await (const line of createInterface({ input: createReadStream(path) })) {
        if (made === undefined) {
          made = line;
          if (made !== JSON.stringify({ settings, code: codeHash() })) return null;
          continue;
        }
        const value: KeptSource | KeptAddresses | KeptMails = JSON.parse(line);
        if ('numbers' in value) latest?.addresses.addPacked(unkept(value));
        else if ('mails' in value) latest?.mails.push(...numbersOf(value.mails));
        else {
          latest = { kept: value, addresses: new AddressTally(), mails: [] };
          sources.set(value.id, latest);
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
    return (
      source && {
        ...source.kept,
        addresses: source.addresses.packed(),
        mails: Float64Array.from(source.mails),
      }
    );
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

const base64 = ({ buffer, byteOffset, byteLength }: Int32Array | Uint32Array | Float64Array): string =>
  Buffer.from(buffer, byteOffset, byteLength).toString('base64');

function unkept({ numbers, times, others }: KeptAddresses): PackedAddresses {
  return { numbers: new Int32Array(unbase64(numbers)), times: new Uint32Array(unbase64(times)), others };
}

/** Memory of its own: buffers may begin at any byte, numbers may not. */
const unbase64 = (text: string): ArrayBuffer => new Uint8Array(Buffer.from(text, 'base64')).buffer;

const numbersOf = (text: string): Float64Array => new Float64Array(unbase64(text));
