import { openAnswerLog } from './answer-log.js';
import { askEach } from './ask-each.js';
import { type NameAnswer, namesFile } from './known-names.js';
import { type NameServer, reverseName } from './reverse-name.js';

export interface NamesRunOptions {
  /** Addresses at once. */
  readonly concurrency: number;
  /** Time of an answer, UTC, as frames have it. */
  readonly askedAt: () => string;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: { readonly done: number; readonly total: number }) => void;
}

/** How many addresses got which status. */
export type NamesRun = Readonly<Record<NameAnswer['status'], number>>;

/**
 * Asks a name server for the names of addresses and writes each answer to the disk as it comes. What got no answer is
 * written too, with its status, and asked for again by the next run.
 * @throws what kept an answer from the disk; then nothing more is asked
 */
export async function askNames(
  addresses: readonly string[],
  cache: string,
  server: NameServer,
  { concurrency, askedAt, signal, onProgress }: NamesRunOptions,
): Promise<NamesRun> {
  const log = openAnswerLog(namesFile(cache));
  const counts = { confirmed: 0, unconfirmed: 0, none: 0, timeout: 0, refused: 0, error: 0 };
  let done = 0;
  const ask = async (address: string, ends: AbortSignal): Promise<void> => {
    const found = await reverseName(address, server);
    // What was cut off by the end of the run is no answer.
    if (ends.aborted) return;
    log.append({ address, ...found, asked_at: askedAt(), source: 'dns' } satisfies NameAnswer);
    counts[found.status] += 1;
    done += 1;
    onProgress({ done, total: addresses.length });
  };
  try {
    await askEach(addresses, concurrency, signal, ask);
  } finally {
    await log.close();
  }
  return counts;
}
