import { frameWriter, type WrittenFrame, writeFrame } from './frames/csv.js';
import { type FramesInfo, writeDatapackage } from './frames/datapackage.js';
import { type Finding, type FrameName, schema } from './schema.js';
import { allFindings } from './stats/index.js';

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
  const frames = { ...written, findings: writeFrame(folder, 'findings', await findingsOf(folder)) };
  writeDatapackage(folder, info, frames);
  return frames;
}

/** The engine is loaded only here: that takes longer than to read a small log. */
async function findingsOf(folder: string): Promise<Finding[]> {
  const { openEngine } = await import('./engine/index.js');
  // What has just been written need not be hashed again.
  const engine = await openEngine(folder, new Set(Object.keys(schema) as FrameName[]));
  return allFindings(engine).finally(engine.close);
}
