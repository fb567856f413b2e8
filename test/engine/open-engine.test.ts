import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { openEngine } from '../../lib/engine/index.js';
import { schema } from '../../lib/schema.js';
import { csvOf, engineOver, framesFolder } from './frames.js';

const auth = {
  time: '2019-06-01T12:00:00Z',
  local_time: '2019-06-01T21:00:00',
  service: 'ssh',
  event: 'failed',
  source: 'aaaaaaaaaaaa',
  line: '1',
  count: '1',
};

test('every frame of the schema is there, with its columns and types, when no file is', async (t) => {
  const engine = await engineOver(t, {});
  for (const [frame, { columns }] of Object.entries(schema)) {
    const table = await engine.query(`SELECT * FROM ${frame}`);
    assert.deepEqual(
      table.columns,
      Object.entries(columns).map(([name, { type }]) => ({ name, type })),
    );
    assert.deepEqual(table.rows, []);
  }
});

test('a frame file with a header only has the same columns and types', async (t) => {
  const rows = Object.fromEntries(Object.keys(schema).map((frame) => [frame, []]));
  const engine = await engineOver(t, rows);
  for (const [frame, { columns }] of Object.entries(schema))
    assert.deepEqual(
      (await engine.query(`SELECT * FROM ${frame}`)).columns,
      Object.entries(columns).map(([name, { type }]) => ({ name, type })),
    );
});

test('site and synthetic come from datapackage.json', async (t) => {
  const engine = await engineOver(t, {}, { site: { home: 'FI' }, synthetic: false });
  assert.equal(engine.site.home, 'FI');
  assert.equal(engine.synthetic, false);
});

test('null, the empty string and the words for them stay apart', async (t) => {
  const accounts = ['', '""', 'NULL', '"NULL"', 'null', '""""""', '"\'\'"', '" "', 'NA'];
  const engine = await engineOver(t, {
    auth: accounts.map((account, index) => ({ ...auth, account, line: String(index + 1) })),
  });
  const { rows } = await engine.query('SELECT account FROM auth ORDER BY line');
  assert.deepEqual(
    rows.map((row) => row.account),
    [null, '', 'NULL', 'NULL', 'null', '""', "''", ' ', 'NA'],
  );
});

test('a guarded cell loses one quote, any other keeps its own', async (t) => {
  const pairs = [
    ["'=1+1", '=1+1'],
    ["'+1", '+1'],
    ["'-x", '-x'],
    ["'@SUM(A1)", '@SUM(A1)'],
    ["'\tx", '\tx'],
    ['"\'\rx"', '\rx'],
    ["''=1", "'=1"],
    ["'''-", "''-"],
    ["'admin", "'admin"],
    ["''", "''"],
    ["'", "'"],
    ['a=b', 'a=b'],
    ["x'=1", "x'=1"],
    ['"x\n\'=1"', "x\n'=1"],
  ] as const;
  const engine = await engineOver(t, {
    auth: pairs.map(([account], index) => ({ ...auth, account, line: String(index + 1) })),
  });
  const { rows } = await engine.query('SELECT account FROM auth ORDER BY line');
  assert.deepEqual(
    rows.map((row) => row.account),
    pairs.map(([, value]) => value),
  );
});

test('hostile text comes back as it is', async (t) => {
  const accounts = [
    '00123',
    '1e5',
    '2019-01-01',
    'true',
    '#x',
    'a\\',
    "'; DROP VIEW auth; --",
    '<b>x</b>',
    '日本語',
    '😀',
    'a\0b',
    'a\u202eb',
    'line\nbreak\n\nthree',
    'comma, "quote"',
    'x'.repeat(300_000),
  ];
  const quote = (text: string): string => `"${text.replaceAll('"', '""')}"`;
  const engine = await engineOver(t, {
    auth: accounts.map((account, index) => ({ ...auth, account: quote(account), line: String(index + 1) })),
  });
  const { rows } = await engine.query('SELECT account FROM auth ORDER BY line');
  assert.deepEqual(
    rows.map((row) => row.account),
    accounts,
  );
});

test('times, dates, numbers and truth values are normalised', async (t) => {
  const engine = await engineOver(t, { auth: [{ ...auth, account_exists: 'false', port: '65535' }] });
  const { columns, rows } = await engine.query(`SELECT time, local_time, account_exists, port, pid,
    CAST(date_trunc('month', local_time) AS date) AS month, date_trunc('month', local_time) AS start,
    sum(count) OVER () AS total, count(*) OVER () AS n, CAST(count AS double) / 4 AS quarter,
    CAST(2.5 AS decimal(9, 2)) AS price, DATE '1969-12-31' AS early, TIMESTAMP '1969-12-31 23:59:59.5' AS half
    FROM auth`);
  assert.deepEqual(rows, [
    {
      time: '2019-06-01T12:00:00',
      local_time: '2019-06-01T21:00:00',
      account_exists: false,
      port: 65535,
      pid: null,
      month: '2019-06-01',
      start: '2019-06-01T00:00:00',
      total: 1,
      n: 1,
      quarter: 0.25,
      price: 2.5,
      early: '1969-12-31',
      half: '1969-12-31T23:59:59.500000',
    },
  ]);
  assert.deepEqual(
    columns.map((column) => column.type).join(' '),
    'datetime datetime boolean integer integer date datetime integer integer number number date datetime',
  );
});

