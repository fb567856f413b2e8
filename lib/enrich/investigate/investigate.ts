import type { Connection, Parameters } from './ask.js';
import { caller } from './caller.js';
import { domainMethods } from './domain-methods.js';
import { recordMethods } from './record-methods.js';
import { sampleMethods } from './sample-methods.js';
import { whoisMethods } from './whois-methods.js';

export type Investigate = ReturnType<typeof investigate>;

/**
 * Everything that Umbrella Investigate tells, from the current API and the legacy one in the same form. Null is what
 * the service does not know (404).
 *
 * Each call throws NoAnswer when there is no answer, StopAsking when the key or the quota lets nothing through, and
 * UserError for what the API in use does not have.
 * @param signal ends what is under way
 */
export function investigate(connection: Connection, signal: AbortSignal = new AbortController().signal) {
  const calls = caller(connection, signal);
  return {
    ...domainMethods(calls),
    ...recordMethods(calls),
    ...whoisMethods(calls),
    ...sampleMethods(calls),
    /** Any other path of the API. */
    get: (path: string, parameters: Parameters = {}) => calls.ask(path, parameters),
    post: (path: string, body: unknown, parameters: Parameters = {}) => calls.ask(path, parameters, body),
  };
}
