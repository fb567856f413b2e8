import { openEngine } from './engine/index.js';
import { frameWriter, type WrittenFrame, writeFrame } from './frames/csv.js';
import { type FramesInfo, writeDatapackage } from './frames/datapackage.js';
import { type Finding, type FrameName, schema } from './schema.js';
import { runStatistic, statistics } from './stats/index.js';

/** What was written of each frame. */
export type WrittenFrames = Readonly<Record<FrameName, WrittenFrame>>;

/**
 * Runs every statistic over a folder of frames that are as they will stay, and writes findings and datapackage.
 * @param written of the other frames
 */
export async function writeFindings(
  folder: string,
  info: Omit<FramesInfo, 'version'>,
  written: Omit<WrittenFrames, 'findings'>,
): Promise<WrittenFrames> {
  // The engine asks the datapackage for the site, and the findings are a frame of the datapackage.
  writeDatapackage(folder, info, { ...written, findings: frameWriter(folder, 'findings').close() });
  const frames = { ...written, findings: writeFrame(folder, 'findings', await findingsOf(folder, info)) };
  writeDatapackage(folder, info, frames);
  return frames;
}

async function findingsOf(folder: string, { site }: Pick<FramesInfo, 'site'>): Promise<Finding[]> {
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
