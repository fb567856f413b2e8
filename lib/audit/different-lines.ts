import { UserError } from '../errors.js';
import { locate } from '../explain.js';

/** A line that does not count the same in the frames and in the recount. */
export interface DifferentLine {
  /** File, null where the frames name a source that is not among the sources. */
  readonly path: string | null;
  readonly line: number;
  readonly text: string;
  /** How often it counts; 0 where it does not. */
  readonly inFrames: number;
  readonly recounted: number;
}

/** So many are shown of one row. */
const mostShown = 5;

/**
 * Holds the lines that the frames have behind a row against those that were counted again.
 * @param rows source, line and count, by traceSql
 * @param found number of the source, line and count, one after another
 * @param ids of the sources by number
 */
export async function differentLines(
  frames: string,
  rows: readonly Readonly<Record<string, unknown>>[],
  found: readonly number[],
  ids: readonly string[],
): Promise<DifferentLine[]> {
  const counts = new Map<string, { source: string; line: number; inFrames: number; recounted: number }>();
  const at = (source: string, line: number) => {
    const key = `${source} ${line}`;
    const known = counts.get(key) ?? { source, line, inFrames: 0, recounted: 0 };
    counts.set(key, known);
    return known;
  };
  for (const { source, line, count } of rows) at(String(source), Number(line)).inFrames += Number(count);
  for (let i = 0; i < found.length; i += 3)
    at(ids[found[i] ?? -1] ?? '', found[i + 1] ?? 0).recounted += found[i + 2] ?? 0;
  const different = [...counts.values()].filter(({ inFrames, recounted }) => inFrames !== recounted);
  const shown: DifferentLine[] = [];
  for (const { source, line, inFrames, recounted } of different.slice(0, mostShown))
    shown.push({ line, inFrames, recounted, ...(await textOf(frames, source, line)) });
  return shown;
}

async function textOf(
  frames: string,
  source: string,
  line: number,
): Promise<{ path: string | null; text: string }> {
  try {
    for await (const { path, text } of locate(frames, [{ source, line, count: 1 }])) return { path, text };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
  }
  return { path: null, text: `no line ${line} in source ${source}` };
}
