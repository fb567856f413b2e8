import { months } from '../../lib/forge/stamps.js';
import { textFile } from '../../lib/forge/text-file.js';
import { TimeQueue } from '../../lib/time-queue.js';

/** One line before it is written. */
export interface BenchLine {
  /** UTC milliseconds, on the second. */
  readonly at: number;
  /** All that follows the host: `sshd[4242]: Failed password for …`. */
  readonly text: string;
  /** Failed logins that the line stands for. */
  readonly failures: number;
}

/** The period of all inputs: the article's year. */
export const period = { from: Date.UTC(2018, 11, 1), to: Date.UTC(2019, 11, 1) };
/** logrotate's name for the log of that year; the date tells readers the year. */
export const rotated = '20191201';
export const host = 'host1.example';
export const seed = 20191201;

/** What a written log holds. */
export interface LogFacts {
  readonly lines: number;
  readonly failures: number;
}

/**
 * Writes a log of exactly so many lines. Visits follow each other in the order of time and overlap.
 * @param visit lines of one visit that begins at this instant
 */
export async function writeLog(
  path: string,
  lines: number,
  visit: (at: number) => BenchLine[],
): Promise<LogFacts> {
  const file = textFile(path);
  const queue = new TimeQueue<BenchLine>();
  const stamp = stamper();
  // Readers know the data as synthetic by this line, as they know forge's.
  file.write(`${stamp(period.from)} ${host} banbook-forge[1]: synthetic data, seed ${seed}\n`);
  let written = 1;
  let failures = 0;
  while (written < lines) {
    const part = written / lines;
    const now = period.from + Math.floor(((period.to - period.from) * part) / 1000) * 1000;
    for (const line of visit(now)) queue.push(line);
    while (queue.next <= now && written < lines) {
      const line = queue.pop();
      if (!line) break;
      file.write(`${stamp(line.at)} ${host} ${line.text}\n`);
      written++;
      failures += line.failures;
    }
  }
  file.close();
  return { lines: written, failures };
}

/** `Dec  1 00:00:00`, kept for as long as the second lasts. */
function stamper(): (at: number) => string {
  let last = Number.NaN;
  let text = '';
  return (at) => {
    if (at !== last) {
      last = at;
      const date = new Date(at);
      const day = String(date.getUTCDate()).padStart(2);
      text = `${months[date.getUTCMonth()]} ${day} ${date.toISOString().slice(11, 19)}`;
    }
    return text;
  };
}
