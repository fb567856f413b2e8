import { openAnswerLog } from './answer-log.js';
import { askEach } from './ask-each.js';
import { risksFile } from './known-risks.js';
import { type RiskAnswer, type RiskProvider, StopAsking } from './risk-provider.js';

/** How far a run is. */
export interface RiskProgress {
  readonly done: number;
  readonly total: number;
}

export interface RiskRun {
  readonly scored: number;
  readonly noScore: number;
  readonly errors: number;
  /** Why it ended before its end; null when it did not. */
  readonly stopped: StopAsking | null;
}

export interface RiskRunOptions {
  /** Time of an answer, UTC, as frames have it. */
  readonly askedAt: () => string;
  /** Whether the provider's source has scored anything in an earlier run. @default false */
  readonly scoredBefore?: boolean;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: RiskProgress) => void;
}

/** So many keys without an answer, one after the other: the service is down, and to go on would be rude. */
const patience = 20;

/**
 * Asks a provider for keys and writes each answer to the disk as it comes, so that a run that is killed loses
 * nothing that was answered. An error is written with its reason, and asked for again by the next run.
 * @throws what kept an answer from the disk; then nothing more is asked
 */
export async function askRisk(
  keys: readonly string[],
  cache: string,
  provider: RiskProvider,
  { askedAt, scoredBefore = false, signal, onProgress }: RiskRunOptions,
): Promise<RiskRun> {
  const log = openAnswerLog(risksFile(cache));
  // What an earlier run has come to says nothing of a URL that was mistyped since; but a few keys may all be unknown.
  const proven = provider.proven || (scoredBefore && keys.length < patience);
  const counts = { scored: 0, no_score: 0, error: 0 };
  let stopped: StopAsking | null = null;
  let failing = 0;
  let done = 0;
  const enter = (key: string, answer: RiskAnswer | Error): void => {
    const believed = proven || counts.scored > 0;
    const line = lineOf(answer, believed);
    counts[line.status] += 1;
    failing = line.status === 'error' ? failing + 1 : 0;
    if (line.status === 'error' && failing >= patience) {
      const hint = believed ? '' : '; this run has scored nothing: check INVESTIGATE_URL';
      stopped ??= new StopAsking(
        `no answer ${patience} times in succession, the last time: ${line.error}${hint}`,
      );
    }
    log.append({ [provider.keys]: key, ...line, asked_at: askedAt(), api: provider.api });
    done += 1;
    onProgress({ done, total: keys.length });
  };
  const ask = async (batch: readonly string[], ends: AbortSignal): Promise<void> => {
    if (stopped) return;
    let answers: (RiskAnswer | Error)[];
    try {
      answers = await provider.ask(batch, ends);
    } catch (error) {
      if (error instanceof StopAsking) stopped ??= error;
      else if (!ends.aborted) throw error;
      return;
    }
    if (answers.length !== batch.length)
      throw new Error(`${provider.api}: ${answers.length} answers for ${batch.length} keys`);
    for (const [i, answer] of answers.entries()) enter(batch[i] ?? '', answer);
  };
  try {
    await askEach(batches(keys, provider.batchSize), provider.concurrency, signal, ask);
  } finally {
    await log.close();
  }
  if (signal.aborted) stopped ??= new StopAsking('interrupted');
  return { scored: counts.scored, noScore: counts.no_score, errors: counts.error, stopped };
}

/** @param believed whether it counts that the source does not know a key */
function lineOf(answer: RiskAnswer | Error, believed: boolean) {
  if (answer instanceof Error) return { status: 'error', error: answer.message } as const;
  const { risk_score, ...rest } = answer;
  if (rest.error !== undefined && !believed) return { status: 'error', error: rest.error } as const;
  return risk_score === null
    ? ({ status: 'no_score', ...rest } as const)
    : ({ status: 'scored', risk_score, ...rest } as const);
}

const batches = (keys: readonly string[], size: number): string[][] =>
  Array.from({ length: Math.ceil(keys.length / size) }, (_, i) => keys.slice(i * size, (i + 1) * size));
