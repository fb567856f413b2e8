import type { ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';

/** What goes wrong with one request. */
export const faults = {
  /** Too many requests, whatever the limit. */
  '429': 'HTTP 429 without Retry-After',
  'retry-after': 'HTTP 429 with Retry-After: 2',
  pause: 'HTTP 429 with Retry-After: 60',
  'long-pause': 'HTTP 429 with Retry-After: 86400',
  '500': 'HTTP 500',
  '503': 'HTTP 503',
  '400': 'HTTP 400',
  expired: 'HTTP 401, as when the token has ended',
  forbidden: 'HTTP 403',
  slow: 'an answer after a minute',
  truncated: 'half an answer, then the connection ends',
  malformed: 'an answer that is no JSON',
  shape: 'JSON of another shape',
  'no-score': 'an answer without a score',
  '404': 'HTTP 404, as for a name that is not known',
  empty: 'an object with nothing in it',
  null: 'null in place of an answer',
  redirect: 'HTTP 302 to another host',
  reset: 'the connection ends without an answer',
  echo: 'HTTP 500 with the request in it, its credentials too',
} as const;

export type Fault = keyof typeof faults;

const statuses: Partial<Record<Fault, number>> = {
  '429': 429,
  'retry-after': 429,
  pause: 429,
  'long-pause': 429,
  '500': 500,
  '503': 503,
  '400': 400,
  '404': 404,
  expired: 401,
  forbidden: 403,
  redirect: 302,
  echo: 500,
};

const pauses: Partial<Record<Fault, string>> = { 'retry-after': '2', pause: '60', 'long-pause': '86400' };

const bodies: Partial<Record<Fault, string>> = {
  malformed: '<html>Service Unavailable</html>',
  shape: '{"risk_score":"high","indicators":7}',
  'no-score': '{"indicators":[],"risk_score":null}',
  empty: '{}',
  null: 'null',
};

/** @param credentials the request's Authorization header */
export async function answerWith(fault: Fault, response: ServerResponse, credentials: string): Promise<void> {
  if (fault === 'reset') {
    response.destroy();
    return;
  }
  if (fault === 'slow') await delay(60_000, undefined, { ref: false });
  if (fault === 'truncated') {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
    response.write('{"indicators":[{"indicator":"Lexical","normalized_sc');
    response.destroy();
    return;
  }
  const pause = pauses[fault];
  if (pause !== undefined) response.setHeader('retry-after', pause);
  if (fault === 'redirect') response.setHeader('location', 'https://elsewhere.example/collect');
  const status = statuses[fault] ?? 200;
  const message = fault === 'echo' ? `you sent ${credentials}` : 'simulated';
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(bodies[fault] ?? JSON.stringify({ statusCode: status, message }));
}
