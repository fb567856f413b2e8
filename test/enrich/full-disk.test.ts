import assert from 'node:assert/strict';
import { existsSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { openAnswerLog } from '../../lib/enrich/answer-log.js';
import { askEach } from '../../lib/enrich/ask-each.js';
import { askNames } from '../../lib/enrich/ask-names.js';
import { askRisk } from '../../lib/enrich/ask-risk.js';
import { dailyQuota } from '../../lib/enrich/daily-quota.js';
import { namesFile } from '../../lib/enrich/known-names.js';
import { risksFile } from '../../lib/enrich/known-risks.js';
import type { NameServer } from '../../lib/enrich/reverse-name.js';
import type { RiskProvider } from '../../lib/enrich/risk-provider.js';
import { UserError } from '../../lib/errors.js';
import { scratch } from '../scratch.js';
import { TestClock } from './test-clock.js';

/** Takes no byte, as a disk without room. */
const full = '/dev/full';
const skip = existsSync(full) ? false : `no ${full}`;

const still = {
  askedAt: () => '2026-03-01T00:00:00Z',
  signal: new AbortController().signal,
  onProgress: () => {},
};
const keys = Array.from({ length: 200 }, (_, i) => `192.0.2.${i}`);
const says = (path: string) => (error: unknown) =>
  error instanceof UserError && error.message.startsWith(`${path} cannot be written (ENOSPC: `);

test('a disk without room: risks are not asked for any more, and the file is named', { skip }, async (t) => {
  const cache = scratch(t);
  symlinkSync(full, risksFile(cache));
  let asked = 0;
  const provider: RiskProvider = {
    api: 'test',
    accepts: () => true,
    proven: true,
    keys: 'address',
    batchSize: 1,
    concurrency: 8,
    perSecond: Number.POSITIVE_INFINITY,
    perDay: Number.POSITIVE_INFINITY,
    leftToday: () => Number.POSITIVE_INFINITY,
    ask: async () => {
      asked += 1;
      await delay(1);
      return [{ risk_score: 1 }];
    },
    close: async () => {},
  };
  await assert.rejects(askRisk(keys, cache, provider, still), says(risksFile(cache)));
  assert.equal(asked, 8);
});

test('a disk without room: names are not asked for any more, and the file is named', { skip }, async (t) => {
  const cache = scratch(t);
  symlinkSync(full, namesFile(cache));
  let asked = 0;
  const server: NameServer = {
    resolvePtr: async () => {
      asked += 1;
      await delay(1);
      return [];
    },
    resolve4: async () => [],
    resolve6: async () => [],
  };
  const asking = askNames(keys, cache, server, { ...still, concurrency: 8 });
  await assert.rejects(asking, says(namesFile(cache)));
  assert.equal(asked, 8);
});

test('a disk without room: a request that cannot be counted is not sent', { skip }, async (t) => {
  const path = join(scratch(t), 'requests');
  const quota = dailyQuota(path, 5, new TestClock(0));
  assert.equal(quota.left(), 5);
  symlinkSync(full, path);
  await assert.rejects(quota.spend(), says(path));
});

test('behind a line that did not fit comes no other', { skip }, async (t) => {
  const path = join(scratch(t), 'log');
  symlinkSync(full, path);
  const log = openAnswerLog(path);
  for (const n of [1, 2]) assert.throws(() => log.append({ n }), says(path));
  await assert.rejects(log.close(), says(path));
});

test('the first failure ends the others: they are told, waited for, and it is the one that is thrown', async () => {
  const [begun, ended]: number[][] = [[], []];
  const asking = askEach([1, 2, 3, 4], 2, still.signal, async (item, signal) => {
    begun?.push(item);
    if (item === 1) throw new Error('first');
    await delay(60_000, undefined, { signal }).catch(() => ended?.push(item));
    throw new Error('second');
  });
  await assert.rejects(asking, /^Error: first$/);
  assert.deepEqual([begun, ended], [[1, 2], [2]]);
});
