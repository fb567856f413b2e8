import type { Row } from '../schema.js';
import { ownAddresses, type Site } from '../site.js';
import type { Observation, Witness } from './observation.js';

/** What a recount knows beside the raw lines. */
export interface RecountContext {
  readonly site: Site;
  /** Country of an address, what is known of its name, and its risk, by the frames: not counted again. */
  readonly countryOf: ReadonlyMap<string, string>;
  readonly nameStatusOf: ReadonlyMap<string, string>;
  readonly riskOf: ReadonlyMap<string, Pick<Row<'risk'>, 'status' | 'risk_score' | 'api'>>;
  /** Local dates that the input covers. */
  readonly covered: Days['covered'];
}

/** What was counted under one key. */
export interface Group {
  count: number;
  readonly addresses: Set<string>;
  /** Counts by the parts of the key, where the rule has parts. */
  readonly parts: Map<string, number>;
  /** Counts by local date. */
  readonly dates: Map<string, number>;
  /** Number of the source, line and count, one after another: there are millions. */
  readonly lines: number[];
}

/** The group of a key, made where there is none. */
export function groupAt(groups: Map<string, Group>, key: string): Group {
  let group = groups.get(key);
  if (!group) {
    group = { count: 0, addresses: new Set(), parts: new Map(), dates: new Map(), lines: [] };
    groups.set(key, group);
  }
  return group;
}

/** Numbers of one row of a statistic's table by column; null where the table has none. */
export type RecountedRow = Readonly<Record<string, number | null>>;

/** Columns in which the lines behind a row have no part: how it is named or covered, and what reports said. */
export const besideLines: ReadonlySet<string> = new Set([
  'hour',
  'days_covered',
  'days_in_month',
  'snapshots',
  'snapshot_mean',
]);

/** How a statistic is counted again. */
export interface RecountRule {
  /** Column of the table that holds the key. */
  readonly key: string;
  /** Under which key an observation counts; null for none. */
  keyOf(observation: Observation, context: RecountContext): string | null;
  /** Under which part of its key it counts, where the table has a column for each. */
  partOf?(observation: Observation): string;
  /** Numbers of a row that other observations make: a number adds to its column, a text counts once. */
  asideOf?(
    observation: Observation,
  ): { readonly key: string; readonly column: string; readonly value: number | string }[];
  /** Where one key cannot be judged alone: the groups that count, by their final keys, once all has been read. */
  settle?(groups: ReadonlyMap<string, Group>): Map<string, Group>;
  /** Where bans of several services are counted, each in its one source: the service. */
  familyOf?(observation: Observation, context: RecountContext): string;
  /** Observations that the table needs one by one, whatever their date. */
  keeps?(observation: Observation, context: RecountContext): boolean;
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

const vias = ['mail', 'log', 'syslog'];

function addTo(sum: Group, part: Group): void {
  sum.count += part.count;
  for (const address of part.addresses) sum.addresses.add(address);
  for (const [date, count] of part.dates) sum.dates.set(date, (sum.dates.get(date) ?? 0) + count);
  sum.lines.push(...part.lines);
}

/** One statistic counted again. */
export class Recount {
  /** Groups by where their bans were seen; of what is no ban under nothing. */
  private readonly bySource = new Map<string, Map<string, Group>>();
  /** What the rule keeps. */
  readonly kept: Observation[] = [];
  private readonly aside = new Map<string, { sum: number; readonly texts: Set<string> }>();
  private readonly isOwn: (address: string) => boolean;

  constructor(
    readonly rule: RecountRule,
    readonly context: RecountContext,
  ) {
    this.isOwn = ownAddresses(context.site);
  }

  /** Where bans are counted: in mails, or else in a log; null where there are none. */
  get source(): string | null {
    return this.sourceOf('');
  }

  sourceOf(family: string): string | null {
    return vias.find((via) => this.bySource.has(`${family}${via}`)) ?? null;
  }

  /** Dates on which there is something in one of these sources. */
  datesOf(family: string, sources: readonly string[]): Set<string> {
    const groups = sources.flatMap((via) => [...(this.bySource.get(`${family}${via}`)?.values() ?? [])]);
    return new Set(groups.flatMap(({ dates }) => [...dates.keys()]));
  }

