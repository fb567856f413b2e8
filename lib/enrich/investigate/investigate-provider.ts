import { join } from 'node:path';
import { dailyQuota } from '../daily-quota.js';
import { simulator } from '../known-risks.js';
import { isLoopback } from '../loopback.js';
import { rateLimit } from '../rate-limit.js';
import type { RiskProvider } from '../risk-provider.js';
import { investigate } from './investigate.js';
import { NoAnswer } from './no-answer.js';
import type { Outside } from './send.js';
import type { InvestigateSettings } from './settings.js';

export interface InvestigateLimits {
  /** Requests a second; Cisco says 3 where it says nothing else. */
  readonly perSecond: number;
  /** Requests in 24 hours; 2,000 for an Integration licence. */
  readonly perDay: number;
  /** Requests at once. */
  readonly concurrency: number;
  readonly timeoutMs: number;
}

export const defaultLimits: InvestigateLimits = {
  perSecond: 3,
  perDay: Number.POSITIVE_INFINITY,
  concurrency: 8,
  timeoutMs: 30_000,
};

/** What a 404 stands for; what the API says of a name that it does not know is not documented. */
const unknown = { risk_score: null, error: 'HTTP 404' };

/** Token requests have a limit of their own: 20 a minute. */
const tokensPerSecond = 20 / 60;

/**
 * Risk scores of Umbrella Investigate, one request a name: the API has no other way.
 * @param cache folder that keeps when requests were made
 */
export function investigateProvider(
  { version, base, tokens }: InvestigateSettings,
  { perSecond, perDay, concurrency, timeoutMs }: InvestigateLimits,
  cache: string,
  around: Outside,
): RiskProvider {
  const quota = dailyQuota(join(cache, 'risk-requests.jsonl'), perDay, around.clock);
  const common = { ...around, timeoutMs };
  const forTokens = { ...common, limit: rateLimit(tokensPerSecond, around.clock), spend: async () => {} };
  const limit = rateLimit(perSecond, around.clock);
  // A run that was stopped just now may have used this second.
  if (Number.isFinite(perSecond)) limit.pause(1000);
  const connection = {
    version,
    base,
    tokens: tokens(forTokens),
    sending: { ...common, limit, spend: quota.spend },
  };
  return {
    api: isLoopback(base.hostname) ? simulator : `investigate ${version}`,
    // Both APIs give the same score.
    accepts: () => true,
    proven: false,
    keys: 'name',
    batchSize: 1,
    concurrency,
    perSecond,
    perDay,
    leftToday: quota.left,
    ask: async ([name = ''], signal) => {
      try {
        return [(await investigate(connection, signal).riskScore(name)) ?? unknown];
      } catch (error) {
        if (error instanceof NoAnswer) return [error];
        throw error;
      }
    },
    close: () => quota.close(),
  };
}
