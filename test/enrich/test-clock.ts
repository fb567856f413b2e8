import type { Clock } from '../../lib/enrich/clock.js';
import { exchange } from '../../lib/enrich/investigate/exchange.js';
import type { Outside } from '../../lib/enrich/investigate/send.js';

/**
 * Time that runs only when it is waited for: it jumps to the next one who sleeps as soon as no request is under way,
 * so that a request takes no time, however busy the machine is.
 */
export class TestClock implements Clock {
  private sleepers: { at: number; wake: () => void }[] = [];
  private busy = 0;
  /** Pauses that were told: until when. */
  readonly told: number[] = [];

  /** @param time milliseconds since 1970 */
  constructor(public time: number) {}

  now(): number {
    return this.time;
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const sleeper = { at: this.time + ms, wake: resolve };
      this.sleepers.push(sleeper);
      signal?.addEventListener('abort', () => {
        this.sleepers = this.sleepers.filter((other) => other !== sleeper);
        reject(signal.reason);
      });
      setImmediate(() => this.jump());
    });
  }

  private jump(): void {
    if (this.busy > 0) return;
    this.sleepers.sort((a, b) => a.at - b.at);
    const next = this.sleepers.shift();
    if (!next) return;
    this.time = Math.max(this.time, next.at);
    next.wake();
    setImmediate(() => this.jump());
  }

  /** The way out for a client that lives in this time. */
  outside(): Outside {
    return {
      clock: this,
      random: () => 0.5,
      waiting: (until) => this.told.push(until),
      exchange: async (request) => {
        this.busy += 1;
        try {
          return await exchange(request);
        } finally {
          this.busy -= 1;
          setImmediate(() => this.jump());
        }
      },
    };
  }
}
