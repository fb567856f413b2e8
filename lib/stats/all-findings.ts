import type { Engine } from '../engine/index.js';
import type { Finding } from '../schema.js';
import { runStatistic } from './run-statistic.js';
import { statistics } from './statistics.js';

/** Rows of the findings frame: what every statistic finds in the engine's frames. */
export async function allFindings(engine: Engine): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const statistic of statistics) {
    const { table } = await runStatistic(engine, statistic);
    findings.push(...statistic.findings(table, engine.site));
  }
  return findings;
}
