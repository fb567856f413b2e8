import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { openEngine } from './engine/index.js';
import { countryData } from './enrich/country.js';
import { knownNames } from './enrich/known-names.js';
import { knownRisks } from './enrich/known-risks.js';
import { locateAddresses } from './enrich/locate-addresses.js';
import { riskRows } from './enrich/risk-rows.js';
import { UserError } from './errors.js';
import { AddressTally } from './frames/address-tally.js';
import { type FrameWriter, frameWriter, type WrittenFrame } from './frames/csv.js';
import { type FramesInfo, writeDatapackage } from './frames/datapackage.js';
import { DayCounter } from './frames/day-counter.js';
import { EarlierImport, ImportRecorder } from './frames/earlier-import.js';
import {
  type ImportOptions,
  type ImportOutput,
  type ImportResult,
  importSources,
} from './frames/import-sources.js';
import { NameTally } from './frames/name-tally.js';
import { onePool, type PiecePool, threadPool } from './frames/piece-pool.js';
import { type RecordFrame, recordFrames } from './frames/piece-sink.js';
import { replaceFolder } from './frames/replace-folder.js';
import { escapeControls } from './printable.js';
import { type Finding, type FrameName, type Row, schema } from './schema.js';
import type { Site } from './site.js';
import { type InputFile, listFiles } from './sources/list-files.js';
import { runStatistic, statistics } from './stats/index.js';
import { isoLocal, type ZoneClock, zoneClock } from './zone.js';

export interface FramesReport extends ImportResult {
  readonly rows: Readonly<Record<FrameName, number>>;
  /** Jails with bans to which the site settings give no service. */
  readonly unmappedJails: readonly string[];
}

/**
 * The whole way from input files to a folder of frames: import, countries, findings, datapackage.
 * The folder is replaced as a whole at the end.
 * @throws UserError when nothing at all could be read
 */
export async function makeFrames(
  paths: readonly string[],
  out: string,
  site: Site,
  options: Omit<ImportOptions, 'home' | 'zone' | 'earlier'> & {
    readonly threads: number;
    /** Folder of the answers that were asked for host names and risk; null, the default, for none. */
    readonly cache?: string | null;
  },
): Promise<FramesReport> {
  // Frames of an earlier run may lie within the folder that is read.
  const inputs = listFiles(paths).filter(({ path }) => !resolve(path).startsWith(`${resolve(out)}/`));
  let report: FramesReport | undefined;
  await replaceFolder(out, async (folder) => {
    const writers = Object.fromEntries(recordFrames.map((frame) => [frame, frameWriter(folder, frame)])) as {
      [F in RecordFrame]: FrameWriter<F>;
    };
    const days = new DayCounter();
    const addresses = new AddressTally();
    const names = new NameTally();
    const unmapped = new Set<string>();
    const settings = { site, year: options.year };
    const recorder = new ImportRecorder(folder, settings);
    const output: ImportOutput = {
      sizes: () => ({
        auth: writers.auth.bytes,
        bans: writers.bans.bytes,
        rejects: writers.rejects.bytes,
        reports: writers.reports.bytes,
      }),
      rows: (frame, lines, rows) => writers[frame].writePart(lines, rows),
      source: (kept, tally) => {
        const packed = tally.addresses.packed();
        recorder.enter(kept, packed);
        for (const { kind, date, records } of kept.days) days.enter(kind, date, records);
        addresses.addPacked(packed);
        names.addAll(kept.names);
        for (const jail of kept.unmappedJails) unmapped.add(jail);
      },
    };
    const pool = poolFor(inputs, site, options.threads);
    const result = await importSources(inputs, pool, output, {
      ...options,
      home: out,
      zone: site.zone,
      earlier: await EarlierImport.read(out, settings),
    }).finally(pool.close);
    recorder.close();
    if (result.sources.length === 0) throw new UserError('nothing to read: the paths hold frames only');
    if (result.sources.every((source) => source.kind === 'unreadable'))
      throw new UserError(
        `nothing to read:\n${result.errors.map((error) => `  ${escapeControls(error)}`).join('\n')}`,
      );
    const cache = options.cache ?? null;
    const risks = riskRows(knownRisks(cache));
    const located = locateAddresses(addresses.sorted(), countryData(), knownNames(cache, names.entries()));
    const written = {
      auth: writers.auth.close(),
      bans: writers.bans.close(),
      rejects: writers.rejects.close(),
      reports: writers.reports.close(),
      sources: writeAll(frameWriter(folder, 'sources'), result.sources),
      coverage: writeAll(frameWriter(folder, 'coverage'), result.coverage),
      days: writeAll(frameWriter(folder, 'days'), days.rows()),
      addresses: writeAll(frameWriter(folder, 'addresses'), risks.noting(located)),
      risk: writeAll(frameWriter(folder, 'risk'), risks.noted()),
    };
    const info = {
      site,
      synthetic: result.sources.some((s) => s.synthetic),
      period: periodOf(result.sources, zoneClock(site.zone)),
    };
    // The engine asks the datapackage for the site, and the findings are a frame of the datapackage.
    writeDatapackage(folder, info, { ...written, findings: writeAll(frameWriter(folder, 'findings'), []) });
    const found = await findingsOf(folder, site);
    const findings = writeAll(frameWriter(folder, 'findings'), found);
    const frames = { ...written, findings };
    writeDatapackage(folder, info, frames);
    const rows = Object.fromEntries(Object.entries(frames).map(([frame, { rows }]) => [frame, rows]));
    report = { ...result, rows: rows as FramesReport['rows'], unmappedJails: [...unmapped].sort() };
  });
  if (!report) throw new Error('makeFrames ended without a report');
  return report;
}

/** Threads take longer to begin than small input to be read. */
const worthThreads = 16 * 1024 * 1024;

function poolFor(inputs: readonly InputFile[], site: Site, threads: number): PiecePool {
  const bytes = inputs.reduce((sum, { path, error }) => sum + (error ? 0 : statSync(path).size), 0);
  return threads > 1 && bytes > worthThreads ? threadPool(site, threads) : onePool(site);
}

function writeAll<F extends FrameName>(writer: FrameWriter<F>, rows: Iterable<Row<F>>): WrittenFrame {
  for (const row of rows) writer.write(row);
  return writer.close();
}

async function findingsOf(folder: string, site: Site): Promise<Finding[]> {
  // What has just been written need not be hashed again.
  const engine = await openEngine(folder, new Set(Object.keys(schema) as FrameName[]));
  try {
    const findings: Finding[] = [];
    for (const statistic of statistics) {
      const { table } = await runStatistic(engine, statistic);
      findings.push(...statistic.findings(table, site));
    }
    return findings;
  } finally {
    engine.close();
  }
}

function periodOf(sources: readonly Row<'sources'>[], zone: ZoneClock): FramesInfo['period'] {
  const dates = sources
    .flatMap(({ first_time, last_time }) => [first_time ?? [], last_time ?? []].flat())
    .map((time) => isoLocal(zone.toLocal(Date.parse(time))).slice(0, 10))
    .sort();
  const [first, last] = [dates[0], dates.at(-1)];
  return first === undefined || last === undefined ? null : { first, last };
}
