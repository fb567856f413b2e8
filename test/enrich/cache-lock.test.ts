import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readdirSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { lockCache } from '../../lib/enrich/cache-lock.js';
import { scratch } from '../scratch.js';

/** Number of a process that has ended. */
const ended = (): number => spawnSync(process.execPath, ['--version']).pid;

const lockOf = (pid: number, host = hostname()): string =>
  JSON.stringify({ pid, host, since: '2026-03-01T00:00:00Z' });

test('one run at a time; names and risk have a lock each, and it goes with its run', (t) => {
  const cache = scratch(t);
  const unlock = lockCache(cache, 'names');
  lockCache(cache, 'risk')();
  assert.throws(() => lockCache(cache, 'names'), {
    name: 'UserError',
    message: new RegExp(`process ${process.pid} on ${hostname()}, since 20.*names\\.lock`),
  });
  unlock();
  assert.deepEqual(readdirSync(cache), []);
  lockCache(cache, 'names')();
});

test('the lock of a run that was killed is taken over; that of another machine is not', (t) => {
  const cache = scratch(t);
  const path = join(cache, 'risk.lock');
  writeFileSync(path, lockOf(ended()));
  const unlock = lockCache(cache, 'risk');
  assert.deepEqual(readdirSync(cache), ['risk.lock']);
  unlock();
  writeFileSync(path, lockOf(ended(), 'elsewhere.example'));
  assert.throws(() => lockCache(cache, 'risk'), /process \d+ on elsewhere\.example, since 2026-03-01/);
  writeFileSync(path, '');
  assert.throws(() => lockCache(cache, 'risk'), /it has just begun.*remove .*risk\.lock/);
  assert.deepEqual(readdirSync(cache), ['risk.lock']);
});
