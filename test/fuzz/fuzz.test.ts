import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import { coverageOf } from '../../lib/coverage.js';
import { readFrame } from '../../lib/frames/csv.js';
import { readWhole } from '../../lib/frames/read-whole.js';
import { makeFrames } from '../../lib/make-frames.js';
import { defaultSite } from '../../lib/site.js';
import { scratch } from '../scratch.js';
import { mutations, randomOf } from './mutate.js';
import { linesIn, samples } from './samples.js';

/** FUZZ_SECONDS and FUZZ_SEED make it longer, and another one. */
const seconds = Number(process.env.FUZZ_SECONDS ?? (process.env.CI ? 60 : 15));
const seed = Number(process.env.FUZZ_SEED ?? 20_190_601);

const root = new URL('../', import.meta.url).pathname;
const fixtures = samples();

const quiet = { year: 2018, threads: 1, onProgress: () => {} };

/** Lines of a file, after decompression. */
async function linesOf(path: string, kind: string): Promise<number> {
  const pieces: Buffer[] = [];
  for await (const piece of readWhole(path).content) pieces.push(piece);
  return linesIn(Buffer.concat(pieces), kind);
}

/** Imports files and checks that nothing is lost, and that every row is of its frame and of a line that there is. */
async function check(input: string, out: string): Promise<void> {
  await makeFrames([input], out, defaultSite, quiet);
  await coverageOf(out);
  const sources = await readFrame(out, 'sources');
  const byId = new Map(sources.map((source) => [source.id, source]));
  for (const source of sources) {
    if (source.kind === 'unreadable' || source.note !== null) continue;
    const wanted = await linesOf(resolve(out, source.path), source.kind);
    assert.equal(source.lines, wanted, `${source.path}: lines read, and lines that there are`);
  }
  for (const frame of ['auth', 'bans', 'rejects', 'reports'] as const)
    for (const row of await readFrame(out, frame)) {
      const lines = byId.get(row.source)?.lines ?? -1;
      assert.ok(row.line >= 1 && row.line <= lines, `${frame}: line ${row.line} of ${lines}`);
      assert.ok(Number.isSafeInteger(row.count) && row.count >= 0, `${frame}: count ${row.count}`);
    }
}

test(`mutated input loses nothing and breaks nothing (seed ${seed}, ${seconds} s)`, async (t) => {
  assert.ok(fixtures.length > 30);
  const random = randomOf(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const names = Object.keys(mutations);
  const end = performance.now() + 1000 * seconds;
  let rounds = 0;
  while (performance.now() < end) {
    rounds++;
    const folder = scratch(t, { 'in/x': '' });
    const input = join(folder, 'in');
    const files = Array.from({ length: 8 }, (_, i) => {
      const { file, bytes } = pick(fixtures);
      const steps = [pick(names), ...(random() < 0.4 ? [pick(names)] : [])];
      const made = steps.reduce<Buffer>(
        (before, step) => mutations[step]?.(before, random, pick(fixtures).bytes) ?? before,
        bytes,
      );
      const name = `${i}-${file.replaceAll('/', '-')}`;
      writeFileSync(join(input, name), made);
      return { name, steps, made };
    });
    try {
      await check(input, join(folder, 'frames'));
    } catch (error) {
      const kept = join(root, 'artefacts', `fuzz-${seed}-${rounds}`);
      mkdirSync(kept, { recursive: true });
      for (const { name, made } of files) writeFileSync(join(kept, name), made);
      const story = files.map(({ name, steps }) => `${name}: ${steps.join(', ')}`).join('\n');
      throw new Error(`seed ${seed}, round ${rounds}; the files are kept in ${kept}\n${story}`, {
        cause: error,
      });
    }
  }
  t.diagnostic(`${rounds} rounds, ${Math.round(process.memoryUsage().rss / 1e6)} MB`);
  // Eight small files at a time: more than this would be a leak.
  assert.ok(process.memoryUsage().rss < 1.5e9, `memory ${process.memoryUsage().rss}`);
});

test('lines of 10 MB cost no more memory than others', async (t) => {
  const long = Buffer.alloc(10_000_000, 'Failed password for root from ');
  const line = 'Dec  1 00:00:00 host1 sshd[7]: Failed password for root from 192.0.2.1 port 5 ssh2\n';
  const folder = scratch(t, {
    'in/log': Buffer.concat([Buffer.from(line), long, Buffer.from(`\n${line}`), long]),
    'in/long.mbox': Buffer.concat([
      Buffer.from('From root@host1 Sat Dec  1 00:03:11 2018\nSubject: [Fail2Ban] sshd: banned 192.0.2.1\n\n'),
      long,
      Buffer.from('\n\nFrom root@host1 Sat Dec  1 00:03:12 2018\nSubject: lunch\n\nyes\n'),
    ]),
  });
  await check(join(folder, 'in'), join(folder, 'frames'));
  assert.equal((await readFrame(join(folder, 'frames'), 'auth')).length, 2);
});
