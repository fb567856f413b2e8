import assert from 'node:assert/strict';
import { copyFileSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import test from 'node:test';
import { exportPages } from '../../lib/jupyter/export-pages.js';
import { runNotebooks } from '../../lib/jupyter/run-notebooks.js';
import { tempFolder, writeNotebook } from '../jupyter/temp-notebook.js';
import { checkPages } from './check-page.js';
import { noBrowser } from './no-browser.js';

const cells = [
  '# Knocks </script> & *more*\n\nA sentence that is long enough to need more than one line at four hundred pixels, with [a link](02-x.ipynb) and <img src=x onerror=alert(0)>.\n\n| a | b |\n|---|---|\n| 1 | 2 |',
  'import { show, showLines, showSql, showTable } from "banbook";\nconst months = ["2018-12", "2019-01", "2019-02", "2019-03"];',
  'const table = { columns: [{ name: "month", type: "string" as const }], rows: months.map((month) => ({ month: month })) };',
  'show({ name: "bans", alt: "Bars: bans by month", data: [{ type: "bar", x: months, y: [1, 4, 2, 8] }], layout: { title: { text: "A </script> title" } }, table: table })',
  '## Accounts',
  'show({ name: "accounts", alt: "Bars: accounts", data: [{ type: "bar", orientation: "h", y: ["<img src=x onerror=alert(1)>", "root", "admin"], x: [3, 20, 8] }], layout: { yaxis: { automargin: true } } })',
  '## Accounts',
  'show({ name: "share", alt: "Line: share by month", data: [{ type: "scatter", mode: "lines+markers", x: months, y: [0.4, 0.41, 0.39, 0.43] }], layout: { height: 300 } })',
  'showTable([{ account: "<img src=x onerror=alert(2)>", tries: 3 }, { account: null, tries: 1 }], { caption: "Accounts" })',
  'showSql("SELECT account, count(*)\\nFROM auth\\nWHERE tries < 3")',
  'showLines(["Dec  1 00:00:01 host sshd[1]: Failed password for root from 192.0.2.1 port 22 ssh2 ".repeat(2)])',
];

const charts = (path: string): number =>
  readFileSync(path, 'utf8').match(/class="banbook-chart"/g)?.length ?? 0;

test('an exported notebook draws its charts offline, on every screen and on paper', {
  skip: noBrowser,
}, async (t) => {
  const folder = tempFolder(t);
  const path = writeNotebook(join(folder, 'knocks.ipynb'), cells);
  const [executed, out] = [join(folder, 'out', 'knocks.ipynb'), join(folder, 'out', 'knocks.html')];
  await runNotebooks([{ path, out: executed, env: {} }]);
  // The page of another notebook stands elsewhere, as the article's does.
  const other = join(folder, 'out', '02-x.ipynb');
  copyFileSync(executed, other);
  const pages = [
    { executed, out, locale: 'en' as const },
    { executed: other, out: join(folder, 'x.html'), locale: 'en' as const },
  ];
  await exportPages(pages, true);
  const html = readFileSync(out, 'utf8');
  assert.match(html, /<title>Knocks &lt;\/script&gt; &amp; more<\/title>/);
  assert.match(html, /<strong class="synthetic">Synthetic data/);
  assert.match(html, /<a href="\.\.\/x\.html">a link<\/a> and &lt;img src=x/);
  assert.match(html, /<h2 id="accounts">[\s\S]*<h2 id="accounts-2">/);
  assert.equal(charts(out), 3);
  await checkPages([{ path: out, charts: 3 }]);
});

const folder = process.env.BANBOOK_PAGES;
test('the article in both languages and the page of every notebook draw their charts offline, on every screen and on paper', {
  skip: noBrowser || (folder ? false : 'BANBOOK_PAGES does not name a folder of pages; make test does'),
}, async () => {
  const pages = readdirSync(String(folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.html'))
    .map((name) => ({ path: join(String(folder), name), charts: charts(join(String(folder), name)) }));
  const named = (name: string) => pages.find(({ path }) => basename(path) === name);
  for (const name of ['article.html', 'article.ja.html']) assert.ok((named(name)?.charts ?? 0) > 0, name);
  await checkPages(pages);
});