  /** What was counted under each key. */
  get groups(): Map<string, Group> {
    const families = this.rule.familyOf ? ['ssh', 'smtp'] : [''];
    const found = families.flatMap(
      (family) => this.bySource.get(`${family}${this.sourceOf(family) ?? ''}`) ?? [],
    );
    const [only = new Map<string, Group>(), ...others] = found;
    if (others.length === 0) return only;
    const merged = new Map<string, Group>();
    for (const [key, group] of found.flatMap((groups) => [...groups])) addTo(groupAt(merged, key), group);
    return merged;
  }

  /** A number that other observations make. */
  asideAt(key: string, column: string): number {
    const found = this.aside.get(`${key} ${column}`);
    return found ? found.sum + found.texts.size : 0;
  }

  /** @param source number of the observation's source */
  enter(observation: Observation, source: number): void {
    if (this.rule.keeps?.(observation, this.context) && this.isOfSite(observation))
      this.kept.push(observation);
    if (!isWithin(observation.local, this.context.site)) return;
    const key = this.rule.keyOf(observation, this.context);
    // An own address that was banned is not counted, but says in which source bans are told.
    const groups = key === null ? null : this.groupsOf(observation);
    if (!this.isOfSite(observation)) return;
    this.enterAside(observation);
    if (key === null || groups === null) return;
    const group = groupAt(groups, key);
    group.count += observation.count;
    const date = observation.local.slice(0, 10);
    group.dates.set(date, (group.dates.get(date) ?? 0) + observation.count);
    const part = this.rule.partOf?.(observation);
    if (part !== undefined) group.parts.set(part, (group.parts.get(part) ?? 0) + observation.count);
    group.lines.push(source, observation.line, observation.count);
    if (observation.address !== null) group.addresses.add(observation.address);
  }

  /** Ends the reading. */
  settle(): void {
    if (this.rule.settle) this.bySource.set(this.source ?? '', this.rule.settle(this.groups));
  }

  private enterAside(observation: Observation): void {
    for (const { key, column, value } of this.rule.asideOf?.(observation) ?? []) {
      const found = this.aside.get(`${key} ${column}`) ?? { sum: 0, texts: new Set() };
      if (typeof value === 'number') found.sum += value;
      else found.texts.add(value);
      this.aside.set(`${key} ${column}`, found);
    }
  }

  private groupsOf(observation: Observation): Map<string, Group> {
    const source = `${this.rule.familyOf?.(observation, this.context) ?? ''}${observation.via ?? ''}`;
    const groups = this.bySource.get(source) ?? new Map<string, Group>();
    this.bySource.set(source, groups);
    return groups;
  }

  private isOfSite({ host, address }: Observation): boolean {
    const { hosts } = this.context.site;
    if (hosts && host !== null && !hosts.includes(host)) return false;
    return address === null || !this.isOwn(address);
  }
}

/**
 * Dates that the input covers; where bans were counted in a log, those from fail2ban's first record to its last; where
 * in mails, without those on which only the log has bans and no mail came at all.
 * @param family service whose source decides, where the rule has several
 */
export function coveredBy(kind: 'log' | 'mail', recount: Recount, family = ''): string[] {
  const { covered } = recount.context;
  const source = recount.sourceOf(family);
  if (kind === 'mail' && source === 'mail') {
    const logged = recount.datesOf(family, ['log', 'syslog']);
    return [...covered.mail].filter((date) => !covered.quiet.has(date) || !logged.has(date));
  }
  if (kind === 'log' || source === null) return [...covered[kind]];
  const spoken = [...covered.fail2ban].sort();
  const [first = '', last = ''] = [spoken[0], spoken.at(-1)];
  return [...covered.log].filter((date) => date >= first && date <= last);
}

/** Dates as the days frame means them: of logs those with a line, of mailboxes also quiet ones of up to 31 days. */
export class Days {
  readonly covered = {
    log: new Set<string>(),
    mail: new Set<string>(),
    postfix: new Set<string>(),
    sshd: new Set<string>(),
    fail2ban: new Set<string>(),
    /** Of mail those on which none came. */
    quiet: new Set<string>(),
  };

  enter: Witness['day'] = (kind, date) => {
    this.covered[kind].add(date);
  };

  fillGaps(): void {
    const { mail } = this.covered;
    const dates = [...mail].sort();
    for (const [i, date] of dates.entries()) {
      const gap = (Date.parse(dates[i + 1] ?? date) - Date.parse(date)) / 86_400_000;
      for (let day = 1; day < gap && gap <= 31; day++) {
        const without = new Date(Date.parse(date) + day * 86_400_000).toISOString().slice(0, 10);
        mail.add(without);
        this.covered.quiet.add(without);
      }
    }
  }
}
