import type { Site } from '../site.js';
import type { Observation, Witness } from './observation.js';

/** What a recount knows beside the raw lines. */
export interface RecountContext {
  readonly site: Site;
  /** Country of an address, by the addresses frame: not counted again. */
  readonly countryOf: ReadonlyMap<string, string>;
  /** Local dates that the input covers. */
  readonly covered: Days['covered'];
}

/** What was counted under one key. */
export interface Group {
  count: number;
  readonly addresses: Set<string>;
  /** Counts by the parts of the key, where the rule has parts. */
  readonly parts: Map<string, number>;
  /** Number of the source, line and count, one after another: there are millions. */
  readonly lines: number[];
}

/** The group of a key, made where there is none. */
export function groupAt(groups: Map<string, Group>, key: string): Group {
  let group = groups.get(key);
  if (!group) {
    group = { count: 0, addresses: new Set(), parts: new Map(), lines: [] };
    groups.set(key, group);
  }
  return group;
}

/** Numbers of one row of a statistic's table by column; null where the table has none. */
export type RecountedRow = Readonly<Record<string, number | null>>;

/** Columns that say how a row is named or covered: the lines behind it have no part in them. */
export const besideLines: ReadonlySet<string> = new Set(['hour', 'days_covered', 'days_in_month']);

/** How a statistic is counted again. */
export interface RecountRule {
  /** Column of the table that holds the key. */
  readonly key: string;
  /** Under which key an observation counts; null for none. */
  keyOf(observation: Observation, context: RecountContext): string | null;
  /** Under which part of its key it counts, where the table has a column for each. */
  partOf?(observation: Observation): string;
  /** Where one key cannot be judged alone: the groups that count, by their final keys, once all has been read. */
  settle?(groups: ReadonlyMap<string, Group>): Map<string, Group>;
  /** The rows that the table should have, with all of its numbers. */
  table(recount: Recount): Map<string, RecountedRow>;
}

export const sumOf = ({ groups }: Recount): number =>
  [...groups.values()].reduce((sum, { count }) => sum + count, 0);

/** Keys by falling count, equal ones in the order of their bytes. */
export const ranked = ({ groups }: Recount): [string, Group][] =>
  [...groups].sort(
    ([a, { count: more }], [b, { count: less }]) =>
      less - more || Buffer.compare(Buffer.from(a), Buffer.from(b)),
  );

/** Whether a local time or date is in the site's period. */
export function isWithin(local: string, { period }: Site): boolean {
  return !period || (local >= period.from && local < period.to);
}

/** One statistic counted again. */
export class Recount {
  groups = new Map<string, Group>();

  constructor(
    readonly rule: RecountRule,
    readonly context: RecountContext,
  ) {}

  /** @param source number of the observation's source */
  enter(observation: Observation, source: number): void {
    if (!isWithin(observation.local, this.context.site)) return;
    const key = this.rule.keyOf(observation, this.context);
    if (key === null) return;
    const group = groupAt(this.groups, key);
    group.count += observation.count;
    const part = this.rule.partOf?.(observation);
    if (part !== undefined) group.parts.set(part, (group.parts.get(part) ?? 0) + observation.count);
    group.lines.push(source, observation.line, observation.count);
    if (observation.address !== null) group.addresses.add(observation.address);
  }

  /** Ends the reading. */
  settle(): void {
    this.groups = this.rule.settle?.(this.groups) ?? this.groups;
  }
}

/** Dates as the days frame means them: of logs those with a line, of mailboxes also quiet ones of up to 31 days. */
export class Days {
  readonly covered = { log: new Set<string>(), mail: new Set<string>(), postfix: new Set<string>() };

  enter: Witness['day'] = (kind, date) => {
    this.covered[kind].add(date);
  };

  fillGaps(): void {
    const { mail } = this.covered;
    const dates = [...mail].sort();
    for (const [i, date] of dates.entries()) {
      const gap = (Date.parse(dates[i + 1] ?? date) - Date.parse(date)) / 86_400_000;
      for (let day = 1; day < gap && gap <= 31; day++)
        mail.add(new Date(Date.parse(date) + day * 86_400_000).toISOString().slice(0, 10));
    }
  }
}
