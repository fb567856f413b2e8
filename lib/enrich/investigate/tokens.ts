import { StopAsking } from '../risk-provider.js';
import { objectOf } from './json.js';
import { NoAnswer } from './no-answer.js';
import { type Sending, send } from './send.js';

/** Tokens of one key. */
export interface Tokens {
  /** One that has not ended. */
  current(signal: AbortSignal): Promise<string>;
  /** One in the place of a token that was refused. @throws StopAsking when there is no other */
  instead(refused: string, signal: AbortSignal): Promise<string>;
}

const refusal = 'the key was refused (HTTP 401)';

/** The legacy API's token, which does not end. */
export const staticToken = (token: string): Tokens => ({
  current: async () => token,
  instead: async () => {
    throw new StopAsking(`${refusal}: check INVESTIGATE_TOKEN`);
  },
});

/** How long before its end a token is renewed: a minute, or a tenth of a life that is shorter than ten. */
const margin = (seconds: number): number => Math.min(60, seconds / 10);

/**
 * Tokens by OAuth 2.0 client credentials (RFC 6749, 4.4). However many requests wait for one, it is asked for once.
 * @param sending its limit is that of token requests, 20 a minute
 */
export function clientCredentials(url: URL, key: string, secret: string, sending: Sending): Tokens {
  const basic = Buffer.from(`${key}:${secret}`).toString('base64');
  let held: { token: string; until: number } | null = null;
  let asking: Promise<string> | null = null;
  const ask = async (signal: AbortSignal): Promise<string> => {
    const { status, text } = await send(
      {
        method: 'POST',
        url,
        headers: async () => ({
          authorization: `Basic ${basic}`,
          'content-type': 'application/x-www-form-urlencoded',
        }),
        body: 'grant_type=client_credentials',
        signal,
      },
      sending,
    );
    if (status === 401 || status === 403)
      throw new StopAsking(
        `no token: ${refusal.replace('401', String(status))}; check INVESTIGATE_KEY and INVESTIGATE_SECRET`,
      );
    if (status !== 200) throw new NoAnswer(`no token (HTTP ${status})`, status);
    const { access_token, expires_in } = objectOf(text);
    if (typeof access_token !== 'string' || access_token === '' || typeof expires_in !== 'number')
      throw new NoAnswer('no token (malformed answer)', status);
    held = { token: access_token, until: sending.clock.now() + (expires_in - margin(expires_in)) * 1000 };
    return access_token;
  };
  const renew = (signal: AbortSignal): Promise<string> => {
    asking ??= ask(signal).finally(() => {
      asking = null;
    });
    return asking;
  };
  return {
    current: async (signal) => (held && sending.clock.now() < held.until ? held.token : renew(signal)),
    instead: async (refused, signal) => (held && held.token !== refused ? held.token : renew(signal)),
  };
}
