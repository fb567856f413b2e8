import type { PartPlace } from './earlier-import.js';
import type { ImportOutput } from './import-sources.js';
import type { RecordFrame } from './piece-sink.js';

/** Where the rows of a source stand in the frames. */
export class Places {
  private begun: Record<RecordFrame, number> | undefined;
  private readonly counts: Record<RecordFrame, number> = { auth: 0, bans: 0, rejects: 0, reports: 0 };

  constructor(private readonly output: ImportOutput) {}

  begin(): void {
    this.begun = this.output.sizes();
  }

  rows(frame: RecordFrame, lines: Uint8Array, rows: number): void {
    if (lines.length === 0) return;
    this.counts[frame] += rows;
    this.output.rows(frame, lines, rows);
  }

  end(): Record<RecordFrame, PartPlace> {
    const ends = this.output.sizes();
    const place = (frame: RecordFrame) => {
      const start = this.begun?.[frame] ?? 0;
      return { start, bytes: ends[frame] - start, rows: this.counts[frame] };
    };
    return { auth: place('auth'), bans: place('bans'), rejects: place('rejects'), reports: place('reports') };
  }
}
