/** Holds items by time and gives the earliest back; of equal times, the one that was added first. */
export class TimeQueue<T extends { readonly at: number }> {
  readonly #heap: { item: T; order: number }[] = [];
  #added = 0;

  /** Time of the earliest item, or Infinity when there is none. */
  get next(): number {
    return this.#heap[0]?.item.at ?? Number.POSITIVE_INFINITY;
  }

  push(item: T): void {
    const entry = { item, order: this.#added++ };
    let child = this.#heap.length;
    this.#heap.push(entry);
    while (child > 0) {
      const parent = (child - 1) >> 1;
      const above = this.#heap[parent];
      if (!above || before(above, entry)) break;
      this.#heap[child] = above;
      child = parent;
    }
    this.#heap[child] = entry;
  }

  /** Takes out the earliest item. */
  pop(): T | undefined {
    const first = this.#heap[0];
    const last = this.#heap.pop();
    if (last && this.#heap.length > 0) this.#sink(last);
    return first?.item;
  }

  #sink(entry: { item: T; order: number }): void {
    let hole = 0;
    for (;;) {
      const left = this.#heap[2 * hole + 1];
      const right = this.#heap[2 * hole + 2];
      const useRight = left && right && before(right, left);
      const child = useRight ? right : left;
      if (!child || before(entry, child)) break;
      this.#heap[hole] = child;
      hole = 2 * hole + (useRight ? 2 : 1);
    }
    this.#heap[hole] = entry;
  }
}

type Entry = { readonly item: { readonly at: number }; readonly order: number };
const before = (a: Entry, b: Entry): boolean =>
  a.item.at < b.item.at || (a.item.at === b.item.at && a.order < b.order);
