import type { BanSettings } from '../ban-settings.js';
import { scaledCount } from './fail-manager.js';
import { noOutcome, type World } from './outcome.js';
import { never } from './ticket.js';

/**
 * The world of bans that do not grow. Nothing but a count and the end of a ban is left of the jail then; it gives what
 * jailWorld gives, some ten times as fast.
 */
export function steadyWorld({ bantime, findtime, maxretry }: BanSettings, to: number): World {
  let outcome = noOutcome();
  /** Begin of the span that is counted over, last failure, failures; as of a Ticket. */
  let [first, last, retry] = [0, 0, 0];
  let until = Number.NEGATIVE_INFINITY;

  const fail = (time: number, failures: number): void => {
    if (retry === 0 || last <= time - findtime) [first, retry] = [time, 0];
    else if (first < time - findtime) {
      retry = scaledCount(retry, time - first, findtime);
      first = time - findtime;
    }
    last = time;
    retry += failures;
    if (retry < maxretry) return;
    retry = 0;
    until = bantime === -1 ? never : time + bantime;
    const end = Math.min(until, to);
    outcome.bans += 1;
    outcome.banned += end - time;
    outcome.spans.push(time, end);
  };

  return {
    get outcome() {
      return outcome;
    },
    begin: () => {
      outcome = noOutcome();
      retry = 0;
      until = Number.NEGATIVE_INFINITY;
    },
    meet: (time, failures, attempts, login) => {
      if (time <= until) {
        outcome.stopped += attempts;
        outcome.lockedOut += login;
        return false;
      }
      outcome.through += attempts;
      if (failures > 0) fail(time, failures);
      return true;
    },
    bannedUntil: (time) => (time <= until ? until : null),
    counted: () => (retry === 0 ? 0 : retry * 2 ** 32 + last - first),
    end: () => outcome,
  };
}
