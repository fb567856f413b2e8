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
  /** Month (0 to 11) of the file's first line, and month and day of its last. */
  readonly first: { readonly month: number };
  readonly last: { readonly month: number; readonly day: number };
  /** The earliest and the latest month that a line has, counted from January of the first line's year. */
  readonly earliest: number;
  readonly latest: number;
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
  /** The last month that a line can be of, counted from year 0; null where none is counted as later. */
  readonly until: number | null;
}

const day = 86_400_000;

/**
 * Decides the year of a file's first line. The strongest evidence wins: what the user says, stamps of the same file
 * that have a year, name, path, file time. A year that the file's 29 February does not fit is not the year. Where
 * lines are left that would be of before the first year or of after the file, the year is weak.
 */
export function firstYear(evidence: YearEvidence): YearRule {
  const { first, last, turns, earliest, latest } = evidence;
  const found = strongest(evidence);
  const until = lastMonth(evidence);
  const begin = found.year * 12;
  // A file time or name that the file itself is after says nothing.
  const holds = Math.max(begin + first.month, begin + turns * 12 + last.month) <= until;
  const isPast = holds && begin + latest > until;
  const certainty = isPast || earliest < 0 ? 'weak' : found.certainty;
  return { ...found, certainty, until: isPast ? until : null };
}

function strongest(evidence: YearEvidence): Omit<YearRule, 'until'> {
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
  const folder = yearInPath(path);
  if (folder) return { year: Number(folder), rule: `path:${folder}`, certainty: 'strong' };
  return { year: latest(modified), rule: `mtime:${isoDate(modified)}`, certainty: 'weak' };
}

/** The innermost folder of a year: /srv/2023/backup/2018/secure is of 2018. */
export const yearInPath = (path: string): string | undefined => /.*\/((?:19|20)\d\d)\//.exec(path)?.[1];

/**
 * True where a log that begins in January and ends in November or December was silent in between, and not the end of
 * it late: else the beginning would be later than the file, or the end of before the year that the user gave.
 */
export function wasSilent(evidence: YearEvidence): boolean {
  const { option, neighbour, turns, first, last } = evidence;
  if (turns >= 0 || neighbour !== null) return false;
  const until = lastMonth(evidence);
  if (option !== null) return option * 12 + last.month <= until;
  return (yearBefore(evidence.nameDate ?? evidence.modified, last) + 1) * 12 + first.month > until;
}

/** The month of the date in the name or else of the file time, with the day of grace, counted from year 0. */
function lastMonth({ nameDate, modified }: YearEvidence): number {
  const date = new Date((nameDate ?? modified) + day);
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
}

const isLeap = (year: number): boolean => new Date(Date.UTC(year, 1, 29)).getUTCMonth() === 1;

const isoDate = (time: number): string => new Date(time).toISOString().slice(0, 10);

/** The latest year in which month and day are not after the anchor; a day of grace covers zones. */
function yearBefore(anchor: number, last: { month: number; day: number }): number {
  const year = new Date(anchor).getUTCFullYear();
  return Date.UTC(year, last.month, last.day) <= anchor + day ? year : year - 1;
}

/** How a clock of years stands, to make another that goes on from there. */
export interface YearState {
  readonly year: number;
  /** Of the line before, 0 to 11; null before the first. */
  readonly month: number | null;
  /**
   * The month from which the year turned: late lines are of it or near it. Before the first turn it is December, as a
   * file that begins in January may have a late line; `never` where the log was silent from January on.
   */
  readonly turnedFrom?: number;
  /** See YearRule. */
  readonly until?: number | null;
}

export const december = 11;
export const never = 13;

/**
 * The year as lines go by: of two neighbouring lines the later one is in the year that brings it nearest. December
 * to January turns the year; a late line does not turn it back, and lines that a clock without battery stamps
 * `Jan  1` do not move what comes after them. A line of long before the year's turn is not late: the log was silent.
 */
export class YearClock {
  private year: number;
  private month: number | null;
  private turnedFrom: number;
  private readonly until: number | null;

  constructor({ year, month, turnedFrom = december, until = null }: YearState) {
    this.year = year;
    this.month = month;
    this.turnedFrom = turnedFrom;
    this.until = until;
  }

  /** @param month 0 to 11; @returns the year of a line of that month */
  at(month: number): number {
    const { until } = this;
    const year = this.step(month);
    return until !== null && year * 12 + month > until ? Math.floor((until - month) / 12) : year;
  }

  private step(month: number): number {
    const before = this.month ?? month;
    const step = month - before;
    if (step > 6 && month >= this.turnedFrom - 1) return this.year - 1;
    if (step <= -6) {
      this.year++;
      this.turnedFrom = before;
    }
    if (step >= 0 || step <= -6) this.month = month;
    return this.year;
  }

  /** A stamp that has its year sets the clock for those that have not. */
  set(year: number, month: number): void {
    this.year = year;
    this.month = month;
  }

  get state(): YearState {
    return { year: this.year, month: this.month, turnedFrom: this.turnedFrom, until: this.until };
  }
}
