import { simulator } from './enrich/known-risks.js';
import { riskFeatures } from './enrich/risk-features.js';
import { planText, progressLabel, runText, waitText } from './enrich/risk-texts.js';
import { readFrame } from './frames/csv.js';
import { lookUpRisk } from './look-up-risk.js';
import { progressBar } from './progress.js';

export interface RiskCellOptions {
  /** False shows the plan and asks nobody but the simulator. @default false */
  readonly ask?: boolean;
  /** home: names of addresses in the home country alone. @default 'all' */
  readonly only?: 'all' | 'home';
  /** Requests a second. @default 3 */
  readonly perSecond?: number;
  /** Requests in 24 hours. @default no limit */
  readonly perDay?: number;
  /** Folder of the answers. @default the environment's BANBOOK_CACHE, else `../data/cache` beside notebooks/ */
  readonly cache?: string;
}

/**
 * The lookup of risk scores as a cell of a notebook: plan, run or its continuation with a progress bar, and the frames
 * brought up to date. The key comes from the environment, never from a cell. What has been answered is not asked again,
 * so a cell that was interrupted is simply run again.
 * @returns what is to be asked and what came of it, a line each
 */
export async function riskLookup(
  { folder }: { readonly folder: string },
  { ask = false, only = 'all', cache, ...limits }: RiskCellOptions = {},
): Promise<string[]> {
  const lines: string[] = [];
  // What a cell writes stays below it; a notebook has no terminal to ask for its width.
  const screen = { isTTY: true, columns: 80, write: (text: string) => process.stdout.write(text) };
  const bar = progressBar(undefined, screen);
  const label = progressLabel();
  const wait = waitText();
  const asks = (api: string): boolean => ask || api === simulator;
  const { run } = await lookUpRisk(folder, cache ?? process.env.BANBOOK_CACHE ?? '../data/cache', {
    only,
    limits,
    env: process.env,
    asks,
    onWait: (until) => {
      const text = wait(until);
      if (text === null) return;
      bar.done();
      screen.write(`${text}\n`);
    },
    onPlan: (plan, api) => {
      lines.push(...planText(plan, api));
      if (api !== null && !asks(api) && plan.keys.length > 0)
        lines.push('nothing is asked yet: give the cell { ask: true }');
    },
    onProgress: (at) => bar.update(at.done / at.total, label(at)),
  }).finally(bar.done);
  return run ? [...lines, ...runText(run)] : lines;
}

/** Features of three names, see riskFeatures; a table for showTable. */
export async function riskSamples({ folder }: { readonly folder: string }, count = 3) {
  return riskFeatures(await readFrame(folder, 'risk'), count);
}
