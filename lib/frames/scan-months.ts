import { parseEnvelope } from '../parsers/envelope.js';
import { readBytes } from '../sources/read-bytes.js';

/** How the months of a log without years run, from a look at one line in each piece of the file. */
export interface MonthScan {
  /** Month (0 to 11) and day of the last line with a stamp. */
  readonly last: { readonly month: number; readonly day: number };
  /** How often the year turned. */
  readonly turns: number;
}

const months = 'JanFebMarAprMayJunJulAugSepOctNovDec';

/** @returns null when no line has a stamp without a year */
export async function scanMonths(path: string): Promise<MonthScan | null> {
  let last: MonthScan['last'] | null = null;
  let turns = 0;
  let first = true;
  const look = (line: string): boolean => {
    const stamp = parseEnvelope(line)?.stamp;
    if (stamp?.kind !== 'classic') return false;
    const month = months.indexOf(stamp.minute.slice(0, 3)) / 3;
    if (last && month < last.month - 1) turns++;
    if (!last || month !== last.month - 1) last = { month, day: Number(stamp.minute.slice(4, 6)) };
    return true;
  };
  try {
    for await (const piece of readBytes(path).content) {
      const lines = piece.toString('latin1').split('\n');
      // But in the first piece, the first line is the rest of one that was seen.
      if (!first) lines.shift();
      first = false;
      lines.find(look);
      lines.reverse().find(look);
    }
  } catch {
    // The import that follows meets the same error and reports it.
  }
  return last && { last, turns };
}
