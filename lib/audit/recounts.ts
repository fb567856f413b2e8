import type { Site } from '../site.js';
import type { Observation } from './observation.js';

/** What a recount knows beside the raw lines. */
export interface RecountContext {
  readonly site: Site;
  /** Country of an address, by the addresses frame: not counted again. */
  readonly countryOf: ReadonlyMap<string, string>;
}

/** One number of a row counted again. */
export interface Recount {
  count: number;
  lines: number;
  /** Sum over the lines of a number that each line has of its own: another line in the place of one shows. */
  checksum: number;
  readonly addresses: Set<string>;
}

/** How a statistic is counted again: which observations, and under which key of its table. */
export interface RecountRule {
  /** Column of the table that holds the count. */
  readonly column: string;
  /** Column that holds the key. */
  readonly key: string;
  /** Columns beside it that can be counted again. */
  readonly further: readonly ('share' | 'addresses')[];
  keyOf(observation: Observation, context: RecountContext): string | null;
}

const isSshBan = ({ kind, name }: Observation, { site }: RecountContext): boolean => {
  const jail = name.toLowerCase();
  return kind === 'ban' && Object.hasOwn(site.jails, jail) && site.jails[jail] === 'ssh';
};

const monthOf = ({ local }: Observation): string => `${local.slice(0, 7)}-01`;

/** A statistic without a rule is not audited, and the audit says so. */
export const recountRules: Readonly<Record<string, RecountRule>> = {
  'ssh-bans-by-month': {
    column: 'bans',
    key: 'month',
    further: ['addresses'],
    keyOf: (seen, context) => (isSshBan(seen, context) ? monthOf(seen) : null),
  },
  'root-failures-by-month': {
    column: 'failures',
    key: 'month',
    further: ['addresses'],
    keyOf: (seen) => (seen.kind === 'failure' && seen.name === 'root' ? monthOf(seen) : null),
  },
  'ssh-bans-by-hour': {
    column: 'bans',
    key: 'hour',
    further: ['share'],
    keyOf: (seen, context) => (isSshBan(seen, context) ? String(Number(seen.local.slice(11, 13))) : null),
  },
  countries: {
    column: 'bans',
    key: 'country',
    further: ['share', 'addresses'],
    keyOf: (seen, context) => (isSshBan(seen, context) ? (context.countryOf.get(seen.address) ?? '') : null),
  },
  'ssh-accounts': {
    column: 'failures',
    key: 'account',
    further: ['share', 'addresses'],
    keyOf: (seen) => (seen.kind === 'failure' && seen.name !== 'root' ? seen.name : null),
  },
};

/** Number of a line within the sums that are compared. */
export const lineNumber = (source: string, line: number): number => {
  let sum = line;
  for (const character of source) sum = (sum * 31 + character.charCodeAt(0)) % 4_294_967_291;
  return sum;
};

/** All counts of one statistic, by key. */
export class Recounts {
  readonly byKey = new Map<string, Recount>();
  total = 0;

  constructor(
    readonly rule: RecountRule,
    private readonly context: RecountContext,
  ) {}

  enter(observation: Observation): void {
    const { period } = this.context.site;
    const { local, source, line, count, address } = observation;
    if (period && (local < period.from || local >= period.to)) return;
    const key = this.rule.keyOf(observation, this.context);
    if (key === null) return;
    let recount = this.byKey.get(key);
    if (!recount) {
      recount = { count: 0, lines: 0, checksum: 0, addresses: new Set() };
      this.byKey.set(key, recount);
    }
    recount.count += count;
    recount.lines++;
    recount.checksum += lineNumber(source, line);
    recount.addresses.add(address);
    this.total += count;
  }
}
