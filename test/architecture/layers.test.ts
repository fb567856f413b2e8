import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { test } from 'node:test';

const lib = new URL('../../lib/', import.meta.url).pathname;

/** The way through the house: a stage imports only from its left. */
const stages = ['sources', 'parsers', 'frames', 'enrich', 'engine', 'stats', 'simulate', 'figures'];
/** Ground that every stage may stand on. */
const ground = [
  'ban-settings',
  'progress',
  'schema',
  'errors',
  'site',
  'zone',
  'printable',
  'time-queue',
  'version',
];
/** Beside the way: what they may import from, beside the ground. */
const others: Record<string, readonly string[]> = {
  forge: ['enrich'],
  jupyter: ['figures'],
  'write-findings': ['frames', 'engine', 'stats'],
  'refresh-frames': [...stages, 'write-findings'],
  'look-up-risk': [...stages, 'refresh-frames'],
  'country-cells': ['frames', 'enrich'],
  'risk-cells': ['frames', 'enrich', 'look-up-risk'],
  'look-up-names': [...stages, 'refresh-frames'],
  commands: [
    ...stages,
    'article',
    'refresh-frames',
    'look-up-risk',
    'look-up-names',
    'forge',
    'jupyter',
    'explain',
    'coverage',
    'audit',
    'compare',
    'make-frames',
  ],
  'make-frames': [...stages, 'write-findings'],
  explain: stages,
  coverage: ['frames', 'explain'],
  audit: ['sources', 'frames', 'engine', 'stats', 'explain'],
  compare: ['frames', 'stats'],
  prose: [],
  article: ['stats', 'figures', 'compare'],
  notebook: [...stages, 'explain', 'prose', 'compare'],
  index: [...stages, 'country-cells', 'risk-cells', 'make-frames', 'compare', 'notebook', 'article'],
  cli: ['commands'],
};

const files = readdirSync(lib, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
const placeOf = (file: string): string => file.split('/')[0]?.replace(/\.ts$/, '') ?? '';

function allowed(place: string): readonly string[] {
  const stage = stages.indexOf(place);
  const mine = stage >= 0 ? stages.slice(0, stage) : (others[place] ?? []);
  return [...mine, ...ground, place];
}

for (const file of files)
  test(`lib/${file} imports only from its left`, () => {
    const place = placeOf(file);
    assert.ok(
      [...stages, ...ground, ...Object.keys(others)].includes(place),
      `lib/${place} has no place in the house: enter it in this test, with its neighbours`,
    );
    const imports = readFileSync(join(lib, file), 'utf8').matchAll(/(?:from|import\() ?'(\.[^']+)'/g);
    for (const [, path = ''] of imports) {
      const target = placeOf(relative(lib, join(lib, dirname(file), path)).replace(/\.js$/, '.ts'));
      assert.ok(allowed(place).includes(target), `lib/${file} imports ${path}, which is not to its left`);
    }
  });

test('only show.ts knows the notebook kernel', () => {
  const knowing = files.filter((file) => /lastWriteDisplayData/.test(readFileSync(join(lib, file), 'utf8')));
  assert.deepEqual(knowing, ['figures/show.ts']);
});
