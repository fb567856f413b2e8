import { readFrame } from './frames/csv.js';
import { readDatapackage } from './frames/datapackage.js';
import type { Finding } from './schema.js';
import { countedDates } from './site.js';
import { statistics } from './stats/index.js';
import { rateRatio } from './stats/math/rate-ratio.js';
import { shareDifference } from './stats/math/share-difference.js';

/** How a change is told: counts as a part of the count before, shares and other numbers as a difference. */
export type Measure = 'relative per covered day' | 'relative' | 'difference';

/** One finding of two folders of frames. */
export interface Compared {
  readonly statistic: string;
  readonly key: string;
  readonly unit: string | null;
  /** As findings.csv has them; null where the folder does not have it or cannot say it. */
  readonly before: string | null;
  readonly value: string | null;
  /** Null for names, and where one of the two is missing or nothing can be divided by it. */
  readonly change: number | null;
  /** Interval of 95 % of the change, where the finding is a count of events or a share of them. */
  readonly change_low: number | null;
  readonly change_high: number | null;
  readonly measure: Measure | null;
}

/** What a folder of frames is of. */
export interface ComparedFrames {
  readonly folder: string;
  /** First and last date that count. */
  readonly period: { readonly first: string; readonly last: string } | null;
  readonly zone: string;
  readonly home: string;
  readonly synthetic: boolean;
}

/** A sentence in both languages of the article. */
export interface Caution {
  readonly en: string;
  readonly ja: string;
}

export interface Comparison {
  readonly before: ComparedFrames;
  readonly after: ComparedFrames;
  /** In the order of the statistics and their findings. */
  readonly rows: readonly Compared[];
  /** What makes the two less than comparable, one sentence each. */
  readonly cautions: readonly Caution[];
}

/**
 * The findings of two years side by side. Intervals take events for independent; attempts come in bursts, so the true
 * ones are wider. Where both say how many days they cover, counts are compared by covered day.
 * @throws UserError when one of the folders has no frames
 */
export async function compareFrames(before: string, after: string): Promise<Comparison> {
  const [old, now] = [await readFrame(before, 'findings'), await readFrame(after, 'findings')];
  const keys = [...new Set([...now, ...old].map(keyOf))];
  const place = (key: string): number => statistics.findIndex(({ id }) => key.startsWith(`${id} `));
  const inOrder = keys.map((key, i) => ({ key, i })).sort((a, b) => place(a.key) - place(b.key) || a.i - b.i);
  const [was, is] = [byKey(old), byKey(now)];
  const [first, second] = [framesOf(before), framesOf(after)];
  return {
    before: first,
    after: second,
    rows: inOrder.map(({ key }) => compared(key, was, is)),
    cautions: cautions(first, second),
  };
}

const keyOf = ({ statistic, key }: Finding): string => `${statistic} ${key}`;
const byKey = (findings: readonly Finding[]): Map<string, Finding> =>
  new Map(findings.map((finding) => [keyOf(finding), finding]));

function framesOf(folder: string): ComparedFrames {
  const { site, period, synthetic } = readDatapackage(folder);
  return {
    folder,
    period: period && countedDates(period, site),
    zone: site.zone,
    home: site.home,
    synthetic,
  };
}

const names = { zone: ['zone', 'タイムゾーン'], home: ['home', '自国'] } as const;

function cautions(before: ComparedFrames, after: ComparedFrames): Caution[] {
  const differ = (what: keyof typeof names): Caution[] => {
    const [was, is] = [before[what], after[what]];
    const [en, ja] = names[what];
    return was === is
      ? []
      : [
          {
            en: `The ${en} is ${was} before and ${is} after.`,
            ja: `${ja}は以前の期間が${was}、今回が${is}です。`,
          },
        ];
  };
  const mixed: Caution = {
    en: 'One of the two is synthetic data, the other is not.',
    ja: '一方は合成データで、もう一方は実際の記録です。',
  };
  const [old, now] = [before.period, after.period];
  return [
    ...differ('zone'),
    ...differ('home'),
    ...(before.synthetic === after.synthetic ? [] : [mixed]),
    ...(old && now && old.last >= now.first
      ? [
          {
            en: `The two overlap: the first reaches to ${old.last}, the second begins on ${now.first}.`,
            ja: `期間が重なっています。以前の期間は${old.last}まで、今回は${now.first}からです。`,
          },
        ]
      : []),
  ];
}

type Findings = ReadonlyMap<string, Finding>;
type Change = Pick<Compared, 'change' | 'change_low' | 'change_high' | 'measure'>;

const unsaid: Change = { change: null, change_low: null, change_high: null, measure: null };

function compared(name: string, was: Findings, is: Findings): Compared {
  const [old, now] = [was.get(name), is.get(name)];
  const [statistic = '', key = ''] = name.split(' ');
  const days = `${statistic} days_covered`;
  return {
    statistic,
    key,
    unit: (now ?? old)?.unit ?? null,
    before: old?.value ?? null,
    value: now?.value ?? null,
    ...(old && now ? changeOf(old, now, [numberOf(was.get(days)), numberOf(is.get(days))]) : unsaid),
  };
}

const numberOf = (finding: Finding | undefined): number | null =>
  finding?.value != null && /^-?\d+(\.\d+)?$/.test(finding.value) ? Number(finding.value) : null;

/** What is counted one by one, so that a count has an interval. */
const events: readonly string[] = ['bans', 'failures', 'rejects'];

function changeOf(old: Finding, now: Finding, [daysBefore, daysAfter]: readonly (number | null)[]): Change {
  const [a, b] = [numberOf(old), numberOf(now)];
  // The hour of day runs in a circle: 23 to 0 is a step of one.
  if (a === null || b === null || now.unit === 'hour' || old.unit !== now.unit) return unsaid;
  if (now.unit === 'share') {
    const interval = old.n === null || now.n === null ? null : shareDifference(a, old.n, b, now.n);
    return changed(b - a, interval, 'difference');
  }
  if (!events.includes(now.unit ?? '')) return changed(b - a, null, 'difference');
  if (a === 0) return unsaid;
  const byDay = Boolean(daysBefore && daysAfter);
  const time = byDay ? (daysBefore ?? 1) / (daysAfter ?? 1) : 1;
  // A number that was picked as the highest of several is no count of its own.
  const counted = a === old.n && b === now.n;
  const interval = counted ? rateRatio(a, b) : null;
  const relative = (ratio: number): number => ratio * time - 1;
  return changed(
    relative(b / a),
    interval && [relative(interval[0]), relative(interval[1])],
    byDay ? 'relative per covered day' : 'relative',
  );
}

const changed = (change: number, interval: readonly [number, number] | null, measure: Measure): Change => ({
  change,
  change_low: interval?.[0] ?? null,
  change_high: interval?.[1] ?? null,
  measure,
});
