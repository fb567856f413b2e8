import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { countryData } from './enrich/country.js';
import { knownNames } from './enrich/known-names.js';
import { knownRisks } from './enrich/known-risks.js';
import { locateAddresses } from './enrich/locate-addresses.js';
import { riskRows } from './enrich/risk-rows.js';
import { type MmdbFiles, secondOpinion } from './enrich/second-opinion.js';
import { UserError } from './errors.js';
import { addressLine } from './frames/address-line.js';
import { AddressTally } from './frames/address-tally.js';
import { type FrameWriter, frameWriter, writeFrame } from './frames/csv.js';
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
import type { FrameName, Row } from './schema.js';
import type { Site } from './site.js';
import { type InputFile, listFiles } from './sources/list-files.js';
import type { writeFindings } from './write-findings.js';
import { isoLocal, type ZoneClock, zoneClock } from './zone.js';

export interface FramesReport extends ImportResult {
  readonly rows: Readonly<Record<FrameName, number>>;
  /** Jails with bans to which the site settings give no service. */
  readonly unmappedJails: readonly string[];
}

export type MakeOptions = Omit<ImportOptions, 'home' | 'zone' | 'earlier'> & {
  readonly threads: number;
  /** Folder of the answers that were asked for host names and risk; null, the default, for none. */
  readonly cache?: string | null;
  /** The user's own MaxMind files, for a second opinion. */
  readonly mmdb?: MmdbFiles;
  /** False leaves the findings to whoever asks for them: they take longer than all else. */
  readonly findings?: boolean;
};

/**
 * The whole way from input files to a folder of frames: import, countries, findings, datapackage.
 * The folder is replaced as a whole at the end.
 * @throws UserError when nothing at all could be read
 */
export async function makeFrames(
  paths: readonly string[],
  out: string,
  site: Site,
  options: MakeOptions,
): Promise<FramesReport> {
  // Frames of an earlier run may lie within the folder that is read.
  const inputs = listFiles(paths).filter(({ path }) => !resolve(path).startsWith(`${resolve(out)}/`));
  let report: FramesReport | undefined;
  await replaceFolder(out, async (folder) => {
    // What an import holds in memory ends with it: the engine comes after.
    const { result, unmappedJails, info, written } = await importInto(folder, inputs, out, site, options);
    const frames = await (options.findings === false
      ? writeDatapackage(folder, info, written)
      : withFindings(folder, info, written));
    const rows = Object.fromEntries(Object.entries(frames).map(([frame, { rows }]) => [frame, rows]));
    report = { ...result, rows: rows as FramesReport['rows'], unmappedJails };
  });
  if (!report) throw new Error('makeFrames ended without a report');
  return report;
}

/**
 * The engine is loaded only here: that takes longer than to read a small log. Its memory is not V8's, which would keep
 * what the import has left (100 MB of a whole year) until JavaScript asks for more; so it is told to collect.
 */
async function withFindings(...args: Parameters<typeof writeFindings>): ReturnType<typeof writeFindings> {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
  return (await import('./write-findings.js')).writeFindings(...args);
}

/** All frames but the findings. */
async function importInto(
  folder: string,
  inputs: readonly InputFile[],
  out: string,
  site: Site,
  options: MakeOptions,
) {
  const settings = { site, year: options.year };
  // First, since threads take as long to begin as all that follows.
  const pool = poolFor(inputs, site, options.threads);
  const { output, writers, days, addresses, names, unmapped, recorder } = openOutput(folder, settings);
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
  const synthetic = result.sources.some((source) => source.synthetic);
  const risks = riskRows(knownRisks(cache, synthetic).values());
  const located = locateAddresses(
    addresses.sorted(),
    countryData(),
    knownNames(cache, names.entries()),
    secondOpinion(options.mmdb ?? {}),
  );
  const written = {
    auth: writers.auth.close(),
    bans: writers.bans.close(),
    rejects: writers.rejects.close(),
    reports: writers.reports.close(),
    sources: writeFrame(folder, 'sources', result.sources),
    coverage: writeFrame(folder, 'coverage', result.coverage),
    days: writeFrame(folder, 'days', days.rows()),
    addresses: writeFrame(folder, 'addresses', risks.noting(located), addressLine()),
    risk: writeFrame(folder, 'risk', risks.noted()),
  };
  const info = {
    site,
    synthetic,
    period: periodOf(result.sources, zoneClock(site.zone)),
  };
  return { result, unmappedJails: [...unmapped].sort(), info, written };
}

/** Where an import puts what it reads. */
function openOutput(folder: string, settings: ConstructorParameters<typeof ImportRecorder>[1]) {
  const writers = Object.fromEntries(recordFrames.map((frame) => [frame, frameWriter(folder, frame)])) as {
    [F in RecordFrame]: FrameWriter<F>;
  };
  const days = new DayCounter();
  const addresses = new AddressTally();
  const names = new NameTally();
  const unmapped = new Set<string>();
  const recorder = new ImportRecorder(folder, settings);
  const output: ImportOutput = {
    sizes: () => ({
      auth: writers.auth.bytes,
      bans: writers.bans.bytes,
      rejects: writers.rejects.bytes,
      reports: writers.reports.bytes,
    }),
    rows: (frame, lines, rows) => writers[frame].writePart(lines, rows),
    mark: () => {
      const backs = recordFrames.map((frame) => writers[frame].mark());
      return () => {
        for (const back of backs) back();
      };
    },
    source: (kept, tally) => {
      recorder.enter(kept, tally.addresses, tally.mails);
      for (const { kind, date, records } of kept.days) days.enter(kind, date, records);
      addresses.addAll(tally.addresses);
      names.addAll(kept.names);
      for (const jail of kept.unmappedJails) unmapped.add(jail);
    },
  };
  return { output, writers, days, addresses, names, unmapped, recorder };
}

/** Threads take longer to begin than small input to be read. */
const worthThreads = 16 * 1024 * 1024;

function poolFor(inputs: readonly InputFile[], site: Site, threads: number): PiecePool {
  const bytes = inputs.reduce((sum, { path, error }) => sum + (error ? 0 : statSync(path).size), 0);
  return threads > 1 && bytes > worthThreads ? threadPool(site, threads) : onePool(site);
}

function periodOf(sources: readonly Row<'sources'>[], zone: ZoneClock): FramesInfo['period'] {
  const dates = sources
    .flatMap(({ first_time, last_time }) => [first_time ?? [], last_time ?? []].flat())
    .map((time) => isoLocal(zone.toLocal(Date.parse(time))).slice(0, 10))
    .sort();
  const [first, last] = [dates[0], dates.at(-1)];
  return first === undefined || last === undefined ? null : { first, last };
}
