import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

interface Cell {
  readonly cell_type: 'code' | 'markdown';
  readonly source: readonly string[];
  readonly outputs?: readonly { readonly output_type: string; readonly data?: Record<string, unknown> }[];
}

const folder = new URL('../../notebooks/', import.meta.url).pathname;
const names = readdirSync(folder)
  .filter((name) => name.endsWith('.ipynb'))
  .sort();
const cellsOf = (path: string): Cell[] => JSON.parse(readFileSync(path, 'utf8')).cells;
/** Notebooks with a statistic, and the article with all of them. */
const charts: Record<string, number> = {
  '05-countries.ipynb': 2,
  '06-accounts.ipynb': 3,
  '09-reverse-names-by-month.ipynb': 2,
  '10-risk-scores.ipynb': 2,
  '14-does-banning-work.ipynb': 4,
  '90-article.ipynb': 15,
};

test('the notebooks are there, numbered without a gap, the article last', () => {
  assert.ok(names.length > 13);
  assert.deepEqual(
    names.slice(0, -1).map((name) => Number(name.slice(0, 2))),
    names.slice(0, -1).map((_, number) => number),
  );
  assert.equal(names.at(-1), '90-article.ipynb');
});

for (const name of names) {
  const cells = cellsOf(join(folder, name));
  const code = cells.filter((cell) => cell.cell_type === 'code');

  test(`${name}: short cells, nothing defined`, () => {
    assert.ok(cells.length <= 50, `${cells.length} cells`);
    for (const { source } of code) {
      const text = source.join('');
      assert.ok(source.length <= 12, `a cell of ${source.length} lines:\n${text}`);
      assert.doesNotMatch(
        text,
        /^\s*(?:async )?(?:function|class) |=> \{|^const \w+ = \([^)]*\) =>/m,
        'functions belong in lib',
      );
    }
  });

  test(`${name}: links lead to notebooks`, () => {
    const text = cells.map((cell) => cell.source.join('')).join('\n');
    for (const [, target = ''] of text.matchAll(/\]\(([^)]+\.ipynb)\)/g))
      assert.ok(names.includes(target), `${target} is not there`);
    // The reader goes through them in order, and back.
    if (name === '90-article.ipynb') return;
    const place = names.indexOf(name);
    for (const neighbour of [names[place - 1], names[place + 1]])
      if (neighbour !== undefined && place > 0)
        assert.ok(text.includes(`](${neighbour})`), `no link to ${neighbour}`);
  });
}

const executed = process.env.BANBOOK_PAGES;
for (const name of names)
  test(`${name}: executed on the sample`, {
    skip: executed ? false : 'BANBOOK_PAGES does not name a folder with executed notebooks; make test does',
  }, () => {
    const path = join(String(executed), 'notebooks', name);
    assert.ok(existsSync(path), `${path} is missing`);
    const outputs = cellsOf(path).flatMap((cell) => cell.outputs ?? []);
    assert.ok(outputs.length > 3);
    assert.ok(outputs.every((output) => output.output_type !== 'error'));
    const drawn = outputs.filter((output) => output.data?.['application/vnd.plotly.v1+json'] !== undefined);
    assert.equal(drawn.length, charts[name] ?? (/^(?:0[2-9]|1[01])/.test(name) ? 1 : 0));
    for (const { data } of drawn)
      assert.deepEqual(Object.keys(data ?? {}).sort(), [
        'application/vnd.plotly.v1+json',
        'text/html',
        'text/plain',
      ]);
    assert.ok(readFileSync(path, 'utf8').length < 400_000, 'plotly.js is not in a notebook');
  });