test('what a table cannot hold is an error that names the column', async (t) => {
  const engine = await engineOver(t, {});
  const cases: [string, RegExp][] = [
    ['SELECT 9007199254740993 AS big', /column "big", row 1: 9007199254740993 is too large/],
    ["SELECT CAST('nan' AS double) AS x", /column "x", row 1: NaN is not a finite number/],
    ['SELECT [1, 2] AS list', /column "list" is INTEGER\[\], which a table cannot hold/],
    ['SELECT 1 AS a, 2 AS a', /two columns are named "a"/],
    ['SELECT nothing FROM bans', /the query failed: .*"nothing" not found/s],
    ['SELEC 1', /the query failed: .*syntax error/s],
  ];
  for (const [sql, message] of cases)
    await assert.rejects(engine.query(sql), { name: 'UserError', message }, sql);
});

test('the SQL reaches no file outside the folder and cannot change that', async (t) => {
  const engine = await engineOver(t, {});
  for (const sql of [
    "SELECT * FROM read_csv('/etc/passwd')",
    "COPY (SELECT 1) TO '/tmp/banbook-engine-out.csv'",
    'INSTALL httpfs',
    'SET enable_external_access = true',
  ])
    await assert.rejects(engine.query(sql), { name: 'UserError' }, sql);
});

test('a missing folder, and a folder without frames, name the folder and the command', async (t) => {
  await assert.rejects(openEngine('no/such/folder'), {
    name: 'UserError',
    message: /^no\/such\/folder: no frames here; .*npx banbook frames/,
  });
  const folder = mkdtempSync(join(tmpdir(), 'banbook-'));
  t.after(() => rmSync(folder, { recursive: true }));
  await assert.rejects(openEngine(folder), {
    name: 'UserError',
    message: /no frames here; .*npx banbook frames/,
  });
  writeFileSync(join(folder, 'datapackage.json'), '{"name": "other"}');
  await assert.rejects(openEngine(folder), { name: 'UserError', message: /expected "banbook"/ });
});

test('a row that does not fit names file and line, and nothing is dropped', async (t) => {
  const good = csvOf('days', [{ kind: 'log', date: '2019-06-01', records: '5' }]);
  const cases: [string, RegExp][] = [
    [`${good}log,2019-06-02,1.5\n`, /days\.csv line 3: column "records": expected integer, got "1\.5"/],
    [`${good}log,2019-06-02,""\n`, /days\.csv line 3: column "records": expected integer, got ""/],
    [`${good}log,2.6.2019,1\n`, /days\.csv line 3: column "date": expected date, got "2\.6\.2019"/],
    [`${good}"a\nb",2019-06-02,1\nlog,x,1\n`, /days\.csv line 5: column "date"/],
    [`${good}"l\n\nog",2019-02-28,1\nlog,2019-02-29,1\n`, /days\.csv line 6: .* got "2019-02-29"/],
    [`${good}log,2019-06-02\n`, /days\.csv line 3: expected 3 cells, got 2/],
    [`${good}log,2019-06-02,1,1\n`, /days\.csv line 3: expected 3 cells, got more/],
    [`${good}\n${good}`, /days\.csv line 3: expected 3 cells, got 1/],
    [`${good}"log,2019-06-02,1\nlog,2019-06-03,1\n`, /days\.csv line 3: a quoted cell that does not end/],
    [`${good}"log"x,2019-06-02,1\n`, /days\.csv line 3: text after the closing quote/],
    [`${good}lo"g,2019-06-02,1\n`, /days\.csv line 3: a quote inside a cell/],
    [`${good}log,2019-06-02,1`, /days\.csv line 3: the last line has no end/],
    [good.replaceAll('\n', '\r\n'), /days\.csv line 1: a carriage return/],
    ['', /days\.csv line 1: the file is empty/],
    [
      'kind,records,date\nlog,5,2019-06-01\n',
      /line 1: expected the columns kind,date,records, got kind,records/,
    ],
  ];
  for (const [text, message] of cases)
    await assert.rejects(openEngine(framesFolder(t, { days: text })), { name: 'UserError', message }, text);
});

test('cells that lie across the pieces in which a file is read are whole', async (t) => {
  // 40,000 rows of about 30 bytes, several pieces of 256 kB, with quoted ends of lines all over.
  const days = Array.from({ length: 40_000 }, (_, index) => ({
    kind: `"k,\n""${index}"`,
    date: '2019-06-01',
    records: String(index),
  }));
  const engine = await engineOver(t, { days });
  const { rows } = await engine.query(
    `SELECT count(*) AS n, sum(records) AS total, count(*) FILTER (WHERE kind = concat('k,', chr(10), '"', CAST(records AS varchar))) AS same FROM days`,
  );
  assert.deepEqual(rows, [{ n: 40_000, total: (39_999 * 40_000) / 2, same: 40_000 }]);
});
