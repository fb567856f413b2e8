import { UserError } from '../errors.js';
import { blocklist } from './blocklist.js';
import {
  defaultLimits,
  type InvestigateLimits,
  investigateProvider,
} from './investigate/investigate-provider.js';
import { outside } from './investigate/send.js';
import { investigateSettings } from './investigate/settings.js';
import { isLoopback } from './loopback.js';
import type { RiskProvider } from './risk-provider.js';
import { simulatedProvider } from './simulator/simulated-provider.js';

export interface ProviderChoice {
  /** Path of a block list, which then is the source. */
  readonly list?: string | undefined;
  /** Limits in the place of the default ones. */
  readonly limits?: Partial<InvestigateLimits>;
  /** Where the key comes from. */
  readonly env: NodeJS.ProcessEnv;
  /** Told when the API asks for a pause: until when (UTC milliseconds) nothing is asked. */
  readonly onWait?: (until: number) => void;
}

/**
 * Who is asked about risk: a block list, else the API that the environment names; for synthetic frames without one
 * the simulator.
 * @returns null where frames are real and no API is named
 * @throws UserError when names that are made up would go to the real API: they may belong to somebody
 */
export async function chooseProvider(
  synthetic: boolean,
  cache: string,
  { list, limits, env, onWait = () => {} }: ProviderChoice,
): Promise<RiskProvider | null> {
  if (list !== undefined) return blocklist(list);
  const settings = investigateSettings(env);
  if (!settings) return synthetic ? simulatedProvider(cache) : null;
  if (synthetic && !isLoopback(settings.base.hostname))
    throw new UserError(
      `these frames are synthetic: their names are made up and some may belong to somebody, so ${settings.base.host} is not asked for them; leave out INVESTIGATE_KEY and INVESTIGATE_TOKEN to have simulated scores`,
    );
  return investigateProvider(settings, { ...defaultLimits, ...limits }, cache, {
    ...outside,
    waiting: onWait,
  });
}
