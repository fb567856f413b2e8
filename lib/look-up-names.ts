import { Resolver } from 'node:dns/promises';
import { isIP } from 'node:net';
import { askNames, type NamesRun } from './enrich/ask-names.js';
import { lockCache } from './enrich/cache-lock.js';
import { isPublic } from './enrich/country-reason.js';
import { inHashOrder } from './enrich/in-hash-order.js';
import { isAnswered, knownNames } from './enrich/known-names.js';
import { isLoopback } from './enrich/loopback.js';
import { UserError } from './errors.js';
import { readFrame } from './frames/csv.js';
import { readDatapackage } from './frames/datapackage.js';
import { refreshFrames } from './refresh-frames.js';
import { isoUtc } from './zone.js';

/** What a run would do, or has left. */
export interface NamesPlan {
  readonly addresses: number;
  /** Addresses whose name the logs have. */
  readonly logged: number;
  /** Addresses for which the cache has an answer. */
  readonly known: number;
  /** Addresses of real frames that are private or reserved, and so are nobody's to other name servers: not asked. */
  readonly closed: number;
  /** To ask, in that order. */
  readonly toAsk: readonly string[];
}

export interface NamesLookupOptions {
  /** `ADDRESS` or `ADDRESS:PORT`, `[ADDRESS]:PORT` for IPv6; null for the system's. */
  readonly server: string | null;
  /** Nobody is asked. */
  readonly offline: boolean;
  readonly concurrency: number;
  /** Milliseconds for a question, which is asked twice. */
  readonly timeoutMs: number;
  readonly onPlan?: (plan: NamesPlan) => void;
  readonly onProgress?: (progress: { readonly done: number; readonly total: number }) => void;
  readonly signal?: AbortSignal;
}

/**
 * Asks for the host names that neither the logs nor the cache have, and brings the frames up to date.
 * @throws UserError when the frames are synthetic and the name server is not on loopback: the addresses belong to
 * somebody else; when another run asks for the same cache
 */
export async function lookUpNames(
  frames: string,
  cache: string,
  options: NamesLookupOptions,
): Promise<{ plan: NamesPlan; run: NamesRun | null }> {
  const unlock = options.offline ? () => {} : lockCache(cache, 'names');
  try {
    const plan = await planNames(frames, cache);
    options.onPlan?.(plan);
    const asks = !options.offline && plan.toAsk.length > 0;
    const run = asks ? await askAll(plan.toAsk, frames, cache, options) : null;
    await refreshFrames(frames, cache);
    return { plan, run };
  } finally {
    unlock();
  }
}

async function askAll(
  addresses: readonly string[],
  frames: string,
  cache: string,
  { server, concurrency, timeoutMs, onProgress, signal }: NamesLookupOptions,
): Promise<NamesRun> {
  const { synthetic } = readDatapackage(frames);
  if (synthetic && !(server !== null && isLoopback(hostOf(server))))
    throw new UserError(
      `these frames are synthetic: their addresses are made up and belong to others, so no name server is asked about them; use --offline, or --server with one of your own on loopback`,
      2,
    );
  const resolver = new Resolver({ timeout: timeoutMs, tries: 2 });
  if (server !== null) resolver.setServers([server]);
  signal?.addEventListener('abort', () => resolver.cancel());
  return askNames(addresses, cache, resolver, {
    concurrency,
    askedAt: () => isoUtc(Date.now()),
    signal: signal ?? new AbortController().signal,
    onProgress: onProgress ?? (() => {}),
  });
}

async function planNames(frames: string, cache: string): Promise<NamesPlan> {
  const known = knownNames(cache);
  const rows = await readFrame(frames, 'addresses', { columns: ['address', 'name_source'] });
  const { synthetic } = readDatapackage(frames);
  const others = rows.filter(({ name_source }) => name_source === null || name_source === 'dns');
  const open = others.filter(({ address }) => {
    const answer = known.get(address);
    return !answer || !isAnswered(answer);
  });
  // Those of synthetic frames are all made up, and asked of a name server on loopback alone.
  const toAsk = synthetic ? open : open.filter(({ address }) => isPublic(address));
  return {
    addresses: rows.length,
    logged: rows.length - others.length,
    known: others.length - open.length,
    closed: open.length - toAsk.length,
    toAsk: inHashOrder(toAsk.map(({ address }) => address)),
  };
}

/** The address of a name server. @throws UserError when the text has none, or a port that is none */
export function hostOf(server: string): string {
  const plain = isIP(server) === 6 ? [server, server] : /^([^:]+)(?::(\d+))?$/.exec(server);
  const [, host = '', port = '53'] = /^\[([^\]]+)\](?::(\d+))?$/.exec(server) ?? plain ?? [];
  if (isIP(host) === 0 || !(Number(port) >= 1 && Number(port) <= 65535))
    throw new UserError(
      `--server: expected an address such as 192.0.2.53 or 127.0.0.1:5353 (ports 1 to 65535), got "${server}"`,
      2,
    );
  return host;
}
