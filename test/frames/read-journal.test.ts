import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { readFrame } from '../../lib/frames/csv.js';
import { makeFrames } from '../../lib/make-frames.js';
import { defaultSite } from '../../lib/site.js';
import { binaryField, journalEntry } from '../fuzz/samples.js';
import { scratch } from '../scratch.js';

const failed = 'Failed password for root from 192.0.2.1 port 5 ssh2';

test('binary fields of a journal: what is in them is neither an end nor an entry', async (t) => {
  const text = (message: string) => Buffer.from(`MESSAGE=${message}\n`);
  const entries = [
    binaryField('MESSAGE', 'x\x07'.repeat(5)),
    text(failed),
    binaryField('MESSAGE', '\x07'.padEnd(256, 'x')),
    binaryField('MESSAGE', `\n\n${journalEntry(9, text(failed))}`),
    binaryField('OTHER', `${'\0\n'.repeat(300)}\n\n`),
    text(failed),
  ].map((message, n) => journalEntry(n, message));
  const folder = scratch(t, {
    'in/system.export': Buffer.concat([
      ...entries,
      Buffer.from('\nno entry\n\n'),
      journalEntry(6, text(failed)),
    ]),
  });
  const out = join(folder, 'frames');
  await makeFrames([join(folder, 'in')], out, defaultSite, { year: null, threads: 1, onProgress: () => {} });
  const lines = entries.map((entry) => entry.toString('latin1').split('\n').length - 1);
  const before = (n: number) => lines.slice(0, n).reduce((sum, count) => sum + count, 0);
  assert.deepEqual(
    (await readFrame(out, 'auth')).map(({ line, time }) => [line, time]),
    [
      [before(1) + 1, '2018-11-30T15:00:01Z'],
      [before(5) + 1, '2018-11-30T15:00:05Z'],
      [before(6) + 4, '2018-11-30T15:00:06Z'],
    ],
  );
  const coverage = await readFrame(out, 'coverage');
  assert.deepEqual(
    coverage.filter((row) => row.class === 'malformed' || row.template === 'blank').map((row) => row.lines),
    [2, 1],
  );
});
