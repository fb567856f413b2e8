import { isIP } from 'node:net';
import { UserError } from '../../errors.js';
import { type ApiVersion, type Ask, asker, type Connection, type Parameters } from './ask.js';
import { asArray, asObject } from './json.js';

/** An answer as the API documents it; banbook reads nothing of it. */
export type Json = Readonly<Record<string, unknown>>;

export interface Page {
  readonly limit?: number;
  readonly offset?: number;
}

/** What the methods of the client are made of. Null is what the service does not know (404). */
export interface Caller {
  readonly version: ApiVersion;
  readonly ask: Ask;
  /** @throws NoAnswer when the answer is no object */
  object(path: string, parameters?: object): Promise<Json | null>;
  /** @throws NoAnswer when the answer is no array */
  list(path: string, parameters?: object): Promise<readonly unknown[] | null>;
  /** @throws UserError where the API in use is the other one */
  only(version: ApiVersion, what: string, instead: string): void;
}

export function caller(connection: Connection, signal: AbortSignal): Caller {
  const ask = asker(connection, signal);
  const { version } = connection;
  return {
    version,
    ask,
    object: async (path, parameters) => {
      const value = await ask(path, parameters as Parameters);
      return value === null ? null : asObject(value);
    },
    list: async (path, parameters) => {
      const value = await ask(path, parameters as Parameters);
      return value === null ? null : asArray(value);
    },
    only: (wanted, what, instead) => {
      if (version === wanted) return;
      const mine = version === 'v2' ? 'current' : 'legacy';
      throw new UserError(`${what}: the ${mine} API does not have it; ${instead}`);
    },
  };
}

/** A piece of a path. */
export const part = encodeURIComponent;

/** An address as a piece of a path. @throws UserError when it is none */
export function ipPart(address: string): string {
  if (isIP(address) === 0) throw new UserError(`expected an IP address, got "${address}"`);
  return part(address);
}
