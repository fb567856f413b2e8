import assert from 'node:assert/strict';
import { appendFileSync, cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { audit } from '../../lib/audit/audit.js';
import { makeFrames } from '../../lib/make-frames.js';
import { readSite } from '../../lib/site.js';
import { statistics } from '../../lib/stats/index.js';
import { scratch } from '../scratch.js';

const sample = new URL('../../data/sample/', import.meta.url).pathname;
const quiet = { year: null, threads: 1, onProgress: () => {} };
const all = { cells: 10_000, seed: 1 };

test('every number of the sample agrees with its raw lines; a false one is found', async (t) => {
  const folder = scratch(t, { 'in/x': '' });
  const input = join(folder, 'in');
  cpSync(join(sample, 'raw'), input, { recursive: true });
  const out = join(folder, 'frames');
  await makeFrames([input], out, readSite(join(sample, 'site.json')), quiet);

  const report = await audit(out, all);
  assert.ok(report.cells > 200 && report.cells === report.of, `${report.cells} of ${report.of}`);
  assert.deepEqual(report.mismatches, []);
  assert.deepEqual(report.notAudited, []);
  assert.equal((await audit(out, { cells: 17, seed: 5 })).cells, 17);

  const path = join(out, 'auth.csv');
  const right = readFileSync(path, 'utf8');
  const cell = (text: string) =>
    [...text.split('\n')].findIndex((row) => /,failed,root,.*,password,/.test(row));
  const rows = right.split('\n');
  const [row = ''] = rows.splice(cell(right), 1);
  writeFileSync(path, rows.join('\n'));
  const found = await audit(out, all);
  const month = `${row.split(',')[1]?.slice(0, 7)}-01`;
  const [first] = found.mismatches;
  assert.equal(found.mismatches.filter(({ column }) => column === 'failures').length, 1);
  assert.deepEqual([first?.statistic, first?.key], ['root-failures-by-month', month]);

  // The same number from another line.
  writeFileSync(
    path,
    right.replace(
      row,
      row.replace(/,(\d+),(\d+)$/, (_, line, count) => `,${Number(line) + 1},${count}`),
    ),
  );
  const moved = await audit(out, all);
  assert.ok(moved.mismatches.length > 0);
  assert.match(moved.mismatches[0]?.why ?? '', /other lines/);

  appendFileSync(join(input, 'fail2ban.mbox'), '\n');
  await assert.rejects(audit(out, all), /fail2ban\.mbox: not the file that was read/);
});

test('there is a second way of counting for each statistic, or the audit names it', async () => {
  const { recountRules } = await import('../../lib/audit/recounts.js');
  const known = statistics.map(({ id }) => id);
  assert.deepEqual(
    Object.keys(recountRules).filter((id) => !known.includes(id)),
    [],
  );
});
