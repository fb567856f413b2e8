export { allFindings } from './all-findings.js';
export { rejectKinds } from './rejects-by-month.js';
export { nameKinds, nameShareInterval } from './reverse-names-by-month.js';
export { riskBins, riskGaps } from './risk-distribution.js';
export { runStatistic, type StatisticResult } from './run-statistic.js';
export { type Spikes, spikesAmong } from './spikes.js';
export type { Statistic, StatisticColumn, Text } from './statistic.js';
export { statisticById, statistics } from './statistics.js';
