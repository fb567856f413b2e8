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
}

const day = 86_400_000;

/** Decides the year of a file's first line. The strongest evidence wins: what the user says, name, path, file time. */
export function firstYear(evidence: YearEvidence): { year: number; rule: string } {
  const { option, path, nameDate, modified, turns } = evidence;
  if (option !== null) return { year: option, rule: `option:${option}` };
  if (nameDate !== null)
    return { year: yearBefore(nameDate, evidence.last) - turns, rule: `name:${isoDate(nameDate)}` };
  // The innermost folder: /srv/2023/backup/2018/secure is of 2018.
  const folder = /.*\/((?:19|20)\d\d)\//.exec(path)?.[1];
  if (folder) return { year: Number(folder), rule: `path:${folder}` };
  return { year: yearBefore(modified, evidence.last) - turns, rule: `mtime:${isoDate(modified)}` };
}

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
  private month: number | null = null;

  constructor(private year: number) {}

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
}
