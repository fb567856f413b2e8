import { resolve } from 'node:path';
import {
  firstYear,
  wasSilent,
  YearClock,
  type YearEvidence,
  type YearRule,
  type YearState,
} from '../parsers/year-rule.js';
import { dateInName, type InputFile } from '../sources/list-files.js';
import type { EarlierImport, EarlierSource } from './earlier-import.js';
import type { Inspection } from './inspect-source.js';
import type { FileJob } from './jobs.js';
import type { RecordFrame } from './piece-sink.js';
import type { StampScan } from './scan-stamps.js';
import { type ContentHash, type Survey, survey } from './survey.js';

/** Under what a file is looked at. */
export interface LookOptions {
  /** Year of the first line of each rotated set, or null to go by stamps, name, path and file time. */
  readonly year: number | null;
  readonly earlier: EarlierImport | null;
  /** Years that go on from file to file of a rotated set, where the user gave the first; looking adds to them. */
  readonly years: Map<string, YearState>;
}

/** What an earlier import has of a file. */
export interface Known {
  readonly source: EarlierSource;
  readonly rows: Iterable<{ frame: RecordFrame; bytes: Buffer; rows: number }>;
  /** True where the file holds nothing else; false where it goes on. */
  readonly whole: boolean;
}

/** Reads a file for the first time: which year it begins in, and how much of it an earlier import has read. */
export async function lookAt(
  { file, id, found }: FileJob,
  options: LookOptions,
  onBytes: (bytes: number) => void,
): Promise<{ surveyed: Survey; rule: YearRule | null; known: Known | null }> {
  const { earlier } = options;
  const source = earlier?.of(id);
  const again = source?.kind === found.kind ? source : undefined;
  const read = (earlierContent: ContentHash | null, hashed: boolean, silent: boolean, told = onBytes) =>
    survey(file.path, found.kind, earlierContent, hashed, told, silent);
  let surveyed = await read(again?.content ?? null, again !== undefined, false);
  const silent = surveyed.stamps !== null && wasSilent(evidenceOf(file, found, surveyed.stamps, options));
  if (silent) surveyed = await read(again?.content ?? null, again !== undefined, true);
  const rule = found.kind === 'log' ? yearsOf(file, found, surveyed.stamps, options) : null;
  if (!earlier || !again) return { surveyed, rule, known: null };
  const { year, until } = rule ?? { year: 0, until: null };
  const sameYears = again.year === year && again.until === until && again.silent === silent;
  const same = surveyed.sha256 !== null && surveyed.sha256 === again.sha256;
  if (sameYears && (same || (surveyed.goesOn && again.content?.length === surveyed.length)))
    return { surveyed, rule, known: { source: again, rows: earlier.rows(again), whole: true } };
  const goesOn = found.kind === 'log' || (found.kind === 'mbox' && surveyed.mailNext);
  if (sameYears && surveyed.goesOn && goesOn)
    return { surveyed, rule, known: { source: again, rows: earlier.rows(again), whole: false } };
  // It holds something else: all of it is read, and cut from its start.
  if (again.content === null) return { surveyed, rule, known: null };
  return { surveyed: await read(null, true, silent, () => {}), rule, known: null };
}

/** How the year clock stands before a piece. */
export function yearsBefore({ stamps }: Survey, rule: YearRule | null, index: number): YearState {
  const before = stamps?.before[index];
  return before ? stateBefore(before, rule) : { year: rule?.year ?? 0, month: null };
}

/** @param before how the clock stands, its year counted from that of the first line unless `dated` */
export const stateBefore = (before: StampScan['before'][number], rule: YearRule | null): YearState => ({
  ...before,
  year: before.dated ? before.year : before.year + (rule?.year ?? 0),
  until: rule?.until ?? null,
});

/** The rule by which the first line of a log has its year. @param stamps null where every stamp has its own */
export function yearsOf(
  file: InputFile,
  found: Inspection,
  stamps: StampScan | null,
  options: Pick<LookOptions, 'year' | 'years'>,
): YearRule {
  // Every stamp has its year: the clock is set by the first of them before it is asked.
  if (stamps === null) return { year: 0, rule: 'stamp', certainty: 'exact', until: null };
  const { year, years } = options;
  const rule = firstYear(evidenceOf(file, found, stamps, options));
  years.set(file.set, { year: rule.year + stamps.turns, month: stamps.last.month });
  return year === null ? rule : { ...rule, rule: `option:${year}` };
}

/** What tells the year of the first line of a log. */
export function evidenceOf(
  file: InputFile,
  found: Inspection,
  stamps: StampScan,
  { year, years }: Pick<LookOptions, 'year' | 'years'>,
): YearEvidence {
  const running = years.get(file.set);
  const going = running && new YearClock(running).at(stamps.first.month);
  return {
    option: year === null ? null : (going ?? year),
    path: resolve(file.path),
    nameDate: dateInName(file.path),
    modified: found.modified,
    ...stamps,
  };
}
