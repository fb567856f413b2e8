import assert from 'node:assert/strict';
import test from 'node:test';
import type { Figure } from '../../lib/figures/figure.js';
import { escapeHtml, scriptJson } from '../../lib/figures/html.js';
import { figureBundle, textBundle } from '../../lib/figures/show.js';
import { tableHtml, tableText } from '../../lib/figures/table-html.js';

const hostile = '</script><!--<b>\u2028"\'&';
const figure: Figure = {
  name: 'Bans by month',
  alt: `Bars, ${hostile}`,
  data: [{ type: 'bar', x: [hostile], y: [1] }],
  layout: { title: { text: hostile }, height: 300 },
};

test('a figure is one bundle for Plotly viewers, browsers and readers of text', () => {
  const bundle = figureBundle(figure, 1);
  assert.deepEqual(Object.keys(bundle), ['application/vnd.plotly.v1+json', 'text/html', 'text/plain']);
  assert.deepEqual(bundle['application/vnd.plotly.v1+json'], {
    data: figure.data,
    layout: figure.layout,
    config: { responsive: true, displaylogo: false },
  });
  assert.equal(bundle['text/plain'], figure.alt);
});

test('nothing in a figure ends the script or opens an element', () => {
  const html = String(figureBundle(figure, 1)['text/html']);
  assert.equal(html.match(/<\/script>/g)?.length, 1);
  assert.ok(!html.includes('<b>') && !html.includes('<!--') && !/[\u2028\u2029]/.test(html));
  assert.match(html, /role="img" aria-label="Bars, &lt;\/script&gt;&lt;!--&lt;b&gt;.*&quot;&#39;&amp;"/);
  assert.match(html, /min-height:300px/);
});

test('a figure carries neither plotly.js nor an outside address', () => {
  const html = String(figureBundle(figure, 1)['text/html']);
  assert.ok(html.length < 3000, `${html.length} characters`);
  assert.doesNotMatch(html, /https?:|\/\/[a-z]/);
});

test('the id follows from figure and place alone', () => {
  const idOf = (some: Figure, index: number) =>
    /id="(banbook-bans-by-month-[0-9a-f]{10}-\d+)"/.exec(String(figureBundle(some, index)['text/html']))?.[1];
  assert.ok(idOf(figure, 1));
  assert.equal(idOf(figure, 1), idOf({ ...figure }, 1));
  assert.notEqual(idOf(figure, 1), idOf(figure, 2));
  assert.notEqual(idOf(figure, 1), idOf({ ...figure, layout: {} }, 1));
});

test('JSON in a script means what it meant', () => {
  const value = { text: `${hostile}\u2029` };
  assert.doesNotMatch(scriptJson(value), /[<\u2028\u2029]/);
  assert.deepEqual(JSON.parse(scriptJson(value)), value);
});

test('a table escapes names and cells, shows missing as missing, and says how many rows it left out', () => {
  const rows = [
    { 'a<b': '<img src=x onerror=alert(1)>', n: 0 },
    { 'a<b': null, n: 5 },
    { 'a<b': 'x', n: 7 },
  ];
  const html = tableHtml(rows, { caption: 'A & B', max: 2 });
  assert.match(html, /<th scope="col">a&lt;b<\/th>/);
  assert.match(html, /<td>&lt;img src=x onerror=alert\(1\)&gt;<\/td><td style="text-align:right">0<\/td>/);
  assert.match(html, /<td class="missing">–<\/td>/);
  assert.match(html, /<caption>A &amp; B · 2 of 3 rows<\/caption>/);
  assert.equal(html.match(/<tr>/g)?.length, 3);
});

test('a table is the same from rows, from columns, and from the shape of a danfojs frame', () => {
  const columns = ['month', 'bans'];
  const values = [['2019-01', 3]];
  assert.equal(tableHtml([{ month: '2019-01', bans: 3 }]), tableHtml({ columns, rows: values }));
  assert.equal(tableHtml({ columns, rows: values }), tableHtml({ columns, values }));
  assert.equal(tableText({ columns, values }), 'month    bans\n2019-01  3\n1 row');
});

test('what cannot be seen in a name is shown', () => {
  assert.equal(escapeHtml('a\u001b[31m\u0000\r\u202eb'), 'a#033[31m#000#015#20056b');
  assert.deepEqual(textBundle('<a>\u0007\n'), {
    'text/html': '<pre tabindex="0">&lt;a&gt;#007\n</pre>',
    'text/plain': '<a>#007\n',
  });
  assert.match(tableText([{ name: 'x\u001b]0;title\u0007' }]), /x#033\]0;title#007/);
});

test('a column of numbers stands right, its missing cells too; fractions are cut for reading', () => {
  const html = tableHtml([{ share: 0.05472197705207414 }, { share: null }]);
  assert.match(html, /<th scope="col" style="text-align:right">share<\/th>/);
  assert.match(html, /<td style="text-align:right">0\.054722<\/td>/);
  assert.match(html, /<td class="missing" style="text-align:right">–<\/td>/);
});

test('the rows behind a chart stand under it, folded, and can be saved as CSV that no spreadsheet runs', () => {
  const columns = [
    { name: 'account', type: 'string' as const },
    { name: 'n', type: 'integer' as const },
  ];
  const rows = [
    { account: '=1+1', n: 3 },
    { account: '<b>', n: null },
  ];
  const html = String(figureBundle({ ...figure, table: { columns, rows }, locale: 'ja' }, 1)['text/html']);
  assert.match(html, /<details class="banbook-data"><summary>データ表<\/summary>/);
  assert.match(html, /<td>&lt;b&gt;<\/td><td class="missing"/);
  const [, file, uri = ''] = /<a download="([^"]+)" href="([^"]+)">/.exec(html) ?? [];
  assert.equal(file, 'Bans-by-month.csv');
  assert.ok(uri.startsWith('data:text/csv;charset=utf-8,'));
  assert.equal(decodeURIComponent(uri.slice(uri.indexOf(',') + 1)), "account,n\n'=1+1,3\n<b>,\n");
});
