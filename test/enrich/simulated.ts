import type { TestContext } from 'node:test';
import { investigate } from '../../lib/enrich/investigate/investigate.js';
import {
  defaultLimits,
  type InvestigateLimits,
  investigateProvider,
} from '../../lib/enrich/investigate/investigate-provider.js';
import { investigateSettings } from '../../lib/enrich/investigate/settings.js';
import { rateLimit } from '../../lib/enrich/rate-limit.js';
import type { RiskProvider } from '../../lib/enrich/risk-provider.js';
import {
  credentials,
  investigateSimulator,
  type Simulator,
  type SimulatorOptions,
} from '../../lib/enrich/simulator/simulator.js';
import { TestClock } from './test-clock.js';

export const none = Number.POSITIVE_INFINITY;

/** Environment that leads to a simulator. */
export const environment = (url: string, version: 'v2' | 'legacy'): NodeJS.ProcessEnv =>
  version === 'v2'
    ? { INVESTIGATE_URL: url, INVESTIGATE_KEY: credentials.key, INVESTIGATE_SECRET: credentials.secret }
    : { INVESTIGATE_URL: url, INVESTIGATE_TOKEN: credentials.token };

export interface Simulated {
  readonly clock: TestClock;
  readonly simulator: Simulator;
  provider(
    cache: string,
    limits?: Partial<InvestigateLimits>,
    version?: 'v2' | 'legacy',
    env?: NodeJS.ProcessEnv,
  ): RiskProvider;
  client(version: 'v2' | 'legacy', limits?: Partial<InvestigateLimits>): ReturnType<typeof investigate>;
}

/** A simulator that ends with the test, and clients of it that live in the same time. */
export async function simulated(t: TestContext, options: Partial<SimulatorOptions> = {}): Promise<Simulated> {
  const clock = new TestClock(Date.parse('2026-03-01T00:00:00Z'));
  const simulator = await investigateSimulator({
    seed: 1,
    perSecond: none,
    perDay: none,
    tokenSeconds: 3600,
    latencyMs: 0,
    port: 0,
    fault: () => null,
    clock,
    ...options,
  });
  t.after(() => simulator.close());
  const settingsOf = (env: NodeJS.ProcessEnv) => {
    const settings = investigateSettings(env);
    if (!settings) throw new Error('no settings');
    return settings;
  };
  return {
    clock,
    simulator,
    provider: (cache, limits = {}, version = 'v2', env = environment(simulator.url, version)) =>
      investigateProvider(
        settingsOf(env),
        { ...defaultLimits, perSecond: none, timeoutMs: 5000, ...limits },
        cache,
        clock.outside(),
      ),
    client: (version, limits = {}) => {
      const sending = {
        ...clock.outside(),
        timeoutMs: limits.timeoutMs ?? 5000,
        limit: rateLimit(limits.perSecond ?? none, clock),
        spend: async () => {},
      };
      const { base, tokens } = settingsOf(environment(simulator.url, version));
      return investigate({ version, base, tokens: tokens(sending), sending });
    },
  };
}

/** Host names that are made up. */
export const namesOf = (count: number): string[] =>
  Array.from({ length: count }, (_, i) => `host${i}.isp.example`);
