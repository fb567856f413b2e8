/** Two lists of spans as one. Spans are from, to, from, to …; in a list they are in order and apart, as of the result. */
export function union(a: readonly number[], b: readonly number[]): readonly number[] {
  if (b.length === 0) return a;
  const spans: number[] = [];
  for (let i = 0, j = 0; i < a.length || j < b.length; ) {
    const isA = j >= b.length || (a[i] ?? Number.POSITIVE_INFINITY) <= (b[j] ?? 0);
    const [from, to] = isA ? [a[i] ?? 0, a[i + 1] ?? 0] : [b[j] ?? 0, b[j + 1] ?? 0];
    if (isA) i += 2;
    else j += 2;
    const end = spans.length - 1;
    if (end > 0 && from <= (spans[end] ?? 0)) spans[end] = Math.max(spans[end] ?? 0, to);
    else spans.push(from, to);
  }
  return spans;
}

/**
 * What lies in both of two lists of spans for as long as these are the same, and in the first that differ. From there on
 * nothing is certain: who does now as the one says and now as the other, or comes back so long after the end of each
 * ban, is banned at other times.
 */
export function certain(a: readonly number[], b: readonly number[]): number[] {
  const spans: number[] = [];
  for (let at = 0; at < Math.min(a.length, b.length); at += 2) {
    const from = Math.max(a[at] ?? 0, b[at] ?? 0);
    const to = Math.min(a[at + 1] ?? 0, b[at + 1] ?? 0);
    if (from < to) spans.push(from, to);
    if (a[at] !== b[at]) break;
  }
  return spans;
}

/** Counts spans of many addresses, for the most that there were at a time. */
export interface TableSize {
  add(spans: readonly number[]): void;
  most(): number;
}

export function tableSize(): TableSize {
  const [starts, ends]: [number[], number[]] = [[], []];
  return {
    add: (spans) => {
      for (let at = 0; at < spans.length; at += 2) {
        starts.push(spans[at] ?? 0);
        ends.push(spans[at + 1] ?? 0);
      }
    },
    most: () => {
      const from = new Float64Array(starts).sort();
      const to = new Float64Array(ends).sort();
      let [most, ended] = [0, 0];
      for (let begun = 0; begun < from.length; begun++) {
        while (ended < to.length && (to[ended] ?? 0) < (from[begun] ?? 0)) ended += 1;
        most = Math.max(most, begun + 1 - ended);
      }
      return most;
    },
  };
}
