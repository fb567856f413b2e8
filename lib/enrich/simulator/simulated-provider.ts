import { systemClock } from '../clock.js';
import { defaultLimits, investigateProvider } from '../investigate/investigate-provider.js';
import { outside } from '../investigate/send.js';
import { investigateSettings } from '../investigate/settings.js';
import type { RiskProvider } from '../risk-provider.js';
import { credentials, investigateSimulator } from './simulator.js';

/** The seed of the scores, the same for everybody. */
const seed = 1;

/**
 * Made-up scores for made-up names: a simulator in this process, on a port of loopback, asked by the client that asks
 * the real API. It has no limits and ends with close().
 */
export async function simulatedProvider(cache: string): Promise<RiskProvider> {
  const none = Number.POSITIVE_INFINITY;
  const simulator = await investigateSimulator({
    seed,
    perSecond: none,
    perDay: none,
    tokenSeconds: 3600,
    latencyMs: 0,
    port: 0,
    fault: () => null,
    clock: systemClock,
  });
  const settings = investigateSettings({
    INVESTIGATE_URL: simulator.url,
    INVESTIGATE_KEY: credentials.key,
    INVESTIGATE_SECRET: credentials.secret,
  });
  if (!settings) throw new Error('the simulator has no settings');
  const limits = { ...defaultLimits, perSecond: none, concurrency: 64 };
  const provider = investigateProvider(settings, limits, cache, outside);
  return {
    ...provider,
    proven: true,
    close: async () => {
      await provider.close();
      await simulator.close();
    },
  };
}
