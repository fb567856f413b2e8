import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { frameColumns } from '../../lib/frames/csv.js';
import { PieceSink } from '../../lib/frames/piece-sink.js';
import { LogReader } from '../../lib/frames/read-log.js';
import { defaultSite } from '../../lib/site.js';
import { zoneClock } from '../../lib/zone.js';

/** Where Debian's package fail2ban, and an installation by pip, has its annotated logs. */
const places = [
  '/usr/lib/python3/dist-packages/fail2ban/tests/files/logs',
  '/usr/local/lib/python3/dist-packages/fail2ban/tests/files/logs',
];

export const samplesFolder = places.find((place) => existsSync(place)) ?? null;

/** A line of fail2ban's samples, what fail2ban says of it and what banbook makes of it. */
export interface Sample {
  readonly file: string;
  readonly number: number;
  /** First digits of its SHA-256: names the line without quoting it. */
  readonly key: string;
  readonly text: string;
  /** True where it counts as a failure at once. */
  readonly match: boolean;
  readonly host: string | null;
  /** False where no pattern knows the wording; of several of one shape the first says it. */
  readonly known: boolean;
  /** Event and address of the row, or null where there is none. */
  readonly row: {
    readonly event: string;
    readonly address: string | null;
    readonly name: string | null;
    readonly method: string | null;
  } | null;
}

/** Reads one file of samples in its order, so that lines of one connection find each other. Those of a journal have no stamp. */
export function samplesOf(folder: string, file: string): Sample[] {
  let expected: { match?: boolean; host?: string; ip4?: string; ip6?: string } | null = null;
  const samples: Omit<Sample, 'row' | 'known'>[] = [];
  const lines = readFileSync(join(folder, file), 'utf8').split('\n');
  const text = lines.map((raw, i) => {
    const annotation = /^#\s*failJSON:\s*(\{.*\})\s*$/.exec(raw)?.[1];
    if (annotation) expected = JSON.parse(annotation);
    if (annotation || raw.startsWith('#') || raw.trim() === '') return '';
    const key = createHash('sha256').update(raw).digest('hex').slice(0, 8);
    // A line without an annotation of its own counts as one that does not match.
    samples.push({
      file,
      number: i + 1,
      key,
      text: raw,
      match: expected?.match === true,
      host: expected?.host ?? expected?.ip4 ?? expected?.ip6 ?? null,
    });
    expected = null;
    return file.endsWith('-journal') ? `Jan  1 00:00:00 ${raw.replace(/^\s+/, '')}` : raw;
  });
  const { rows, unknown } = readingOf(text);
  return samples.map((sample) => ({
    ...sample,
    known: !unknown.has(sample.number),
    row: rows.get(sample.number) ?? null,
  }));
}

/** Rows that lines give, by line number, and lines that no pattern knows. */
function readingOf(lines: readonly string[]) {
  const sink = new PieceSink('fail2ban', defaultSite);
  new LogReader(zoneClock('UTC'), { year: 2005, month: null }, sink).read(
    Buffer.from(`${lines.join('\n')}\n`),
    1,
  );
  const { frames, coverage } = sink.result(lines.length);
  const rows = new Map<number, NonNullable<Sample['row']>>();
  for (const frame of ['auth', 'rejects'] as const) {
    const columns = [...frameColumns(frame)];
    const records: Record<string, string>[] = parse(Buffer.from(frames[frame].bytes), { columns });
    for (const { line, event, reason, address, name, method } of records)
      rows.set(Number(line), {
        event: event ?? `${reason}`,
        address: address || null,
        name: name || null,
        method: method || null,
      });
  }
  const lost = coverage.filter((row) => row.class === 'unknown' || row.class === 'malformed');
  return { rows, unknown: new Set(lost.map(({ example }) => example)) };
}
