import { readFrame } from '../frames/csv.js';
import { readDatapackage } from '../frames/datapackage.js';
import { isHostName } from '../frames/name-tally.js';
import { inHashOrder } from './in-hash-order.js';
import { knownRisks, type RiskRow, riskKey, sourceOf } from './known-risks.js';
import type { RiskProvider } from './risk-provider.js';

/** What a run would do. */
export interface RiskPlan {
  /** Keys that nobody has answered, in the order in which they are asked. */
  readonly keys: readonly string[];
  /** Addresses of the frames (those of the home country where only they are asked for). */
  readonly addresses: number;
  /** Of these, addresses without a host name: there is nothing to ask for. */
  readonly noName: number;
  /** Distinct keys, and those of them that have an answer. */
  readonly distinct: number;
  readonly known: number;
  /** Whether the provider's source has scored anything before. */
  readonly scoredBefore: boolean;
  /** Seconds that the run takes at the provider's rate. */
  readonly seconds: number;
  /** Days of the provider's quota that it takes; 1 without one. */
  readonly days: number;
  /** Of today's quota, what is left; Infinity without one. */
  readonly leftToday: number;
  /** What the provider has to say before it is asked; null where there is nothing. */
  readonly notice: string | null;
}

/** Where no API is named: what a plan says is for the limits of the API's lowest tier. */
const nobody = {
  api: 'investigate',
  keys: 'name',
  perSecond: 3,
  perDay: Number.POSITIVE_INFINITY,
  accepts: () => true,
  leftToday: () => Number.POSITIVE_INFINITY,
} as const;

type Asked = Pick<RiskProvider, keyof typeof nobody | 'notice'>;

/**
 * What is left to ask for the addresses of a folder of frames.
 *
 * The order is by hash: at whatever point a run stops, what was asked is a fair sample of all, and the same order
 * comes again.
 * @param provider null where nobody is asked
 * @param only home: addresses of the home country alone
 */
export async function planRisk(
  frames: string,
  cache: string,
  provider: Asked | null,
  only: 'all' | 'home' = 'all',
): Promise<RiskPlan> {
  const { site, synthetic } = readDatapackage(frames);
  const asked: Asked = provider ?? nobody;
  const columns = ['address', 'country', 'name'] as const;
  const rows = (await readFrame(frames, 'addresses', { columns })).filter(
    ({ country }) => only === 'all' || country === site.home,
  );
  const known = knownRisks(cache, synthetic);
  const all = [...new Set(rows.flatMap((row) => keyOf(row, asked) ?? []))];
  const keys = inHashOrder(all.filter((key) => !isKnown(known.get(riskKey(asked.api, key)), asked)));
  return {
    keys,
    addresses: rows.length,
    noName: rows.filter((row) => keyOf(row, asked) === null).length,
    distinct: all.length,
    known: all.length - keys.length,
    scoredBefore: [...known.values()].some((risk) => hasScored(risk, asked)),
    seconds: keys.length / asked.perSecond,
    days: Math.max(1, Math.ceil(keys.length / asked.perDay)),
    leftToday: asked.leftToday(),
    notice: asked.notice ?? null,
  };
}

/** A name that no name server can have given is not sent anywhere. */
function keyOf(row: { address: string; name: string | null }, { keys }: Asked): string | null {
  if (keys === 'address') return row.address;
  return row.name !== null && isHostName(row.name) ? row.name : null;
}

const hasScored = ({ status, api }: RiskRow, provider: Asked): boolean =>
  status === 'scored' && sourceOf(api) === sourceOf(provider.api);

const isKnown = (risk: RiskRow | undefined, provider: Asked): boolean =>
  risk !== undefined && risk.status !== 'error' && provider.accepts(risk.api);
