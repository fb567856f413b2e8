/** The thread that forges. */
import { parentPort, workerData } from 'node:worker_threads';
import { UserError } from '../errors.js';
import { forge } from './forge.js';
import type { ForgeNews } from './forge-apart.js';

const tell = (news: ForgeNews): void => parentPort?.postMessage(news);
/** What was told last: a hundredth is worth a message, each of a million items is not. */
let told = 0;
try {
  const summary = await forge(workerData, (part) => {
    if (part - told < 0.01) return;
    told = part;
    tell({ part });
  });
  tell({ summary });
} catch (error) {
  if (!(error instanceof UserError)) throw error;
  tell({ wrong: error.message, exitCode: error.exitCode });
}
