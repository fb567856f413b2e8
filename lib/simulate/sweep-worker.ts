/** The thread of a sweep: plays the settings that it is sent. */
import { parentPort, workerData } from 'node:worker_threads';
import type { BanSettings } from '../ban-settings.js';
import { figuresOfSetting } from './figures-of-setting.js';
import { partsOf } from './jail-parts.js';
import { middle, type SweepTask } from './sweep.js';

const { log, habits }: SweepTask = workerData;
parentPort?.on('message', (settings: BanSettings) => {
  parentPort?.postMessage(figuresOfSetting(partsOf(log), settings, habits, middle));
});
