import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { UserError } from '../../lib/errors.js';
import { joined, readNotebook } from '../../lib/jupyter/read-notebook.js';
import { runChanged } from '../../lib/jupyter/run-changed.js';
import { runNotebooks } from '../../lib/jupyter/run-notebooks.js';
import { tempFolder, writeNotebook } from './temp-notebook.js';

const failing = [
  '# Failures',
  'const x: number = 1;;',
  'interface Wide {\n  a: number;\n  b: number;\n}\nconst wide: Wide = { a: x, b: 2 };\nthrow new RangeError("boom " + wide.b)',
  'const text: string =\n  3',
  'async function alone(): Promise<void> {\n  throw new TypeError("nobody waits");\n}\nvoid alone();;',
  'setTimeout(() => { throw new Error("late") }, 20);;',
  'await new Promise((done) => setTimeout(done, 100));;',
  'throw "a string"',
  'console.log("still", { x })',
];

test('every failing cell is told with notebook, cell, line, name and message', async (t) => {
  const folder = tempFolder(t);
  const bad = writeNotebook(join(folder, 'bad.ipynb'), failing);
  const good = writeNotebook(join(folder, 'good.ipynb'), ['# Good', 'const n = 1 + 1\nn']);
  const outDir = join(folder, 'out');
  const error = await runNotebooks([bad, good], { outDir }).then(
    () => assert.fail('the failures were not told'),
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof UserError);
  assert.deepEqual(error.message.split('\n'), [
    'notebooks failed:',
    `${bad}: cell 3 (In [2]), line 6: RangeError: boom 2`,
    `${bad}: cell 4 (In [3]), line 1: CompileError: Type 'number' is not assignable to type 'string'.`,
    `${bad}: cell 5 (In [4]), line 2: TypeError: nobody waits`,
    `${bad}: cell 7 (In [6]), thrown in In [5], line 1: Error: late`,
    `${bad}: cell 8 (In [7]): Thrown: a string`,
  ]);
  const { cells } = readNotebook(join(outDir, 'bad.ipynb'));
  assert.deepEqual(
    cells.slice(1).map((cell) => cell.execution_count),
    [1, 2, 3, 4, 5, 6, 7, 8],
  );
  assert.equal(joined(cells.at(-1)?.outputs?.[0]?.text), 'still { x: 1 }\n', 'cells behind a failure run');
  assert.equal(joined(readNotebook(join(outDir, 'good.ipynb')).cells[1]?.outputs?.[0]?.text), '2\n');
});

test('a notebook runs again only when something has changed', async (t) => {
  const folder = tempFolder(t);
  const path = writeNotebook(join(folder, 'a.ipynb'), [
    'console.log(process.env.BANBOOK_FRAMES, process.cwd(), Date.now())',
  ]);
  const options = { frames: join(folder, 'frames'), outDir: join(folder, 'out'), force: false };
  const result = () => readFileSync(join(folder, 'out', 'a.ipynb'), 'utf8');
  await runChanged([path], options);
  const first = result();
  assert.ok(first.includes(join(folder, 'frames')), 'the frames are told to the kernel');
  await runChanged([path], options);
  assert.equal(result(), first);
  writeNotebook(path, ['throw new Error("now it fails")']);
  await assert.rejects(
    runChanged([path], options),
    /a\.ipynb: cell 1 \(In \[1\]\), line 1: Error: now it fails/,
  );
  await assert.rejects(runChanged([path], options), /now it fails/, 'a failure is not remembered as a run');
});

test('what cannot be run is told without a stack', async (t) => {
  const folder = tempFolder(t);
  const outDir = join(folder, 'out');
  const options = { frames: join(folder, 'none'), outDir, force: false };
  await assert.rejects(runChanged([join(folder, 'x.ipynb')], options), /no such notebook: .*x\.ipynb/);
  const path = writeNotebook(join(folder, 'a.ipynb'), ['1']);
  await assert.rejects(runChanged([path], options), /no frames in .*none: .*run make frames/);
  const dead = writeNotebook(join(folder, 'dead.ipynb'), ['process.exit(3)']);
  await assert.rejects(
    runNotebooks([dead], { outDir }),
    /dead\.ipynb: .*nbconvert ended with 1[\s\S]*Kernel died/,
  );
  assert.ok(!existsSync(join(outDir, 'dead.ipynb')));
});
