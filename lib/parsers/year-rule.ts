/**
 * Which year a stamp without one has (RFC 3164 stamps have none). The clock of the machine that reads the log
 * is never asked: the evidence is given in, and the rule that decided is recorded with the source.
 */
export interface YearEvidence {
  /** Year of the first line, as the user says. */
  readonly option: number | null;
  /** Path of the file, for a `/2018/` in it. */
  readonly path: string;
  /** Midnight of the date in a rotated file's name, UTC digits: no line is later. */
  readonly nameDate: number | null;
  /** Modification time, UTC: no line is much later. */
  readonly modified: number;
  /** Month (0 to 11) and day of the file's last line. */
  readonly last: { readonly month: number; readonly day: number };
  /** Years from the first line to the last, as a YearClock counts them. */
  readonly turns: number;
  /** Year of the first line by the nearest stamp of the file that has its year, or null where none has. */
  readonly neighbour: number | null;
  /** Years from the first line to those lines that are of 29 February. */
  readonly leapTurns: readonly number[];
}

export interface YearRule {
  readonly year: number;
  /** `rule:evidence`. */
  readonly rule: string;
  readonly certainty: 'exact' | 'strong' | 'weak';
}

const day = 86_400_000;

/**
 * Decides the year of a file's first line. The strongest evidence wins: what the user says, stamps of the same file
 * that have a year, name, path, file time. A year that the file's 29 February does not fit is not the year.
 */
export function firstYear(evidence: YearEvidence): YearRule {
  const { option, path, nameDate, modified, turns, neighbour, leapTurns } = evidence;
  if (option !== null) return { year: option, rule: `option:${option}`, certainty: 'exact' };
  if (neighbour !== null) return { year: neighbour, rule: `neighbour:${neighbour}`, certainty: 'strong' };
  const latest = (anchor: number): number => {
    const year = yearBefore(anchor, evidence.last) - turns;
    for (let back = 0; back < 8; back++)
      if (leapTurns.every((turn) => isLeap(year - back + turn))) return year - back;
    return year;
  };
  if (nameDate !== null)
    return { year: latest(nameDate), rule: `name:${isoDate(nameDate)}`, certainty: 'strong' };
  // The innermost folder: /srv/2023/backup/2018/secure is of 2018.
  const folder = /.*\/((?:19|20)\d\d)\//.exec(path)?.[1];
  if (folder) return { year: Number(folder), rule: `path:${folder}`, certainty: 'strong' };
  return { year: latest(modified), rule: `mtime:${isoDate(modified)}`, certainty: 'weak' };
}

const isLeap = (year: number): boolean => new Date(Date.UTC(year, 1, 29)).getUTCMonth() === 1;

const isoDate = (time: number): string => new Date(time).toISOString().slice(0, 10);

/** The latest year in which month and day are not after the anchor; a day of grace covers zones. */
function yearBefore(anchor: number, last: { month: number; day: number }): number {
  const year = new Date(anchor).getUTCFullYear();
  return Date.UTC(year, last.month, last.day) <= anchor + day ? year : year - 1;
}

/**
 * The year as lines go by: of two neighbouring lines the later one is in the year that brings it nearest. December
 * to January turns the year; a late line does not turn it back, and lines that a clock without battery stamps
 * `Jan  1` do not move what comes after them. A log that was silent for half a year is dated wrong.
 */
export class YearClock {
  constructor(
    private year: number,
    private month: number | null = null,
  ) {}

  /** @param month 0 to 11; @returns the year of a line of that month */
  at(month: number): number {
    const step = month - (this.month ?? month);
    if (step > 6) return this.year - 1;
    if (step <= -6) this.year++;
    if (step >= 0 || step <= -6) this.month = month;
    return this.year;
  }

  /** A stamp that has its year sets the clock for those that have not. */
  set(year: number, month: number): void {
    this.year = year;
    this.month = month;
  }

  /** How the clock stands, to make another that goes on from here. */
  get state(): YearState {
    return { year: this.year, month: this.month };
  }
}

/** Year and month (0 to 11) of the line before; the month is null before the first. */
export interface YearState {
  readonly year: number;
  readonly month: number | null;
}
