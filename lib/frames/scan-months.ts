import { YearClock } from '../parsers/year-rule.js';
import { readBytes } from '../sources/read-bytes.js';
import { readLines } from '../sources/read-lines.js';

/** How the months of a log without years run. */
export interface MonthScan {
  /** Month (0 to 11) and day of the last line with a stamp. */
  readonly last: { readonly month: number; readonly day: number };
  /** Years from the first line to the last. */
  readonly turns: number;
}

const months = 'JanFebMarAprMayJunJulAugSepOctNovDec';
const stamp = /^([A-Z][a-z]{2}) ( ?[1-9]|[12]\d|3[01]|0[1-9]) \d\d:/;

/** Reads a log for its months alone. @returns null when no line has a stamp without a year */
export async function scanMonths(path: string): Promise<MonthScan | null> {
  const clock = new YearClock(0);
  let found: MonthScan | null = null;
  try {
    for await (const { lines } of readLines(readBytes(path).content, 'latin1')) {
      for (const line of lines) {
        const match = stamp.exec(line);
        const month = match ? months.indexOf(match[1] ?? '') / 3 : -1;
        if (!Number.isInteger(month) || month < 0) continue;
        found = { last: { month, day: Number(match?.[2]) }, turns: clock.at(month) };
      }
    }
  } catch {
    // The import that follows meets the same error and reports it.
  }
  return found;
}
