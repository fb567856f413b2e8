import { isIP } from 'node:net';
import { join } from 'node:path';
import { cellText } from '../printable.js';
import { type Row, schema } from '../schema.js';
import { answerLines } from './answer-lines.js';
import { isInstant } from './known-names.js';

/** A row of the risk frame; a line of risk.jsonl has its cells that are not null. */
export type RiskRow = Row<'risk'>;

/** Where answers about risk are kept. */
export const risksFile = (cache: string): string => join(cache, 'risk.jsonl');

/** What the column api says of the simulator's answers. */
export const simulator = 'simulator';

/** What a row is about. */
export const askedFor = ({ name, address }: Pick<RiskRow, 'name' | 'address'>): string =>
  name ?? address ?? '';

/** The source's name: the first word of what the column api says. */
export const sourceOf = (api: string): string => api.split(' ')[0] ?? '';

/** Source and what it was asked for. */
export const riskKey = (api: string, asked: string): string => `${sourceOf(api)} ${asked}`;

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
 * Risk by riskKey. Of several answers the first stays; an error gives way to whatever follows, and the answer of an
 * older list to that of a newer one.
 * @param cache folder; null for none
 * @param synthetic frames; those of real logs know nothing of what the simulator made up
 */
export function knownRisks(cache: string | null, synthetic: boolean): Map<string, RiskRow> {
  const known = new Map<string, RiskRow>();
  if (cache === null) return known;
  for (const line of answerLines<Partial<RiskRow>>(risksFile(cache), isRisk)) {
    if (line.api === simulator && !synthetic) continue;
    const row = { ...empty, ...line };
    row.name = cellText(row.name);
    row.api = cellText(row.api);
    row.error = cellText(row.error);
    const key = riskKey(row.api, askedFor(row));
    const earlier = known.get(key);
    if (!earlier || earlier.status === 'error' || earlier.api !== row.api) known.set(key, row);
  }
  return known;
}

const { columns } = schema.risk;

function isRisk(value: object): boolean {
  const row = value as Record<string, unknown>;
  const scored = row.status === 'scored';
  return (
    Object.entries(row).every(([column, cell]) => isCell(column, cell)) &&
    (typeof row.name === 'string') !== (typeof row.address === 'string') &&
    (row.address === undefined || isIP(String(row.address)) !== 0) &&
    (scored || row.status === 'no_score' || row.status === 'error') &&
    scored === (row.risk_score !== undefined) &&
    isInstant(row.asked_at) &&
    typeof row.api === 'string'
  );
}

/** True for what may stand in a column of the risk frame; each number there is a score. */
function isCell(column: string, cell: unknown): boolean {
  const type = Object.hasOwn(columns, column) ? columns[column as keyof RiskRow].type : null;
  if (type === 'number') return typeof cell === 'number' && cell >= 0 && cell <= 100;
  return type !== null && typeof cell === (type === 'boolean' ? 'boolean' : 'string');
}
