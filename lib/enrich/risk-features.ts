import type { RiskRow } from './known-risks.js';

/** The columns of the risk frame that a score is made of, with the score itself and what it stands for. */
const features = [
  'risk_score',
  'blocked',
  'geo_popularity',
  'keyword',
  'lexical',
  'popularity_1_day',
  'popularity_7_day',
  'popularity_30_day',
  'popularity_90_day',
  'tld_rank',
] as const satisfies readonly (keyof RiskRow)[];

/**
 * Features of some scored names beside each other: of the one with the highest score, of the one with the lowest, and
 * of those at equal distances between them.
 * @returns a column for each name and a row for each feature; null where the source gives none
 */
export function riskFeatures(rows: readonly RiskRow[], count = 3) {
  const scored = rows
    .filter((row) => row.status === 'scored' && row.name !== null)
    .sort(
      (a, b) => Number(b.risk_score) - Number(a.risk_score) || (String(a.name) < String(b.name) ? -1 : 1),
    );
  const few = Math.min(count, scored.length);
  const chosen = Array.from({ length: few }, (_, i) =>
    scored.at(few === 1 ? 0 : Math.round((i * (scored.length - 1)) / (few - 1))),
  ).flatMap((row) => row ?? []);
  return {
    columns: ['feature', ...chosen.map(({ name }) => String(name))],
    rows: features.map((feature) => [feature, ...chosen.map((row) => row[feature])]),
  };
}
