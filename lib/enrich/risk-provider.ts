import type { RiskRow } from './known-risks.js';

/** What a source says of one key: columns of the risk frame. */
export type RiskAnswer = Partial<
  Omit<RiskRow, 'name' | 'address' | 'status' | 'asked_at' | 'api' | 'error'>
> & {
  /** 0 to 100, 100 the worst; null where the source answered and has none. */
  readonly risk_score: number | null;
  /** How it was said that there is none, where that may also come from a wrong address: `HTTP 404`. */
  readonly error?: string;
};

/**
 * A source of reputation. The shape is that of a data loader: keys in, an answer or an error for each key out, in the
 * same order. The cache, the batches and the report are ask-risk's.
 */
export interface RiskProvider {
  /** What the column `api` of the risk frame says; its first word is the source's name. */
  readonly api: string;
  /** Whether an answer under that name, of the same source, need not be asked for again. */
  accepts(api: string): boolean;
  /**
   * Whether it is sure to be that source. Of another, that it does not know a key is believed when it has scored one:
   * whatever server a mistyped URL leads to knows none.
   */
  readonly proven: boolean;
  /** What is to be known before it is asked. */
  readonly notice?: string;
  /** What it is asked for. */
  readonly keys: 'name' | 'address';
  /** Keys in one batch. */
  readonly batchSize: number;
  /** Batches at once. */
  readonly concurrency: number;
  /** Keys that can be answered in a second and in a day, for the plan; Infinity for no limit. */
  readonly perSecond: number;
  readonly perDay: number;
  /** Of a day's keys, those that can still be asked for. */
  leftToday(): number;
  /** @throws StopAsking when to ask for more would be in vain */
  ask(keys: readonly string[], signal: AbortSignal): Promise<(RiskAnswer | Error)[]>;
  close(): Promise<void>;
}

/** To ask for more would be in vain until something has changed: a quota, a key, a service that is down. */
export class StopAsking extends Error {
  override readonly name = 'StopAsking';

  /** @param goOnAt UTC milliseconds from which on it can go on; null when that is not known */
  constructor(
    message: string,
    readonly goOnAt: number | null = null,
  ) {
    super(message);
  }
}
