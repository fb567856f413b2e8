import { numberIn } from '../stats/findings-of.js';
import { riskBins, riskGaps } from '../stats/index.js';
import type { Draw } from './figure.js';
import { riskHistogram } from './risk-histogram.js';
import { noData } from './theme.js';
import { wordsIn } from './words.js';

/** The spread of the scores with all addresses beside it; simulated scores are called so in the title. */
export const drawRisk: Draw = (table, options) => {
  const words = wordsIn(options.locale);
  const of = (bin: string, column = 'addresses'): number => {
    const row = table.rows.find((candidate) => candidate.bin === bin);
    return row ? (numberIn(row, column) ?? 0) : 0;
  };
  if (table.rows.every((row) => numberIn(row, 'addresses') === 0)) return noData(options, words.noneBanned);
  const scored = riskBins.reduce((sum, bin) => sum + of(bin), 0);
  const simulated = table.rows.some((row) => (numberIn(row, 'simulated') ?? 0) > 0);
  const asked = scored + of('no_score') + of('error');
  return riskHistogram(
    riskBins.map((bin) => ({
      bin,
      addresses: of(bin),
      share: scored > 0 ? of(bin) / scored : null,
    })),
    [
      { name: words.scored, addresses: scored },
      ...riskGaps.map((gap) => ({ name: words.riskGaps[gap], addresses: of(gap) })),
    ],
    {
      ...options,
      title: simulated ? `${options.title} ${words.simulated}` : options.title,
      empty: asked === 0 ? words.notAskedAtAll : words.noScores,
    },
  );
};
