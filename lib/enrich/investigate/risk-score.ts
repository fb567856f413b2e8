import type { RiskAnswer } from '../risk-provider.js';
import { asArray, asObject, malformed } from './json.js';

/** The columns of the risk frame by the names that the API gives its indicators. */
const columns = {
  'Geo Popularity Score': 'geo_popularity',
  'Keyword Score': 'keyword',
  Lexical: 'lexical',
  'Popularity 1 Day': 'popularity_1_day',
  'Popularity 7 Day': 'popularity_7_day',
  'Popularity 30 Day': 'popularity_30_day',
  'Popularity 90 Day': 'popularity_90_day',
  'TLD Rank Score': 'tld_rank',
} as const satisfies Record<string, keyof RiskAnswer>;

/** The legacy API's name for it, and the current one's. */
const blockStatus = ['Umbrella Block Status', 'Block Status'];

/**
 * A risk score of either API: `{"indicators": [{"indicator": "Lexical", "normalized_score": 52, "score": 0.525}, …],
 * "risk_score": 4}`. The block status is a boolean in the legacy API and 0 or 1 in the current one. Indicators that
 * are not known are left out. That there is no score is said by `"risk_score": null`.
 * @throws NoAnswer when it is no such answer; a missing or impossible score is never taken for 0, nor for none
 */
export function riskScoreOf(value: unknown): RiskAnswer {
  const { risk_score, indicators } = asObject(value);
  if (risk_score === undefined) throw malformed();
  const answer: Record<string, number | boolean> = {};
  for (const item of asArray(indicators ?? [])) {
    const { indicator, normalized_score, score } = asObject(item);
    if (typeof indicator !== 'string') throw malformed();
    if (blockStatus.includes(indicator)) answer.blocked = score === true || score === 1;
    else if (Object.hasOwn(columns, indicator)) {
      const normalized = scoreOf(normalized_score);
      if (normalized !== null) answer[columns[indicator as keyof typeof columns]] = normalized;
    }
  }
  return { ...answer, risk_score: scoreOf(risk_score) };
}

/** 0 to 100, or null where there is none. */
function scoreOf(value: unknown): number | null {
  if (value === undefined || value === null) return null;
  if (typeof value !== 'number' || !(value >= 0 && value <= 100)) throw malformed();
  return value;
}
