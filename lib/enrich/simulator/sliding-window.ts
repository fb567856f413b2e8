/** Counts what came within the last span of time. */
export interface SlidingWindow {
  /** @returns false, and does not count, where it would be one too many */
  enter(now: number): boolean;
}

export function slidingWindow(most: number, ms: number): SlidingWindow {
  const times: number[] = [];
  return {
    enter: (now) => {
      if (most === Number.POSITIVE_INFINITY) return true;
      while (times.length > 0 && (times[0] ?? 0) <= now - ms) times.shift();
      if (times.length >= most) return false;
      times.push(now);
      return true;
    },
  };
}
