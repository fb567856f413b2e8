import { resolve } from 'node:path';
import { openEngine } from './engine/index.js';
import { countryData } from './enrich/country.js';
import { locateAddresses } from './enrich/locate-addresses.js';
import { UserError } from './errors.js';
import { AddressTally } from './frames/address-tally.js';
import { type FrameWriter, frameWriter } from './frames/csv.js';
import { type FramesInfo, writeDatapackage } from './frames/datapackage.js';
import { DayCounter } from './frames/day-counter.js';
import { type ImportOptions, type ImportResult, importSources } from './frames/import-sources.js';
import { replaceFolder } from './frames/replace-folder.js';
import type { Sink } from './frames/sink.js';
import { escapeControls } from './printable.js';
import type { Finding, FrameName, Row } from './schema.js';
import type { Site } from './site.js';
import { listFiles } from './sources/list-files.js';
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
  options: Omit<ImportOptions, 'home'>,
): Promise<FramesReport> {
  // Frames of an earlier run may lie within the folder that is read.
  const inputs = listFiles(paths).filter(({ path }) => !resolve(path).startsWith(`${resolve(out)}/`));
  let report: FramesReport | undefined;
  await replaceFolder(out, async (folder) => {
    const sink = openSink(folder, site);
    const result = await importSources(inputs, sink, { ...options, home: out });
    if (result.sources.length === 0) throw new UserError('nothing to read: the paths hold frames only');
    if (result.sources.every((source) => source.kind === 'unreadable'))
      throw new UserError(
        `nothing to read:\n${result.errors.map((error) => `  ${escapeControls(error)}`).join('\n')}`,
      );
    const rows: Record<FrameName, number> = {
      auth: sink.auth.close(),
      bans: sink.bans.close(),
      sources: writeAll(frameWriter(folder, 'sources'), result.sources),
      coverage: writeAll(frameWriter(folder, 'coverage'), result.coverage),
      days: writeAll(frameWriter(folder, 'days'), sink.days.rows()),
      addresses: writeAll(
        frameWriter(folder, 'addresses'),
        locateAddresses(sink.addresses.entries(), countryData()),
      ),
      findings: 0,
    };
    const info = {
      site,
      synthetic: result.sources.some((s) => s.synthetic),
      period: periodOf(result.sources, sink.zone),
    };
    // The engine asks the datapackage for the site, and the findings are a frame of the datapackage.
    writeAll(frameWriter(folder, 'findings'), []);
    writeDatapackage(folder, info, rows);
    const findings = await findingsOf(folder, site);
    rows.findings = writeAll(frameWriter(folder, 'findings'), findings);
    writeDatapackage(folder, info, rows);
    report = { ...result, rows, unmappedJails: [...sink.unmappedJails].sort() };
  });
  if (!report) throw new Error('makeFrames ended without a report');
  return report;
}

const openSink = (folder: string, site: Site): Sink => ({
  site,
  zone: zoneClock(site.zone),
  auth: frameWriter(folder, 'auth'),
  bans: frameWriter(folder, 'bans'),
  days: new DayCounter(),
  addresses: new AddressTally(),
  unmappedJails: new Set(),
});

function writeAll<F extends FrameName>(writer: FrameWriter<F>, rows: readonly Row<F>[]): number {
  for (const row of rows) writer.write(row);
  return writer.close();
}

async function findingsOf(folder: string, site: Site): Promise<Finding[]> {
  const engine = await openEngine(folder);
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
