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
 * Who is asked about risk: a block list, else the API that the environment names; for synthetic frames the simulator,
 * whatever key is there: their names are made up and may belong to somebody.
 * @returns null where frames are real and no API is named
 * @throws UserError when frames are real and the API is on loopback, whose answers count as made up
 */
export async function chooseProvider(
  synthetic: boolean,
  cache: string,
  { list, limits, env, onWait = () => {} }: ProviderChoice,
): Promise<RiskProvider | null> {
  if (list !== undefined) return blocklist(list);
  const settings = investigateSettings(env);
  if (!settings) return synthetic ? simulatedProvider(cache) : null;
  const { host, hostname } = settings.base;
  if (synthetic && !isLoopback(hostname))
    return {
      ...(await simulatedProvider(cache)),
      notice: `these frames are synthetic: their names are made up and some may belong to somebody, so ${host} is not asked for them; their scores are simulated`,
    };
  if (!synthetic && isLoopback(hostname))
    throw new UserError(
      `INVESTIGATE_URL: ${host} is on loopback, where simulators are: what it says counts as made up, and these frames are of real logs; leave INVESTIGATE_URL out to ask the API itself`,
      2,
    );
  return investigateProvider(settings, { ...defaultLimits, ...limits }, cache, {
    ...outside,
    waiting: onWait,
  });
}
