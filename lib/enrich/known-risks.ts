import { join } from 'node:path';
import type { Row } from '../schema.js';
import { answerLines } from './answer-lines.js';
import { isInstant } from './known-names.js';

/** A row of the risk frame; a line of risk.jsonl has its cells that are not null. */
export type RiskRow = Row<'risk'>;

/** Where answers about risk are kept. */
export const risksFile = (cache: string): string => join(cache, 'risk.jsonl');

/** What a row is about. */
export const riskKey = ({ name, address }: Pick<RiskRow, 'name' | 'address'>): string =>
  name ?? address ?? '';

const empty: RiskRow = {
  name: null,
  address: null,
  status: 'error',
  risk_score: null,
  blocked: null,
  geo_popularity: null,
  keyword: null,
  lexical: null,
  popularity_1_day: null,
  popularity_7_day: null,
  popularity_30_day: null,
  popularity_90_day: null,
  tld_rank: null,
  asked_at: '',
  api: '',
  error: null,
};

/**
 * Risk by host name or address. Of several answers the first stays; an error gives way to whatever follows.
 * @param cache folder; null for none
 */
export function knownRisks(cache: string | null): Map<string, RiskRow> {
  const known = new Map<string, RiskRow>();
  if (cache === null) return known;
  for (const line of answerLines<Partial<RiskRow>>(risksFile(cache), isRisk)) {
    const row = { ...empty, ...line };
    const earlier = known.get(riskKey(row));
    if (!earlier || earlier.status === 'error') known.set(riskKey(row), row);
  }
  return known;
}

function isRisk(value: object): boolean {
  const row = value as Record<string, unknown>;
  const scored = row.status === 'scored';
  return (
    Object.keys(row).every((column) => column in empty) &&
    (typeof row.name === 'string') !== (typeof row.address === 'string') &&
    (scored || row.status === 'no_score' || row.status === 'error') &&
    (scored ? typeof row.risk_score === 'number' : row.risk_score === undefined) &&
    isInstant(row.asked_at) &&
    typeof row.api === 'string'
  );
}
