import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { readFrame } from '../../lib/frames/csv.js';
import { makeFrames } from '../../lib/make-frames.js';
import { defaultSite } from '../../lib/site.js';
import { scratch } from '../scratch.js';
import { writeMaillog } from './write-maillog.js';
import { writeSshdLog } from './write-sshd-log.js';

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Failures of the auth frame by month, account and address, a line each as the awk programs print them. */
async function ofFrames(path: string, folder: string): Promise<string[]> {
  const out = join(folder, 'frames');
  await makeFrames([path], out, defaultSite, { year: 2018, threads: 1, onProgress: () => {} });
  const counts = new Map<string, number>();
  for (const { event, local_time, account, address, count } of await readFrame(out, 'auth')) {
    const key = [months[Number(local_time.slice(5, 7)) - 1], account, address].join('\x1c');
    if (event === 'failed') counts.set(key, (counts.get(key) ?? 0) + count);
  }
  return [...counts].map(([key, count]) => `${count} ${key}`).sort();
}

for (const [program, write] of [
  ['count.awk', writeSshdLog],
  ['count-maillog.awk', writeMaillog],
] as const)
  test(`${program} counts what the frames have`, async (t) => {
    const folder = scratch(t, { x: '' });
    const path = join(folder, 'log');
    const { failures } = await write(path, 20_000);
    const file = fileURLToPath(new URL(program, import.meta.url));
    const awk = spawnSync('awk', ['-v', 'list=1', '-f', file, path], {
      encoding: 'utf8',
      env: { LC_ALL: 'C', PATH: process.env.PATH },
    });
    const lines = awk.stdout.trim().split('\n');
    assert.equal(lines.pop(), String(failures));
    assert.deepEqual(lines.sort(), await ofFrames(path, folder));
  });
