import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { askRisk } from '../../lib/enrich/ask-risk.js';
import { defaultLimits, investigateProvider } from '../../lib/enrich/investigate/investigate-provider.js';
import { outside } from '../../lib/enrich/investigate/send.js';
import { investigateSettings } from '../../lib/enrich/investigate/settings.js';
import { credentials } from '../../lib/enrich/simulator/simulator.js';
import type { Verdict } from './targets.js';

const cli = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));
const latencyMs = 50;
const together = 16;

/**
 * Names a second of the risk client where nothing limits it and each answer takes 50 ms, beside the same client that
 * asks for one name after the other, as pyinvestigate does.
 */
export async function throughput(): Promise<Verdict> {
  const none = Number.POSITIVE_INFINITY;
  // In a process of its own, as the service is.
  const simulator = spawn(process.execPath, [
    cli,
    'investigate-sim',
    '--rate',
    'Infinity',
    '--latency',
    `${latencyMs}`,
  ]);
  const [said] = await once(simulator.stdout, 'data');
  const settings = investigateSettings({
    INVESTIGATE_URL: /INVESTIGATE_URL=(\S+)/.exec(String(said))?.[1],
    INVESTIGATE_TOKEN: credentials.token,
  });
  if (!settings) throw new Error('no settings');
  const rate = async (names: number, concurrency: number): Promise<number> => {
    const cache = mkdtempSync(join(tmpdir(), 'banbook-bench-'));
    const limits = { ...defaultLimits, perSecond: none, concurrency };
    const provider = investigateProvider(settings, limits, cache, outside);
    const keys = Array.from({ length: names }, (_, i) => `host${i}.isp.example`);
    const start = performance.now();
    await askRisk(keys, cache, provider, {
      askedAt: () => '2026-03-01T00:00:00Z',
      signal: new AbortController().signal,
      onProgress: () => {},
    });
    const seconds = (performance.now() - start) / 1000;
    await provider.close();
    rmSync(cache, { recursive: true });
    return names / seconds;
  };
  await rate(together, together);
  const [serial, parallel] = [await rate(40, 1), await rate(1600, together)];
  simulator.kill();
  const ideal = (together * 1000) / latencyMs;
  return {
    claim: `risk scores, ${latencyMs} ms an answer, ${together} at once: at least 0.9 of ${ideal} a second`,
    met: parallel >= 0.9 * ideal,
    found: `${parallel.toFixed(0)} a second; one after the other ${serial.toFixed(0)}`,
  };
}
