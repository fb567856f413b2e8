import { parseEnvelope, type Stamp } from '../parsers/envelope.js';
import { classicDate, datedHour } from '../parsers/stamp-clock.js';
import { december, never, YearClock, type YearEvidence, type YearState } from '../parsers/year-rule.js';
import { cutPieces, lineBorder, type Piece } from '../sources/cut-pieces.js';
import { tidyLine } from '../sources/read-lines.js';

/** How the stamps of a log run that have no year. */
export interface StampScan extends Omit<YearEvidence, 'option' | 'path' | 'nameDate' | 'modified'> {
  /** How the year clock stands before each piece; the years count from that of the first line unless `dated`. */
  readonly before: readonly (YearState & { readonly dated: boolean })[];
}

/**
 * Reads a log for its stamps alone, before it is read for all else: the year of the first line depends on the last
 * one, and each piece has to know the year in which it begins.
 */
export class StampScanner {
  private readonly clock: YearClock;
  private before: StampScan['before'][number][] = [];
  private readonly leapTurns = new Set<number>();
  private first: StampScan['first'] | null = null;
  private last: StampScan['last'] | null = null;
  private turns = 0;
  private earliest = 0;
  private latest = 0;
  private dated = false;
  private neighbour: number | null = null;

  /** @param silent no line is late before the year's first turn */
  constructor(silent = false) {
    this.clock = new YearClock({ year: 0, month: null, turnedFrom: silent ? never : december });
  }

  /** Reads what comes next, cut as the import will cut it. */
  async read(content: AsyncIterable<Buffer>): Promise<void> {
    for await (const piece of cutPieces(content, lineBorder)) this.enter(piece);
  }

  /** From here on pieces count anew: the import will begin here. */
  restart(): void {
    this.before = [];
  }

  /** How the year clock stands. */
  get state(): StampScan['before'][number] {
    return { ...this.clock.state, dated: this.dated };
  }

  /** From here on comes what follows in another piece. */
  nextPiece(): void {
    this.before.push(this.state);
  }

  private enter({ bytes, first }: Piece): void {
    this.nextPiece();
    let number = first;
    /** Start of a line that begins as those before it, up to the day or, where the stamp has a year, the month. */
    let alike = -1;
    for (let at = 0; at < bytes.length; number++) {
      if (alike < 0 || !sameStart(bytes, at, alike)) {
        const end = bytes.indexOf(10, at);
        const stamped = this.line(
          tidyLine(bytes.toString('latin1', at, end < 0 ? bytes.length : end), number),
        );
        // A damaged line says nothing of those that begin like it.
        if (stamped) alike = at;
      }
      const end = bytes.indexOf(10, at);
      at = end < 0 ? bytes.length : end + 1;
    }
  }

  /** @returns true when the line has a stamp */
  line(text: string): boolean {
    const stamp = parseEnvelope(text)?.stamp;
    return stamp !== undefined && this.stamp(stamp);
  }

  /** @returns true when there is such a time */
  stamp(stamp: Stamp): boolean {
    if (stamp.kind === 'classic') {
      const date = classicDate(stamp.minute);
      if (date === null) return false;
      this.turns = this.clock.at(date.month);
      this.first ??= date;
      this.last = date;
      if (!this.dated) {
        this.earliest = Math.min(this.earliest, this.turns * 12 + date.month);
        this.latest = Math.max(this.latest, this.turns * 12 + date.month);
      }
      if (!this.dated && date.month === 1 && date.day === 29) this.leapTurns.add(this.turns);
      return true;
    }
    const found = datedHour(stamp.minute);
    if (found === null) return false;
    const { year, month } = found;
    if (!this.dated && this.last) this.neighbour = year - this.clock.at(month);
    this.clock.set(year, month);
    this.dated = true;
    this.neighbour ??= year;
    return true;
  }

  /** @returns null when every stamp has its year */
  result(): StampScan | null {
    const { before, first, last, turns, earliest, latest, neighbour, leapTurns } = this;
    if (!first || !last) return null;
    return { before, first, last, turns, earliest, latest, neighbour, leapTurns: [...leapTurns] };
  }
}

const startSize = 7;

/** True when a line begins as an earlier one does, with a letter or a digit: `Dec  1 ` or `2018-12`; a label (`@`) has its time further back. */
function sameStart(bytes: Buffer, at: number, alike: number): boolean {
  const byte = bytes[at] ?? 0;
  if (byte < 48 || byte > 90 || byte === 64) return false;
  for (let i = 0; i < startSize; i++) if (bytes[at + i] !== bytes[alike + i]) return false;
  return true;
}
