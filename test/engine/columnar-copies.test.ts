import assert from 'node:assert/strict';
import { chmodSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { openEngine, type Table } from '../../lib/engine/index.js';
import { writeFrame } from '../../lib/frames/csv.js';
import { writeDatapackage } from '../../lib/frames/datapackage.js';
import { replaceFolder } from '../../lib/frames/replace-folder.js';
import type { Row } from '../../lib/schema.js';
import { defaultSite } from '../../lib/site.js';
import { scratch } from '../scratch.js';

const texts = [
  'root',
  '',
  null,
  'NULL',
  '=1+1',
  "'=1",
  '"quoted", with a comma',
  '日本語',
  '007',
  '<b>x</b>',
];

/** A row of auth of which each column has values of its type, and nulls. */
const row = (i: number): Row<'auth'> => ({
  time: `2019-06-${String(1 + (i % 30)).padStart(2, '0')}T12:00:00Z`,
  local_time: `2019-06-${String(1 + (i % 30)).padStart(2, '0')}T21:00:00`,
  time_flag: null,
  host: 'server.example',
  service: 'ssh',
  event: 'failed',
  account: texts[i % texts.length] ?? null,
  account_exists: i % 3 === 0 ? null : i % 2 === 0,
  address: `192.0.2.${i % 256}`,
  name: null,
  port: i % 7 === 0 ? null : i,
  method: 'password',
  seconds: null,
  pid: i,
  joined_line: null,
  count: 1,
  source: 'aaaaaaaaaaaa',
  line: i + 1,
});

const rows = Array.from({ length: 12_000 }, (_, i) => row(i));

function write(folder: string, auth: readonly Row<'auth'>[]): Promise<void> {
  return replaceFolder(folder, async (fresh) => {
    const written = { auth: writeFrame(fresh, 'auth', auth) };
    writeDatapackage(fresh, { site: defaultSite, synthetic: true, period: null }, written);
  });
}

async function framesOf(t: TestContext, auth: readonly Row<'auth'>[] = rows): Promise<string> {
  const folder = join(scratch(t), 'frames [1]');
  await write(folder, auth);
  return folder;
}

const copiesIn = (folder: string): string[] =>
  readdirSync(folder).filter((name) => name.includes('.parquet'));

async function ask(folder: string, sql = 'SELECT * FROM auth'): Promise<Table> {
  const engine = await openEngine(folder);
  return engine.query(sql).finally(engine.close);
}

const failures = "SELECT count(*) AS failures FROM auth WHERE account = 'root'";

/** Runs as a user who may not write what belongs to another. */
async function unprivileged<T>(run: () => Promise<T>): Promise<T> {
  if (process.geteuid?.() !== 0) return run();
  process.seteuid?.(65534);
  return run().finally(() => process.seteuid?.(0));
}

test('the copy of a large frame is made once, and holds what the CSV holds', async (t) => {
  const folder = await framesOf(t);
  chmodSync(folder, 0o555);
  chmodSync(join(folder, '..'), 0o755);
  const fromCsv = await unprivileged(() => ask(folder));
  assert.deepEqual(copiesIn(folder), [], 'a folder that cannot be written is read from its CSV');
  chmodSync(folder, 0o755);
  assert.deepEqual(await ask(folder), fromCsv);
  const [copy = '', ...others] = copiesIn(folder);
  assert.match(copy, /^\.auth\.[\da-f]{16}\.parquet$/);
  assert.deepEqual(others, []);
  const { ino, mtimeMs } = statSync(join(folder, copy));
  assert.deepEqual(await ask(folder), fromCsv);
  assert.deepEqual([statSync(join(folder, copy)).ino, statSync(join(folder, copy)).mtimeMs], [ino, mtimeMs]);
  assert.deepEqual(
    fromCsv.rows,
    rows.map((r) => ({ ...r, time: r.time?.replace('Z', '') })),
  );
});

test('a small frame has no copy', async (t) => {
  const folder = await framesOf(t, rows.slice(0, 100));
  assert.equal((await ask(folder)).rows.length, 100);
  assert.deepEqual(copiesIn(folder), []);
});

test('a CSV that was changed is not answered from its old copy, even at the same size and time', async (t) => {
  const folder = await framesOf(t);
  const before = (await ask(folder, failures)).rows[0]?.failures;
  const path = join(folder, 'auth.csv');
  const { atime, mtime } = statSync(path);
  writeFileSync(path, readFileSync(path, 'utf8').replace(',root,', ',toor,'));
  utimesSync(path, atime, mtime);
  assert.equal((await ask(folder, failures)).rows[0]?.failures, Number(before) - 1);
  // It is no longer what banbook wrote, so it is held against the schema.
  writeFileSync(path, readFileSync(path, 'utf8').replace(',password,', ',password,x'));
  await assert.rejects(ask(folder), {
    name: 'UserError',
    message: /auth\.csv line 2: column "seconds": expected integer/,
  });
});

test('frames that were made anew have copies of their own', async (t) => {
  const folder = await framesOf(t);
  await ask(folder);
  const [before] = copiesIn(folder);
  await write(folder, [...rows, row(0)]);
  assert.equal((await ask(folder)).rows.length, rows.length + 1);
  assert.equal(copiesIn(folder).length, 1);
  assert.notEqual(copiesIn(folder)[0], before);
});

test('an open engine goes on with frames that were made anew', async (t) => {
  const folder = await framesOf(t);
  const engine = await openEngine(folder);
  t.after(engine.close);
  await write(folder, [...rows, row(0)]);
  assert.equal((await engine.query('SELECT line FROM auth')).rows.length, rows.length + 1);
  await assert.rejects(engine.query('SELECT nothing FROM auth'), {
    name: 'UserError',
    message: /the query failed/,
  });
});

test('several engines that open at once leave one copy', async (t) => {
  const folder = await framesOf(t);
  const answers = await Promise.all([1, 2, 3].map(() => ask(folder, failures)));
  assert.deepEqual(answers[1], answers[0]);
  assert.deepEqual(answers[2], answers[0]);
  assert.equal(copiesIn(folder).length, 1);
});
