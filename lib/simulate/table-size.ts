/** Spans as from, to, from, to …; those that overlap or touch become one. */
export function union(...lists: readonly (readonly number[])[]): number[] {
  const pairs = lists.flatMap((list) =>
    Array.from({ length: list.length / 2 }, (_, at) => [list[2 * at] ?? 0, list[2 * at + 1] ?? 0] as const),
  );
  pairs.sort((a, b) => a[0] - b[0]);
  const spans: number[] = [];
  for (const [from, to] of pairs)
    if (spans.length > 0 && from <= (spans.at(-1) ?? 0))
      spans[spans.length - 1] = Math.max(spans.at(-1) ?? 0, to);
    else spans.push(from, to);
  return spans;
}

/** What lies in both of two lists of spans that are in order. */
export function intersection(a: readonly number[], b: readonly number[]): number[] {
  const spans: number[] = [];
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    const [endA, endB] = [a[i + 1] ?? 0, b[j + 1] ?? 0];
    const from = Math.max(a[i] ?? 0, b[j] ?? 0);
    const to = Math.min(endA, endB);
    if (from < to) spans.push(from, to);
    if (endA < endB) i += 2;
    else j += 2;
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
      const from = Float64Array.from(starts).sort();
      const to = Float64Array.from(ends).sort();
      let [most, ended] = [0, 0];
      for (let begun = 0; begun < from.length; begun++) {
        while (ended < to.length && (to[ended] ?? 0) < (from[begun] ?? 0)) ended += 1;
        most = Math.max(most, begun + 1 - ended);
      }
      return most;
    },
  };
}
