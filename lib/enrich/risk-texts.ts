import type { RiskProgress, RiskRun } from './ask-risk.js';
import type { RiskPlan } from './plan-risk.js';

/** `55 min 34 s`, `2 h 5 min`, `7 s`. */
export function durationText(seconds: number): string {
  const whole = Math.ceil(seconds);
  const [h, min, s] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  if (h > 0) return `${h} h ${min} min`;
  return min > 0 ? `${min} min ${s} s` : `${s} s`;
}

/** What a plan says before anything is asked, a line each. */
export function planText(plan: RiskPlan, api: string | null): string[] {
  const { keys, addresses, noName, distinct, known, seconds, days, leftToday, notice } = plan;
  const quota = Number.isFinite(leftToday) ? `; ${leftToday} requests are left of today's quota` : '';
  return [
    `${addresses} addresses, ${noName} without a host name; ${distinct} to know of, ${known} already answered`,
    `to ask: ${keys.length}, which takes ${durationText(seconds)}${days > 1 ? ` on ${days} days` : ''}${quota}`,
    api === null
      ? 'nobody is asked: set INVESTIGATE_KEY and INVESTIGATE_SECRET, or INVESTIGATE_TOKEN, or INVESTIGATE_KEY_FILE'
      : `asked: ${api}`,
    ...(notice === null ? [] : [notice]),
  ];
}

const instant = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19)}Z`;

/** What is said of a pause. @returns null for one that has been told, as each of the requests at once meets it */
export function waitText(): (until: number) => string | null {
  let told = Number.NEGATIVE_INFINITY;
  return (until) => {
    if (until < told + 2000) return null;
    told = until;
    return `the service asks for a pause (HTTP 429): nothing is asked until ${instant(until)}`;
  };
}

/** What a run has come to, a line each. */
export function runText({ scored, noScore, errors, stopped }: RiskRun): string[] {
  const lines = [`${scored} scored, ${noScore} without a score, ${errors} without an answer`];
  if (errors > 0) lines.push('what has no answer is asked for again by the next run');
  if (stopped) {
    const at = stopped.goOnAt === null ? '' : ` after ${instant(stopped.goOnAt)}`;
    lines.push(`stopped: ${stopped.message}; go on with the same command${at}`);
  }
  return lines;
}

/** Label of a progress bar: how many, and how many a second. @param now milliseconds of a clock that runs forward */
export function progressLabel(now: () => number = () => performance.now()): (at: RiskProgress) => string {
  const start = now();
  return ({ done, total }) => {
    const rate = (done / Math.max(1, now() - start)) * 1000;
    return `${done} of ${total}, ${rate < 10 ? rate.toFixed(1) : Math.round(rate)} a second`;
  };
}
