import pLimit from 'p-limit';

/**
 * Asks for each item, so many at once. The first failure ends the others: none begins any more, those under way are
 * told by their signal and waited for, and then it is thrown.
 * @param ask is given a signal that ends with the run's and at the first failure
 */
export async function askEach<T>(
  items: readonly T[],
  concurrency: number,
  signal: AbortSignal,
  ask: (item: T, signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const failing = new AbortController();
  const ends = AbortSignal.any([signal, failing.signal]);
  const failures: unknown[] = [];
  const begin = async (item: T): Promise<void> => {
    if (ends.aborted) return;
    try {
      await ask(item, ends);
    } catch (error) {
      failures.push(error);
      failing.abort();
    }
  };
  await pLimit(concurrency).map(items, begin);
  if (failures.length > 0) throw failures[0];
}
