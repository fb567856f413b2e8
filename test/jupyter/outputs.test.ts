import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import test from 'node:test';
import { notebookText } from '../../lib/jupyter/notebook-text.js';
import { allNotebooks, articleNotebook } from '../../lib/jupyter/paths.js';
import { readNotebook } from '../../lib/jupyter/read-notebook.js';
import { chartsOf, stillsOf, withStills } from '../../lib/jupyter/stills.js';

const notebooks = [...allNotebooks(), articleNotebook];
const folder = process.env.BANBOOK_PAGES;
const notRun = folder ? false : 'BANBOOK_PAGES does not name a folder of executed notebooks; make test does';

for (const path of notebooks) {
  const name = basename(path);
  test(`the outputs in ${name} are those of the sample; else run make outputs`, { skip: notRun }, () => {
    const executed = readFileSync(join(String(folder), 'notebooks', name), 'utf8');
    const kept = notebookText(withStills(readNotebook(path), () => null));
    // Not assert.equal, whose message would be the difference of two long files.
    const lines = kept.split('\n');
    const at = executed.split('\n').findIndex((line, index) => line !== lines[index]);
    assert.ok(kept === executed, `${path}:${at + 1} differs from a run on the sample`);
  });

  test(`each chart in ${name} has a still picture, and no machine is in it`, () => {
    const notebook = readNotebook(path);
    const stills = stillsOf(notebook);
    for (const { id } of chartsOf(notebook))
      assert.ok(stills.has(id), `${id} has no picture; run make outputs`);
    assert.doesNotMatch(readFileSync(path, 'utf8'), /file:\/\/|\/home\/|\/tmp\/|node_modules|plotly\.js v/);
  });
}

test('the notebooks with their outputs are small enough for a repository', () => {
  const bytes = notebooks.reduce((sum, path) => sum + readFileSync(path).length, 0);
  assert.ok(bytes < 3_000_000, `${bytes} bytes`);
});
