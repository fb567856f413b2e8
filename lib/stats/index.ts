export { rejectKinds } from './rejects-by-month.js';
export { runStatistic, type StatisticResult } from './run-statistic.js';
export { type Spikes, spikesAmong } from './spikes.js';
export type { Statistic, StatisticColumn, Text } from './statistic.js';
export { statisticById, statistics } from './statistics.js';
