import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { BanSettings } from '../ban-settings.js';
import { isCompiled } from '../version.js';
import type { Habits } from './bounds.js';
import { figuresOfSetting, type SettingFigures } from './figures-of-setting.js';
import { type JailParts, partsOf } from './jail-parts.js';

/** What one setting would have meant. */
export interface SettingOutcome {
  readonly settings: BanSettings;
  readonly figures: SettingFigures;
}

export interface SweepOptions {
  /** Default: one for each core. */
  readonly threads?: number;
  readonly onProgress?: (part: number) => void;
}

/** What a thread is told when it starts. */
export interface SweepTask {
  readonly log: JailParts;
  readonly habits: Habits;
}

/** Rows times settings below which threads take longer to start than to work. */
const smallWork = 500_000;
const worker = new URL('./sweep-worker.js', import.meta.url);

/** Middle of all that it could be: bantime.rndtime must not make two runs differ. */
export const middle = (): number => 0.5;

/** Plays a log under each of some settings, several at a time. @returns in the order of the settings */
export async function sweep(
  log: JailParts,
  settings: readonly BanSettings[],
  habits: Habits,
  { threads = availableParallelism(), onProgress = () => {} }: SweepOptions = {},
): Promise<SettingOutcome[]> {
  const work = log.parts.reduce((sum, { rows }) => sum + rows, 0) * settings.length;
  const width = work < smallWork || !isCompiled ? 1 : Math.min(threads, settings.length);
  const outcomes: SettingOutcome[] = [];
  let next = 0;
  let done = 0;
  const take = async (
    play: (one: BanSettings) => SettingFigures | Promise<SettingFigures>,
  ): Promise<void> => {
    for (let at = next++; at < settings.length; at = next++) {
      const one = settings[at] as BanSettings;
      outcomes[at] = { settings: one, figures: await play(one) };
      onProgress(++done / settings.length);
    }
  };
  if (width === 1) await take((one) => figuresOfSetting(partsOf(log), one, habits, middle));
  else await Promise.all(Array.from({ length: width }, () => inThread({ log, habits }, take)));
  return outcomes;
}

async function inThread(
  task: SweepTask,
  take: (play: (one: BanSettings) => Promise<SettingFigures>) => Promise<void>,
): Promise<void> {
  const thread = new Worker(worker, { workerData: task });
  try {
    await take(
      (one) =>
        new Promise((resolve, reject) => {
          thread.once('error', reject);
          thread.once('message', (figures: SettingFigures) => {
            thread.off('error', reject);
            resolve(figures);
          });
          thread.postMessage(one);
        }),
    );
  } finally {
    await thread.terminate();
  }
}
