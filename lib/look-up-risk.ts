import { askRisk, type RiskProgress, type RiskRun } from './enrich/ask-risk.js';
import { lockCache } from './enrich/cache-lock.js';
import { chooseProvider, type ProviderChoice } from './enrich/choose-provider.js';
import { simulator } from './enrich/known-risks.js';
import { planRisk, type RiskPlan } from './enrich/plan-risk.js';
import { readDatapackage } from './frames/datapackage.js';
import { refreshFrames } from './refresh-frames.js';
import { isoUtc } from './zone.js';

export interface RiskLookup {
  readonly plan: RiskPlan;
  /** Who is asked; null where nobody is. */
  readonly api: string | null;
  /** What came of it; null where nothing was asked. */
  readonly run: RiskRun | null;
}

export interface RiskLookupOptions extends ProviderChoice {
  readonly only?: 'all' | 'home';
  /** Whether that API is to be asked, or there is to be a plan alone. @default true */
  readonly asks?: (api: string) => boolean;
  /** Told before the first question. */
  readonly onPlan?: (plan: RiskPlan, api: string | null) => void;
  readonly onProgress?: (progress: RiskProgress) => void;
  readonly signal?: AbortSignal;
}

/**
 * Plan, run (or go on with a run that has stopped) and refresh of the frames: the whole way to risk scores. What the
 * cache knows is not asked for again.
 * @param cache folder of the answers
 * @throws UserError when the frames are real and the API is on loopback, or another run asks for the same cache
 */
export async function lookUpRisk(
  frames: string,
  cache: string,
  { only, asks = () => true, onPlan, onProgress = () => {}, signal, ...choice }: RiskLookupOptions,
): Promise<RiskLookup> {
  const { synthetic, period } = readDatapackage(frames);
  const provider = await chooseProvider(synthetic, cache, choice);
  const api = provider?.api ?? null;
  const wanted = provider && asks(provider.api) ? provider : null;
  let unlock = (): void => {};
  try {
    if (wanted) unlock = lockCache(cache, 'risk');
    const plan = await planRisk(frames, cache, provider, only);
    onPlan?.(plan, api);
    if (!wanted) return { plan, api, run: null };
    const made = synthetic && api === simulator ? period?.last : undefined;
    // What is made up has no date of its own; with that of the frames the same input gives the same frames.
    const askedAt = made === undefined ? () => isoUtc(Date.now()) : () => `${made}T23:59:59Z`;
    const { scoredBefore } = plan;
    const asking = { askedAt, scoredBefore, onProgress, signal: signal ?? new AbortController().signal };
    const run = plan.keys.length > 0 ? await askRisk(plan.keys, cache, wanted, asking) : null;
    await refreshFrames(frames, cache);
    return { plan, api, run };
  } finally {
    try {
      await provider?.close();
    } finally {
      unlock();
    }
  }
}
