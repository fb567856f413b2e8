import { bansOfTheYear, type MonthlyKind, monthly, namedShare, perBan, sshShare } from './months.js';
import type { Segment } from './period.js';
import { quotas } from './quotas.js';
import type { Span } from './story.js';

export const kinds = ['sshBan', 'brief', 'slow', 'scan', ...(Object.keys(monthly) as MonthlyKind[])] as const;
export type Kind = (typeof kinds)[number];

/** A span within one month in which mails are sent or not, and how often each thing happens in it. */
export interface Stretch extends Span {
  /** Whether a ban's mail arrives. The bans of the other stretches come on top of the planned number. */
  readonly mailed: boolean;
  readonly counts: Readonly<Record<Kind, number>>;
  /** Of the ssh bans, those of addresses with a host name. */
  readonly named: number;
}

export interface Plan {
  /** ssh bans with a mail. */
  readonly bans: number;
  readonly stretches: readonly Stretch[];
}

/** How often everything happens in each month, and in each part of it beside the outage. */
export function planOf(segments: readonly Segment[], scale: number, outage: Span | null): Plan {
  const shares = segments.map(({ month, part }) => (sshShare[month] ?? 0) * part);
  // Rounded, so that the shares of a whole year add up to 1 and not to a hair less.
  const year = Number(shares.reduce((sum, share) => sum + share, 0).toFixed(9));
  const bans = Math.round(bansOfTheYear * scale * year);
  const bansOf = quotas(bans, shares);
  const named = namedBans(
    bansOf,
    segments.map(({ month }) => namedShare[month] ?? 0),
  );
  const stretches = segments.flatMap((segment, index) => {
    const counts = countsOf(segment, scale, bansOf[index] ?? 0);
    return stretchesOf(segment, counts, named[index] ?? 0, outage);
  });
  return { bans, stretches };
}

function countsOf({ month, part }: Segment, scale: number, bans: number): Record<Kind, number> {
  const counts = { sshBan: bans } as Record<Kind, number>;
  for (const [kind, each] of Object.entries(perBan))
    counts[kind as keyof typeof perBan] = Math.round(bans * each);
  for (const [kind, numbers] of Object.entries(monthly))
    counts[kind as MonthlyKind] = Math.round((numbers[month] ?? 0) * part * scale);
  return counts;
}

const percent = (part: number, all: number): number => Math.round((100 * part) / all);

/** The article's percentages of bans with a host name: all in all, and those of months. */
const named = { all: 43, least: 39, most: 43 };

/**
 * How many bans of each month have a name: near to the shares, as percentages from 39 to 43 by month and 43 in all.
 * A month of few bans may have no whole number that is such a percentage.
 */
export function namedBans(bans: readonly number[], shares: readonly number[]): number[] {
  const fits = (part: number, all: number): boolean => percent(part, all) <= named.most;
  const parts = bans.map((all, index) => {
    if (all === 0) return 0;
    let part = Math.round(all * (shares[index] ?? 0));
    while (!fits(part, all)) part--;
    return percent(part, all) < named.least && fits(part + 1, all) ? part + 1 : part;
  });
  const total = bans.reduce((a, b) => a + b, 0);
  let sum = parts.reduce((a, b) => a + b, 0);
  for (const [index, all] of bans.entries())
    while (percent(sum, total) < named.all && all > 0 && fits((parts[index] ?? 0) + 1, all)) {
      parts[index] = (parts[index] ?? 0) + 1;
      sum++;
    }
  return parts;
}

/** A month in up to three parts: before the outage, in it and after it. */
function stretchesOf(
  segment: Segment,
  counts: Record<Kind, number>,
  named: number,
  outage: Span | null,
): Stretch[] {
  const { start, end } = segment;
  const from = Math.min(end, Math.max(start, outage?.start ?? end));
  const to = Math.min(end, Math.max(from, outage?.end ?? end));
  const sent = [
    { start, end: from },
    { start: to, end },
  ].filter((span) => span.start < span.end);
  const lengths = sent.map((span) => span.end - span.start);
  const length = lengths.reduce((a, b) => a + b, 0);
  const share = (span: Span): number => (length === 0 ? 1 : (span.end - span.start) / length);
  const namedOf = quotas(named, lengths);
  const mailed = sent.map((span, index): Stretch => {
    const own = mapCounts(counts, (count) => quotas(count, lengths)[index] ?? 0);
    return { ...span, mailed: true, counts: own, named: Math.min(namedOf[index] ?? 0, own.sshBan) };
  });
  if (from >= to) return mailed;
  const silent = { start: from, end: to };
  const own = mapCounts(counts, (count) => Math.round(count * share(silent)));
  const unsent: Stretch = { ...silent, mailed: false, counts: own, named: Math.round(named * share(silent)) };
  return [...mailed, unsent].sort((a, b) => a.start - b.start);
}

const mapCounts = (counts: Record<Kind, number>, of: (count: number) => number): Record<Kind, number> =>
  Object.fromEntries(Object.entries(counts).map(([kind, count]) => [kind, of(count)])) as Record<
    Kind,
    number
  >;
