import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { Clock } from '../clock.js';
import type { ApiVersion } from '../investigate/ask.js';
import { answerOf } from './answers.js';
import { answerWith, type Fault } from './faults.js';
import { slidingWindow } from './sliding-window.js';

export interface SimulatorOptions {
  /** Of the scores. */
  readonly seed: number;
  /** Requests that are answered in a second, and in 24 hours; Infinity for all. */
  readonly perSecond: number;
  readonly perDay: number;
  /** Seconds for which a token is good. */
  readonly tokenSeconds: number;
  /** Milliseconds before an answer. */
  readonly latencyMs: number;
  /** Port on loopback; 0 for any that is free. */
  readonly port: number;
  /** What goes wrong with the nth request (from 1, tokens apart), if anything does. */
  readonly fault: (n: number, path: string) => Fault | null;
  readonly clock: Clock;
}

/** What the simulator takes for a key. */
export const credentials = { key: 'simulated-key', secret: 'simulated-secret', token: 'simulated-token' };

export interface Simulator {
  readonly port: number;
  readonly url: string;
  /** What has come so far. */
  readonly seen: {
    /** Paths of requests that were within the limits, in their order. */
    readonly answered: string[];
    /** Requests, and token requests, above the limits. */
    violations: number;
    tokens: number;
    /** Requests at once, at most. */
    busiest: number;
  };
  close(): Promise<void>;
}

/** Token requests a minute. */
const tokensPerMinute = 20;

/**
 * A server on loopback that speaks both Investigate APIs as they are documented and answers with scores that are made
 * up. The current API is below `/investigate/v2/`, its tokens at `/auth/v2/token`; the rest is the legacy one.
 */
export async function investigateSimulator(options: SimulatorOptions): Promise<Simulator> {
  const seen: Simulator['seen'] = { answered: [], violations: 0, tokens: 0, busiest: 0 };
  const handle = handler(options, seen);
  let busy = 0;
  const server = createServer((request, response) => {
    busy += 1;
    seen.busiest = Math.max(seen.busiest, busy);
    response.once('close', () => {
      busy -= 1;
    });
    handle(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return { port, url: `http://127.0.0.1:${port}`, seen, close: () => stop(server) };
}

function stop(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeAllConnections();
  return closed;
}

function handler(options: SimulatorOptions, seen: Simulator['seen']) {
  const { clock, seed, latencyMs, fault, tokenSeconds } = options;
  const second = slidingWindow(options.perSecond, 1000);
  const day = slidingWindow(options.perDay, 24 * 60 * 60 * 1000);
  const minute = slidingWindow(tokensPerMinute, 60_000);
  const tokens = new Map<string, number>();
  let count = 0;

  const isKnown = (version: ApiVersion, header: string): boolean => {
    if (version === 'legacy') return header === `Bearer ${credentials.token}`;
    return (tokens.get(header.slice('Bearer '.length)) ?? 0) > clock.now();
  };
  const tooMany = (response: ServerResponse): void => {
    seen.violations += 1;
    send(response, 429, { statusCode: 429, message: 'too many requests' });
  };
  const giveToken = (request: IncomingMessage, response: ServerResponse, body: string): void => {
    const basic = Buffer.from(`${credentials.key}:${credentials.secret}`).toString('base64');
    const fits = request.method === 'POST' && body === 'grant_type=client_credentials';
    if (!minute.enter(clock.now())) tooMany(response);
    else if (request.headers.authorization !== `Basic ${basic}` || !fits)
      send(response, 401, { message: 'no such key' });
    else {
      seen.tokens += 1;
      const token = randomUUID();
      tokens.set(token, clock.now() + tokenSeconds * 1000);
      send(response, 200, { token_type: 'bearer', access_token: token, expires_in: tokenSeconds });
    }
  };

  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await bodyOf(request);
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://127.0.0.1');
    if (pathname === '/auth/v2/token') return giveToken(request, response, body);
    const { authorization = '' } = request.headers;
    const version = pathname.startsWith('/investigate/v2/') ? 'v2' : 'legacy';
    const path = pathname.slice(version === 'v2' ? '/investigate/v2/'.length : 1);
    if (!second.enter(clock.now()) || !day.enter(clock.now())) return tooMany(response);
    const wrong = fault(++count, path);
    if (wrong) return answerWith(wrong, response, authorization);
    if (!isKnown(version, authorization)) return send(response, 401, { message: 'no such token' });
    seen.answered.push(path);
    if (latencyMs > 0) await delay(latencyMs);
    const labels = searchParams.has('showLabels');
    const answer = answerOf(version, request.method ?? '', path, labels, body, seed);
    send(response, answer.status, answer.body);
  };
}

function send(response: ServerResponse, status: number, body: unknown): void {
  const text = JSON.stringify(body);
  const length = Buffer.byteLength(text);
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': length });
  response.end(text);
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const piece of request.setEncoding('utf8')) text += piece;
  return text;
}
