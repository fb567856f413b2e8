import { readFileSync, statSync } from 'node:fs';
import { messageOf, UserError } from '../../errors.js';
import { isLoopback } from '../loopback.js';
import type { ApiVersion } from './ask.js';
import type { Sending } from './send.js';
import { clientCredentials, staticToken, type Tokens } from './tokens.js';

/** How Investigate is asked. The key is in no property: whatever prints this does not print it. */
export interface InvestigateSettings {
  readonly version: ApiVersion;
  /** With a slash at its end. */
  readonly base: URL;
  /** @param sending of token requests, which have a limit of their own */
  tokens(sending: Sending): Tokens;
}

const variables = ['INVESTIGATE_KEY', 'INVESTIGATE_SECRET', 'INVESTIGATE_TOKEN', 'INVESTIGATE_URL'] as const;
type Values = Partial<Record<(typeof variables)[number], string>>;

/** Where the two APIs are. */
const homes = { v2: 'https://api.umbrella.com', legacy: 'https://investigate.api.umbrella.com' };

/**
 * Settings from the environment, or from the file that INVESTIGATE_KEY_FILE names: lines such as `INVESTIGATE_KEY=…`.
 * A key and its secret are for the current API, a token for the legacy one.
 * @returns null where nothing is set
 * @throws UserError for a file that others can read or that sets nothing, for half a key, for a URL that is not https
 */
export function investigateSettings(env: NodeJS.ProcessEnv): InvestigateSettings | null {
  const file = env.INVESTIGATE_KEY_FILE;
  const values = { ...pick(env), ...(file ? fromFile(file) : {}) };
  const { INVESTIGATE_KEY: key, INVESTIGATE_SECRET: secret, INVESTIGATE_TOKEN: token } = values;
  if (!key && !secret && !token) return null;
  if (Boolean(key) !== Boolean(secret))
    throw new UserError('expected both INVESTIGATE_KEY and INVESTIGATE_SECRET, got one of them', 2);
  if (key && token)
    throw new UserError(
      'expected INVESTIGATE_KEY with INVESTIGATE_SECRET (current API) or INVESTIGATE_TOKEN (legacy API), got both',
      2,
    );
  const version = token ? 'legacy' : 'v2';
  const host = hostOf(values.INVESTIGATE_URL ?? homes[version]);
  return {
    version,
    base: new URL(version === 'v2' ? '/investigate/v2/' : '/', host),
    tokens: (sending) =>
      token
        ? staticToken(token)
        : clientCredentials(new URL('/auth/v2/token', host), key ?? '', secret ?? '', sending),
  };
}

const pick = (from: NodeJS.ProcessEnv): Values =>
  Object.fromEntries(variables.flatMap((name) => (from[name] ? [[name, from[name]]] : [])));

function fromFile(path: string): Values {
  let text: string;
  try {
    if ((statSync(path).mode & 0o077) !== 0)
      throw new UserError(`${path}: others can read or write this file; run: chmod 600 ${path}`, 2);
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw new UserError(`INVESTIGATE_KEY_FILE: cannot be read (${messageOf(error)})`, 2);
  }
  const lines = text.split('\n').map((line) => line.trim());
  const values: NodeJS.ProcessEnv = {};
  for (const [i, line] of lines.entries()) {
    if (line === '' || line.startsWith('#')) continue;
    const [name = '', ...rest] = line.split('=');
    // The line itself is not printed: it may be a key.
    if (!variables.some((known) => known === name))
      throw new UserError(`${path} line ${i + 1}: expected one of ${variables.join('=, ')}=`, 2);
    values[name] = rest.join('=').trim();
  }
  const set = pick(values);
  if (Object.keys(set).length > 0) return set;
  throw new UserError(
    `INVESTIGATE_KEY_FILE: ${path} sets nothing; expected lines such as ${variables[0]}=…`,
    2,
  );
}

function hostOf(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  const safe = url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback(url.hostname));
  // A URL with a password in it is not printed.
  if (!url || url.username || url.password || !safe)
    throw new UserError(
      `INVESTIGATE_URL: expected an https URL such as ${homes.v2} (http for loopback alone), without a user`,
      2,
    );
  return url;
}
