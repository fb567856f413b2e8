import type { YearRule, YearState } from '../parsers/year-rule.js';
import type { Row } from '../schema.js';
import type { Piece } from '../sources/cut-pieces.js';
import type { SourceKind } from '../sources/detect-kind.js';
import type { KeptSource } from './earlier-import.js';
import type { ImportOptions, ImportOutput, ImportResult } from './import-sources.js';
import type { FileJob } from './jobs.js';
import type { Known } from './look-at.js';
import type { SeenMails } from './mail-ids.js';
import type { PiecePool } from './piece-pool.js';
import { type PieceResult, recordFrames } from './piece-sink.js';
import { Places } from './places.js';
import type { PieceTask } from './read-piece.js';
import { sourceRow } from './source-row.js';
import { SourceTally } from './source-tally.js';
import type { Steps } from './steps.js';
import type { Survey } from './survey.js';

/** What the sources of one import share. */
export interface Reading {
  readonly pool: PiecePool;
  readonly output: ImportOutput;
  readonly options: ImportOptions;
  readonly result: ImportResult;
  readonly steps: Steps;
  readonly mails: SeenMails;
  /** Years that go on from file to file of a rotated set, where the user gave the first. */
  readonly years: Map<string, YearState>;
  doneBytes: number;
  /** Progress of a file, told its bytes read twice. */
  onBytes(path: string): (bytes: number) => void;
}

/** One file on its way into the frames. */
export class SourceImport {
  private readonly tally = new SourceTally();
  private readonly places: Places;

  constructor(
    private readonly job: FileJob,
    private readonly reading: Reading,
  ) {
    this.places = new Places(reading.output);
  }

  /** @param known what an earlier import has of it */
  begin(known: Known | null): void {
    this.places.begin();
    if (!known) return;
    for (const { frame, bytes, rows } of known.rows) this.places.rows(frame, bytes, rows);
    this.reading.mails.enter(known.source.mails);
    this.tally.add(known.source);
  }

  /** Has a piece read, and enters what it gives when its turn comes; @param look is told it before */
  async read(piece: Piece, years: YearState, look?: (given: PieceResult) => void): Promise<void> {
    const { pool, steps } = this.reading;
    const { after: _, ...rest } = piece;
    const { id, found } = this.job;
    const { kind } = found;
    const keep = kind === 'mbox' || kind === 'mail';
    const task: PieceTask = { ...rest, kind, source: id, years, keep };
    // One large mail at a time: while it is decoded it is in memory several times.
    const alone = piece.bytes.length > largePiece;
    if (alone) await steps.end();
    await steps.add(async (given: PieceResult) => {
      look?.(given);
      this.enter(keep ? await this.withoutAgain(task, given) : given);
      if (keep) pool.giveBack(task.bytes.buffer);
    }, pool.read(task));
    if (alone) await steps.end();
  }

  /** Whether a mail has been read before is known when its turn comes; the few pieces with such are read a second time. */
  private async withoutAgain(task: PieceTask, given: PieceResult): Promise<PieceResult> {
    const again = this.reading.mails.enter(given.mails);
    if (again.size === 0) return given;
    this.tally.again = true;
    return this.reading.pool.read({ ...task, again });
  }

  private enter(given: PieceResult): void {
    this.tally.add(given);
    for (const frame of recordFrames) {
      const { bytes, rows } = given.frames[frame];
      this.places.rows(frame, bytes, rows);
      this.reading.pool.giveBack(bytes.buffer);
    }
  }

  /** @param after the last lines; @param damage why the rest was not read */
  end(surveyed: Survey, rule: YearRule | null, after: Buffer, damage: string | null): void {
    const { job, tally } = this;
    const { result, output, options } = this.reading;
    const broken = damage && `read up to line ${tally.lines}: ${damage}`;
    if (broken) result.errors.push(`${job.file.path}: ${broken}`);
    const coverage = tally.coverage.rows();
    const lost = broken === null ? lostMails(job.found.kind, coverage) : null;
    if (lost) result.notes.push(`${job.file.path}: ${lost}`);
    result.coverage.push(...coverage);
    const sha256 = broken === null ? surveyed.sha256 : null;
    result.sources.push(sourceRow(job, tally, sha256, rule, broken ?? lost, options));
    output.source(this.kept(surveyed, rule, after), tally);
  }

  private kept(surveyed: Survey, rule: YearRule | null, after: Buffer): KeptSource {
    const { id, found } = this.job;
    const { sha256, packed, length, ended, silent } = surveyed;
    const { coverage, days, names, lines, span, synthetic, unmappedJails, again } = this.tally;
    return {
      id,
      kind: found.kind,
      sha256,
      content: packed || sha256 === null || !ended ? null : { length, sha256 },
      after: packed ? '' : after.toString('base64'),
      year: rule?.year ?? 0,
      until: rule?.until ?? null,
      silent,
      coverage: coverage.rows(),
      days: days.entries(),
      names: names.entries(),
      span,
      lines,
      synthetic,
      again,
      unmappedJails: [...unmappedJails],
      places: this.places.end(),
    };
  }
}

const largePiece = 8 * 1024 * 1024;

/** What to tell of mails that could not be read: each may hold hundreds of bans. */
function lostMails(kind: SourceKind, coverage: readonly Row<'coverage'>[]): string | null {
  if (kind !== 'mbox' && kind !== 'mail') return null;
  const lost = coverage.filter((row) => row.class === 'malformed');
  const told = lost.map(({ records, template, example }) => `${records} × ${template} (line ${example})`);
  return told.length > 0 ? `mails that were not read: ${told.join('; ')}` : null;
}
