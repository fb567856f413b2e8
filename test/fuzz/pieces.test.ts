import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { parseEnvelope } from '../../lib/parsers/envelope.js';
import { defaultSite } from '../../lib/site.js';
import { detectKind } from '../../lib/sources/detect-kind.js';
import { mutations, randomOf } from './mutate.js';
import { readInPieces } from './read-in-pieces.js';
import { linesIn, samples } from './samples.js';

const seconds = Number(process.env.FUZZ_SECONDS ?? (process.env.CI ? 30 : 8));
const seed = Number(process.env.FUZZ_SEED ?? 20_190_601);
const kept = new URL('../artefacts/', import.meta.url).pathname;

/** Sizes that cut fixtures in many places, and one that cuts none. */
const sizes = [300, 1000, 9000];
const uncut = 64 * 1024 * 1024;

test('what is read does not depend on where the pieces are cut: all samples', async () => {
  let cuts = 0;
  for (const { file, bytes } of samples()) {
    const found = detectKind(bytes.subarray(0, 4096), file);
    if ('error' in found) continue;
    const whole = await readInPieces(bytes, found.kind, defaultSite, uncut);
    for (const size of sizes) {
      const read = await readInPieces(bytes, found.kind, defaultSite, size);
      assert.deepEqual(read.kept, whole.kept, `${file} in ${read.pieces} pieces`);
      cuts += read.pieces - 1;
    }
  }
  assert.ok(cuts > 100);
});

test(`… and mutated samples, one behind the other (seed ${seed}, ${seconds} s)`, async (t) => {
  const pools = ['classic', 'dated'].map((without) => samples().filter(({ bytes }) => !has(without, bytes)));
  const random = randomOf(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const names = Object.keys(mutations).filter((name) => !name.startsWith('compressed'));
  const end = performance.now() + 1000 * seconds;
  let rounds = 0;
  let cuts = 0;
  while (performance.now() < end) {
    rounds++;
    const all = pick(pools);
    const { file, bytes: one } = pick(all);
    // Now and then a file of more lines than those before a piece that come with it.
    const bytes = Buffer.concat(new Array<Buffer>(random() < 0.2 ? 60 : 1).fill(one));
    const steps = Array.from({ length: 1 + Math.floor(random() * 3) }, () => pick(names));
    const made = steps.reduce<Buffer>(
      (before, step) => mutations[step]?.(before, random, pick(all).bytes) ?? before,
      bytes,
    );
    const found = detectKind(made.subarray(0, 4096), file);
    if ('error' in found) continue;
    try {
      const whole = await readInPieces(made, found.kind, defaultSite, uncut);
      const read = await readInPieces(made, found.kind, defaultSite, pick(sizes));
      cuts += read.pieces - 1;
      assert.deepEqual(read.kept, whole.kept);
      assert.equal(whole.kept.lines, linesIn(made, found.kind));
      const counted = whole.kept.coverage.reduce((sum, row) => sum + row.lines, 0);
      assert.equal(counted, whole.kept.lines);
    } catch (cause) {
      mkdirSync(kept, { recursive: true });
      const path = join(kept, `pieces-${seed}-${rounds}-${file.replaceAll('/', '-')}`);
      writeFileSync(path, made);
      throw new Error(`seed ${seed}, round ${rounds}, ${steps.join(', ')}; the file is kept as ${path}`, {
        cause,
      });
    }
  }
  t.diagnostic(`${rounds} rounds, ${cuts} cuts`);
  assert.ok(cuts > 5 * rounds);
});

/**
 * Whether stamps without a year, or such with one, are among the lines. Where both are and the years jump, lines
 * before a piece have the year of the piece, and may be taken for near: no log of one server is like that.
 */
function has(what: string, bytes: Buffer): boolean {
  const kinds = bytes
    .toString('latin1')
    .split('\n')
    .map((line) => parseEnvelope(line)?.stamp.kind);
  return kinds.some((kind) => kind !== undefined && (kind === 'classic') === (what === 'classic'));
}
