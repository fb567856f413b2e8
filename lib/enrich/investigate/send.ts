import { type Clock, systemClock } from '../clock.js';
import type { RateLimit } from '../rate-limit.js';
import { StopAsking } from '../risk-provider.js';
import { exchange } from './exchange.js';
import { NoAnswer } from './no-answer.js';

/** What lies outside: time, chance, network. */
export interface Outside {
  readonly clock: Clock;
  /** From 0 to 1; for the jitter of retries. */
  readonly random: () => number;
  readonly exchange: typeof exchange;
  /** Told that nothing is asked until then (UTC milliseconds), where that is more than some seconds. */
  readonly waiting: (until: number) => void;
}

export const outside: Outside = { clock: systemClock, random: Math.random, exchange, waiting: () => {} };

/** What every request has in common. */
export interface Sending extends Outside {
  readonly limit: RateLimit;
  /** Milliseconds until a request is given up. */
  readonly timeoutMs: number;
  /** Called before each request. @throws StopAsking when the day's requests are spent */
  readonly spend: () => Promise<void>;
}

export interface Request {
  readonly method: 'GET' | 'POST';
  readonly url: URL;
  /** Made anew for each attempt, so that a renewed token is used. */
  readonly headers: () => Promise<Record<string, string>>;
  readonly body?: string;
  readonly signal: AbortSignal;
}

/** Attempts in all where the service fails, and where it says that there were too many requests. */
const attempts = { failed: 4, limited: 10 };
/** A pause that is told, and one that is too long to wait for, in milliseconds. */
const pauses = { told: 5000, tooLong: 5 * 60_000 };

/**
 * Sends a request that changes nothing on the other side, and so may be sent again: after a failed connection, a
 * time-out, 429 and 5xx. After 429 all requests pause, for as long as Retry-After says, else a second (which is what
 * Cisco asks for) and some more by chance.
 * @returns status and body of any other reply
 * @throws NoAnswer when every attempt failed; StopAsking when the service asks for a pause of more than five minutes
 */
export async function send(request: Request, sending: Sending): Promise<{ status: number; text: string }> {
  const { clock, limit, random, waiting } = sending;
  for (let failed = 1, limited = 1; ; ) {
    // All that may take time comes before the turn, so that the request begins at its turn.
    const headers = await request.headers();
    await sending.spend();
    await limit.turn(request.signal);
    const reply = await attempt({ ...request, headers }, sending);
    if (reply.status === 429) {
      if (limited++ >= attempts.limited) throw new NoAnswer('HTTP 429', 429);
      const pause = (reply.retryAfterMs ?? 1000) + random() * 1000;
      const until = clock.now() + pause;
      if (pause > pauses.tooLong)
        throw new StopAsking(`${request.url.host} asks for a pause (HTTP 429, Retry-After)`, until);
      if (pause >= pauses.told) waiting(until);
      limit.pause(pause);
    } else if (reply.status >= 500 || reply.status === 0) {
      if (failed++ >= attempts.failed) throw new NoAnswer(reply.failure, reply.status || null);
      await clock.sleep(backOff(failed, random), request.signal);
    } else return reply;
  }
}

/** Milliseconds before the second, third, … attempt: about 1, 2 and 4 seconds. */
const backOff = (attempt: number, random: () => number): number =>
  1000 * 2 ** (attempt - 2) * (0.5 + random());

interface Reply {
  /** 0 where there was none. */
  readonly status: number;
  readonly text: string;
  readonly failure: string;
  readonly retryAfterMs: number | null;
}

async function attempt(
  request: Omit<Request, 'headers'> & { readonly headers: Record<string, string> },
  { timeoutMs, clock, exchange }: Sending,
): Promise<Reply> {
  const headers = { accept: 'application/json', ...request.headers };
  try {
    const { status, headers: told, text } = await exchange({ ...request, headers, timeoutMs });
    if (status >= 300 && status < 400) throw redirected(request.url, told.location);
    return { status, text, failure: `HTTP ${status}`, retryAfterMs: retryAfter(told['retry-after'], clock) };
  } catch (error) {
    if (error instanceof StopAsking) throw error;
    request.signal.throwIfAborted();
    // Only the kind of the failure is said: the error itself may quote the request.
    const code = String((Object(error) as { code?: unknown }).code);
    const failure =
      code === 'ETIMEDOUT' ? 'timeout' : `no connection (${code.replace(/\W/g, '').slice(0, 40)})`;
    return { status: 0, text: '', failure, retryAfterMs: null };
  }
}

/** Retry-After in milliseconds: seconds, or a date (RFC 9110); a year where it is longer, as a date has an end. */
function retryAfter(value: string | undefined, clock: Clock): number | null {
  if (value === undefined) return null;
  const ms = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - clock.now();
  return Number.isNaN(ms) ? null : Math.min(Math.max(0, ms), 365 * 24 * 3_600_000);
}

function redirected(from: URL, location: string | undefined): StopAsking {
  let to = 'nowhere';
  if (location !== undefined && URL.canParse(location, from.href)) to = new URL(location, from).host;
  return new StopAsking(
    `${from.host} sends on to ${to}: names go to the configured host and nowhere else; check INVESTIGATE_URL`,
  );
}
