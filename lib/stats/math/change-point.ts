/** Events of one span of time. */
export interface Span {
  readonly count: number;
  /** How long it was observed, such as covered days; above zero. */
  readonly exposure: number;
}

export interface ChangePoint {
  /** Index of the first span at the new rate. */
  readonly index: number;
  /** First and last index that the data allow for it at 95 %. */
  readonly from: number;
  readonly to: number;
  /** Events by unit of exposure. */
  readonly before: number;
  readonly after: number;
  /** Chance of a change at least as clear, were the spans in any order. */
  readonly p: number;
  /** How much more the spans vary about their two rates than independent events would; at least 1. */
  readonly dispersion: number;
}

/** Spans on each side of a change: one alone would be an outlier. */
const least = 2;
const shuffles = 1999;
/** The 95th percentile of chi-square with one degree of freedom. */
const allowed = 3.841_458_820_694_124;

/**
 * The one place at which the rate of events changed most, by the likelihood of a Poisson process with two rates. Events
 * that come in bursts vary more than a Poisson process, so the likelihood is divided by the dispersion about the two
 * rates (quasi-likelihood), which widens the interval. The p-value needs no distribution: it compares with the same
 * spans in random orders, always the same ones. It does take the spans for exchangeable when nothing changes; a slow
 * drift is found as a change, at some place within it.
 * @returns null with fewer than five spans, or without any event
 */
export function changePoint(spans: readonly Span[]): ChangePoint | null {
  if (spans.length < 2 * least + 1 || spans.every(({ count }) => count === 0)) return null;
  const gains = gainsOf(spans);
  const best = Math.max(...gains);
  const index = gains.indexOf(best);
  const [before, after] = [rateOf(spans.slice(0, index)), rateOf(spans.slice(index))];
  const excess = spans.reduce((sum, { count, exposure }, i) => {
    const expected = (i < index ? before : after) * exposure;
    return expected > 0 ? sum + (count - expected) ** 2 / expected : sum;
  }, 0);
  // Two rates and the place of the change are taken from the data.
  const dispersion = Math.max(1, excess / (spans.length - 3));
  const possible = gains.flatMap((gain, i) => ((best - gain) / dispersion <= allowed ? i : []));
  const [from = index, to = index] = [possible[0], possible.at(-1)];
  return { index, from, to, before, after, p: chanceOf(spans, best), dispersion };
}

const rateOf = (spans: readonly Span[]): number =>
  spans.reduce((sum, { count }) => sum + count, 0) / spans.reduce((sum, { exposure }) => sum + exposure, 0);

/** By index of the first span at the new rate, twice the gain in log-likelihood over a single rate. */
function gainsOf(spans: readonly Span[]): number[] {
  const part = (count: number, exposure: number): number =>
    count === 0 ? 0 : 2 * count * Math.log(count / exposure);
  const all = spans.reduce((sum, { count }) => sum + count, 0);
  const time = spans.reduce((sum, { exposure }) => sum + exposure, 0);
  let [count, exposure] = [0, 0];
  return spans.map((span, i) => {
    const gain = part(count, exposure) + part(all - count, time - exposure) - part(all, time);
    count += span.count;
    exposure += span.exposure;
    return i >= least && i <= spans.length - least ? gain : Number.NEGATIVE_INFINITY;
  });
}

/** Share of random orders, the given one among them, whose best change is at least as good. */
function chanceOf(spans: readonly Span[], best: number): number {
  const order = [...spans];
  let state = 1;
  let reached = 1;
  for (let round = 0; round < shuffles; round++) {
    for (let i = order.length - 1; i > 0; i--) {
      // Park and Miller's generator, which is enough to shuffle a dozen months.
      state = (state * 48_271) % 2_147_483_647;
      const j = state % (i + 1);
      [order[i], order[j]] = [order[j] as Span, order[i] as Span];
    }
    if (Math.max(...gainsOf(order)) >= best - 1e-9) reached++;
  }
  return reached / (shuffles + 1);
}
