import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
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
  const task = (path: string) => ({ path, out: join(outDir, basename(path)), env: {} });
  const error = await runNotebooks([task(bad), task(good)]).then(
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
  const options = { frames: join(folder, 'frames'), force: false };
  // The kernel runs in the notebook's folder: a path from here has to reach it all the same.
  const wanted = { path: relative(process.cwd(), path), executed: join(folder, 'out', 'a.ipynb') };
  const result = () => readFileSync(join(folder, 'out', 'a.ipynb'), 'utf8');
  await runChanged([wanted], options);
  const first = result();
  assert.ok(first.includes(join(folder, 'frames')), 'the frames are told to the kernel');
  await runChanged([wanted], options);
  assert.equal(result(), first);
  await runChanged([{ ...wanted, locale: 'ja' }], options);
  assert.notEqual(result(), first, 'another language is another run');
  writeNotebook(path, ['throw new Error("now it fails")']);
  await assert.rejects(
    runChanged([wanted], options),
    /a\.ipynb: cell 1 \(In \[1\]\), line 1: Error: now it fails/,
  );
  await assert.rejects(runChanged([wanted], options), /now it fails/, 'a failure is not remembered as a run');
});

test('what cannot be run is told without a stack', async (t) => {
  const folder = tempFolder(t);
  const executed = (name: string) => join(folder, 'out', name);
  const options = { frames: join(folder, 'none'), force: false };
  const missing = { path: join(folder, 'x.ipynb'), executed: executed('x.ipynb') };
  await assert.rejects(runChanged([missing], options), /no such notebook: .*x\.ipynb/);
  const path = writeNotebook(join(folder, 'a.ipynb'), ['1']);
  await assert.rejects(
    runChanged([{ path, executed: executed('a.ipynb') }], options),
    /no frames in .*none: .*run make frames/,
  );
  const dead = writeNotebook(join(folder, 'dead.ipynb'), ['process.exit(3)']);
  const tasks = [dead, path].map((some) => ({ path: some, out: executed(basename(some)), env: {} }));
  await assert.rejects(runNotebooks(tasks, { concurrency: 1 }), /dead\.ipynb: the kernel ended with 3$/);
  assert.ok(!existsSync(executed('dead.ipynb')));
  assert.ok(existsSync(executed('a.ipynb')), 'the next notebook has a kernel of its own');
});

test('nothing of a notebook is left to the next one in the same kernel', async (t) => {
  const folder = tempFolder(t);
  const chart = 'show({ name: "c", alt: "Chart", data: [{ type: "bar", x: ["a"], y: [1] }], layout: {} })';
  const leave = ['import { show } from "banbook";', 'globalThis["left"] = 1;;', 'const kept = 2;;', chart];
  const look = [
    'import { show } from "banbook";',
    'console.log(typeof globalThis["left"], process.env.BANBOOK_LOCALE)',
    'const kept: string = "mine"\nkept',
    chart,
  ];
  const first = writeNotebook(join(folder, 'a.ipynb'), leave);
  const second = writeNotebook(join(folder, 'b.ipynb'), look);
  const run = async (paths: string[], out: string): Promise<string> => {
    const tasks = paths.map((path) => ({
      path,
      out: join(out, basename(path)),
      env: { BANBOOK_LOCALE: 'ja' },
    }));
    await runNotebooks(tasks, { concurrency: 1 });
    return readFileSync(join(out, 'b.ipynb'), 'utf8');
  };
  const behind = await run([first, second], join(folder, 'warm'));
  assert.equal(behind, await run([second], join(folder, 'alone')));
  assert.match(behind, /undefined ja/);
});
