import { answerLines } from './answer-lines.js';
import { type AnswerLog, openAnswerLog } from './answer-log.js';
import type { Clock } from './clock.js';
import { StopAsking } from './risk-provider.js';

/** Counts requests, so that no span of 24 hours sees more than are allowed, whenever a run is killed. */
export interface DailyQuota {
  /** Requests that are left now. */
  left(): number;
  /** Enters a request, before it is sent. @throws StopAsking when none is left, with the time at which half are again */
  spend(): Promise<void>;
  close(): Promise<void>;
}

/** A minute more than 24 hours: a request is entered before it waits for its turn. */
const day = (24 * 60 + 1) * 60 * 1000;

/** @param path of the file that keeps when requests were made; it is not touched without a limit */
export function dailyQuota(path: string, perDay: number, clock: Clock): DailyQuota {
  if (perDay === Number.POSITIVE_INFINITY)
    return { left: () => perDay, spend: async () => {}, close: async () => {} };
  // Read when it is asked for: then the run has the cache to itself.
  let known: number[] | undefined;
  const read = (): number[] =>
    [...answerLines<{ at: number }>(path, (line) => typeof Object(line).at === 'number')]
      .map(({ at }) => at)
      .sort((a, b) => a - b);
  let log: AnswerLog | undefined;
  const spent = (): number[] => {
    known ??= read();
    const since = clock.now() - day;
    while (known.length > 0 && (known[0] ?? 0) <= since) known.shift();
    return known;
  };
  return {
    left: () => perDay - spent().length,
    spend: async () => {
      const times = spent();
      if (times.length >= perDay) {
        // When half of them are free again: after the first alone, a run would stop at its second request.
        const goOnAt = (times.at(-Math.ceil(perDay / 2)) ?? 0) + day;
        throw new StopAsking(`the ${perDay} requests of a day are spent`, goOnAt);
      }
      const at = clock.now();
      times.push(at);
      log ??= openAnswerLog(path);
      log.append({ at });
      await log.flush();
    },
    close: async () => log?.close(),
  };
}
