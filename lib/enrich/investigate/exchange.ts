import { setMaxListeners } from 'node:events';
import * as http from 'node:http';
import * as https from 'node:https';

export interface Exchange {
  readonly method: 'GET' | 'POST';
  /** https, or http on loopback. */
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Milliseconds for all of it. */
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

export interface Reply {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly text: string;
}

/** More than any answer has: a thousand categorizations are some 200 KB. */
const longest = 16 * 1024 * 1024;

/** A connection serves many requests; an idle one keeps no process alive. */
const clients = {
  'http:': { request: http.request, agent: new http.Agent({ keepAlive: true }) },
  'https:': { request: https.request, agent: new https.Agent({ keepAlive: true }) },
} as const;

/**
 * One HTTP request and its whole reply; redirects are replies like others. node:http in the place of fetch: no
 * redirect is followed and it takes a third of the time, which tells where the other side is a simulator.
 * @throws Error with a code where there is no whole reply; ETIMEDOUT after the timeout
 */
export function exchange({ method, url, headers, body, timeoutMs, signal }: Exchange): Promise<Reply> {
  const { request: begin, agent } = clients[url.protocol as keyof typeof clients];
  // As many requests as are under way listen to one signal.
  setMaxListeners(0, signal);
  return new Promise((resolve, reject) => {
    const length = body === undefined ? {} : { 'content-length': Buffer.byteLength(body) };
    const request = begin(url, { method, agent, signal, headers: { ...headers, ...length } });
    const fail = (message: string, code: string): void => {
      request.destroy(Object.assign(new Error(message), { code }));
    };
    const timer = setTimeout(() => fail('no reply in time', 'ETIMEDOUT'), timeoutMs);
    request.once('close', () => clearTimeout(timer));
    request.once('error', reject);
    request.once('response', (response) => {
      const pieces: Buffer[] = [];
      let size = 0;
      response.on('data', (piece: Buffer) => {
        pieces.push(piece);
        size += piece.length;
        if (size > longest) fail('a reply without end', 'EMSGSIZE');
      });
      response.once('error', reject);
      response.once('end', () => {
        const text = Buffer.concat(pieces).toString();
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text });
      });
    });
    request.end(body);
  });
}
