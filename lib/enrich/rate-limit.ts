import type { Clock } from './clock.js';

/** Lets calls begin one after the other, at the same distance. */
export interface RateLimit {
  /** Resolves when the next call may begin. */
  turn(signal?: AbortSignal): Promise<void>;
  /** Nothing begins for so many milliseconds from now: the other side has asked for a pause. */
  pause(ms: number): void;
}

/**
 * @param perSecond calls; Infinity for no limit. The distance is rounded up to whole milliseconds, which is what timers
 * keep: 3 a second are 334 ms, and no span of a second sees a fourth.
 */
export function rateLimit(perSecond: number, clock: Clock): RateLimit {
  const gap = Math.ceil(1000 / perSecond);
  let next = 0;
  let paused = 0;
  return {
    turn: async (signal) => {
      for (;;) {
        signal?.throwIfAborted();
        const now = clock.now();
        if (next <= now) {
          next = now + gap;
          return;
        }
        const mine = next;
        next = mine + gap;
        await clock.sleep(mine - now, signal);
        // A pause has moved everything: line up again.
        if (paused <= clock.now()) return;
      }
    },
    pause: (ms) => {
      paused = Math.max(paused, clock.now() + ms);
      next = Math.max(next, paused);
    },
  };
}
