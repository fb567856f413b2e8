import { relative, resolve } from 'node:path';
import type { YearRule } from '../parsers/year-rule.js';
import type { Row } from '../schema.js';
import { isoUtc } from '../zone.js';
import type { FileJob, Job } from './jobs.js';
import type { SourceTally } from './source-tally.js';

/** Where the frames will live, and the zone of stamps without an offset. */
export interface RowPlace {
  readonly home: string;
  readonly zone: string;
}

function pathFor(path: string, home: string): string {
  const absolute = resolve(path);
  return relative(process.cwd(), absolute).startsWith('..') ? absolute : relative(home, absolute);
}

/** Row of the sources frame for a file that has been read. */
export function sourceRow(
  { file, id, found }: FileJob,
  { lines, span, synthetic }: SourceTally,
  sha256: string | null,
  rule: YearRule | null,
  note: string | null,
  { home, zone }: RowPlace,
): Row<'sources'> {
  return {
    id,
    path: pathFor(file.path, home),
    kind: found.kind,
    bytes: found.bytes,
    lines,
    sha256,
    first_time: span && isoUtc(span.first),
    last_time: span && isoUtc(span.last),
    year_rule: rule?.rule ?? null,
    year_certainty: rule?.certainty ?? null,
    zone,
    synthetic,
    note,
  };
}

/** Row of the sources frame for a file that is not read, or not again. */
export function unreadable({ id, file }: Job, note: string, { home, zone }: RowPlace): Row<'sources'> {
  return {
    id,
    path: pathFor(file.path, home),
    kind: 'unreadable',
    bytes: 0,
    lines: 0,
    sha256: null,
    first_time: null,
    last_time: null,
    year_rule: null,
    year_certainty: null,
    zone,
    synthetic: false,
    note,
  };
}
