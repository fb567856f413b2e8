import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { articleCommand } from '../../lib/commands/article.js';
import { tempFolder, writeNotebook } from '../jupyter/temp-notebook.js';
import { checkPage } from './check-page.js';
import { noBrowser } from './chromium.js';

const cells = [
  '# Knocks </script> & *more*\n\nA sentence that is long enough to need more than one line at four hundred pixels.',
  'import { show, showLines, showSql, showTable } from "banbook";\nconst months = ["2018-12", "2019-01", "2019-02", "2019-03"];',
  'show({ name: "bans", alt: "Bars: bans by month", data: [{ type: "bar", x: months, y: [1, 4, 2, 8] }], layout: { title: { text: "A </script> title" } } })',
  '## Accounts',
  'show({ name: "accounts", alt: "Bars: accounts", data: [{ type: "bar", orientation: "h", y: ["<img src=x onerror=alert(1)>", "root", "admin"], x: [3, 20, 8] }], layout: { yaxis: { automargin: true } } })',
  'show({ name: "share", alt: "Line: share by month", data: [{ type: "scatter", mode: "lines+markers", x: months, y: [0.4, 0.41, 0.39, 0.43] }], layout: { height: 300 } })',
  'showTable([{ account: "<img src=x onerror=alert(2)>", tries: 3 }, { account: null, tries: 1 }], { caption: "Accounts" })',
  'showSql("SELECT account, count(*)\\nFROM auth\\nWHERE tries < 3")',
  'showLines(["Dec  1 00:00:01 host sshd[1]: Failed password for root from 192.0.2.1 port 22 ssh2 ".repeat(2)])',
];

const charts = (html: string): number => html.match(/class="banbook-chart"/g)?.length ?? 0;

test('an exported notebook draws its charts offline, narrow and wide', { skip: noBrowser }, async (t) => {
  const folder = tempFolder(t);
  const notebook = writeNotebook(join(folder, 'knocks.ipynb'), cells);
  const out = join(folder, 'knocks.html');
  const args = ['--frames', join(folder, 'frames'), '--notebook', notebook, '--out', out];
  assert.equal(await articleCommand.run(args), 0);
  const html = readFileSync(out, 'utf8');
  assert.match(html, /<title>Knocks &lt;\/script&gt; &amp; more<\/title>/);
  assert.equal(html.split('.call(window);').length, 2, 'plotly.js is in it once');
  assert.equal(charts(html), 3);
  await checkPage(out, { charts: 3 });
});

const article = process.env.BANBOOK_ARTICLE;
test('the article draws its charts offline, narrow and wide', {
  skip: noBrowser || (article ? false : 'BANBOOK_ARTICLE does not name an article'),
}, async () => {
  const path = String(article);
  const expected = charts(readFileSync(path, 'utf8'));
  assert.ok(expected > 0, `${path} has no chart`);
  await checkPage(path, { charts: expected });
});
