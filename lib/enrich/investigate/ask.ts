import { StopAsking } from '../risk-provider.js';
import { jsonOf, malformed } from './json.js';
import { NoAnswer } from './no-answer.js';
import { type Sending, send } from './send.js';
import type { Tokens } from './tokens.js';

/** Which of the two APIs: `https://api.umbrella.com/investigate/v2/` or `https://investigate.api.umbrella.com/`. */
export type ApiVersion = 'v2' | 'legacy';

/** A way to one of the two APIs. */
export interface Connection {
  readonly version: ApiVersion;
  /** With a slash at its end. */
  readonly base: URL;
  readonly tokens: Tokens;
  readonly sending: Sending;
}

export type Parameters = Readonly<Record<string, string | number | boolean | undefined>>;

/** Asks for one thing; null is what a 404 stands for: the service does not know it. */
export type Ask = (path: string, parameters?: Parameters, body?: unknown) => Promise<unknown>;

/**
 * @param connection the token goes into a header and stands nowhere else
 * @returns a function that asks; it throws NoAnswer, and StopAsking where the key is refused
 */
export function asker({ base, tokens, sending }: Connection, signal: AbortSignal): Ask {
  return async (path, parameters = {}, body) => {
    const url = new URL(path, base);
    for (const [name, value] of Object.entries(parameters))
      if (value !== undefined) url.searchParams.set(name, String(value));
    let token = '';
    const request = {
      method: body === undefined ? ('GET' as const) : ('POST' as const),
      url,
      headers: async () => {
        token ||= await tokens.current(signal);
        return {
          authorization: `Bearer ${token}`,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        };
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal,
    };
    let reply = await send(request, sending);
    if (reply.status === 401) {
      token = await tokens.instead(token, signal);
      reply = await send(request, sending);
    }
    if (reply.status === 401) throw new StopAsking('two tokens were refused, one after the other (HTTP 401)');
    if (reply.status === 403)
      throw new StopAsking(
        `${url.host} does not allow this key to ask for ${path.split('/').slice(0, 2).join('/')} (HTTP 403): it needs the scope investigate.investigate:read, for lists of names investigate.bulk:read, and a tier that has them`,
      );
    if (reply.status === 404) return null;
    if (reply.status !== 200) throw new NoAnswer(`HTTP ${reply.status}`, reply.status);
    const value = jsonOf(reply.text);
    // Null is what a 404 stands for; no answer that is documented is `null`.
    if (value === null) throw malformed();
    return value;
  };
}
