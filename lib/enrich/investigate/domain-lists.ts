import { asArray, asNumber, asObject, malformed } from './json.js';

export interface NamedScore {
  readonly name: string;
  /** Null where the API gives none. */
  readonly score: number | null;
}

/**
 * Domains with scores: `{"tb1": [["a.example", 10], …], "found": true}`; the current API's documentation prints the
 * names alone. Nothing found is no domains.
 * @throws NoAnswer when it is no such answer
 */
export function namedScores(value: unknown, key: string): readonly NamedScore[] | null {
  if (value === null) return null;
  const answer = asObject(value);
  return asArray(answer[key] ?? []).map((item) => {
    const [name, score] = Array.isArray(item) ? item : [item, null];
    if (typeof name !== 'string') throw malformed();
    return { name, score: score === null || score === undefined ? null : asNumber(score) };
  });
}

/** Queries by hour. */
export interface Volume {
  /** First and last hour, UTC milliseconds; empty where nothing is known. */
  readonly dates: readonly number[];
  readonly queries: readonly number[];
}

/** Volumes; where nothing is known the API sends an empty array. @throws NoAnswer when it is no such answer */
export function volumeOf(value: unknown): Volume | null {
  if (value === null) return null;
  const { dates, queries } = Array.isArray(value) ? { dates: value, queries: value } : asObject(value);
  return { dates: asArray(dates ?? []).map(asNumber), queries: asArray(queries ?? []).map(asNumber) };
}
