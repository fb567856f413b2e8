import assert from 'node:assert/strict';
import { symlinkSync } from 'node:fs';
import { join, relative } from 'node:path';
import { test } from 'node:test';
import { dateInName, listFiles } from '../../lib/sources/list-files.js';
import { scratch } from '../scratch.js';

test('rotated sets come oldest first: by date, by falling number, the open file last', (t) => {
  const names = [
    'secure',
    'secure-20190101.gz',
    'secure-20181201',
    'auth.log',
    'auth.log.1',
    'auth.log.10.gz',
    'auth.log.2.gz',
  ];
  const folder = scratch(t, Object.fromEntries(names.map((name) => [name, 'x'])));
  assert.deepEqual(
    listFiles([folder]).map(({ path }) => relative(folder, path)),
    [
      'auth.log.10.gz',
      'auth.log.2.gz',
      'auth.log.1',
      'auth.log',
      'secure-20181201',
      'secure-20190101.gz',
      'secure',
    ],
  );
  assert.equal(new Set(listFiles([folder]).map(({ set }) => set)).size, 2);
});

test('a file that is named twice, or reached through a link, is read once', (t) => {
  const folder = scratch(t, { 'a/secure': 'x' });
  symlinkSync(join(folder, 'a/secure'), join(folder, 'a/link'));
  assert.equal(listFiles([folder, join(folder, 'a'), join(folder, 'a/secure')]).length, 1);
});

test('wildcards match files; a Maildir is read without its tmp', (t) => {
  const folder = scratch(t, {
    'm/cur/1:2,S': 'x',
    'm/new/2': 'x',
    'm/tmp/3': 'x',
    'x.log': 'x',
    'y.txt': 'x',
  });
  assert.deepEqual(
    listFiles([join(folder, '*.log')]).map(({ path }) => relative(folder, path)),
    ['x.log'],
  );
  assert.deepEqual(
    listFiles([join(folder, 'm')]).map(({ path }) => relative(folder, path)),
    ['m/cur/1:2,S', 'm/new/2'],
  );
});

test('what is missing, empty or no file says so and names the path', (t) => {
  const folder = scratch(t, { 'full/x': 'x' });
  const empty = scratch(t);
  const errors = [join(folder, 'none'), join(folder, '*.none'), empty, '/dev/null'].map(
    (path) => listFiles([path])[0]?.error,
  );
  assert.deepEqual(errors, [
    'no such file or folder',
    'no file matches',
    'no file in this folder',
    'not a regular file: expected a log file, a mailbox or a folder',
  ]);
});

test('the date in a rotated name', () => {
  assert.equal(dateInName('/var/log/secure-20181209.gz'), Date.UTC(2018, 11, 9));
  assert.equal(dateInName('auth.log.2019-01-02'), Date.UTC(2019, 0, 2));
  assert.equal(dateInName('auth-20190102.log.xz'), Date.UTC(2019, 0, 2));
  for (const name of [
    'secure-2019010603',
    'auth.log-20190106-1546743601',
    'maillog-20190106.1',
    'secure-20190106.old',
    '2019-01-06-auth.log',
    'secure-20190106-03.gz',
    'secure-2019-01-06_031500.log',
  ])
    assert.equal(dateInName(`/2018/${name}`), Date.UTC(2019, 0, 6), name);
  for (const name of [
    'secure-201901063',
    'secure-20190106x',
    'x2019-01-06-auth.log',
    'secure-20190106-15467',
  ])
    assert.equal(dateInName(name), null, name);
  assert.equal(dateInName('secure.1'), null);
  assert.equal(dateInName('secure-20181399'), null);
});

test('rotated files that keep their extension are of one set, oldest first', (t) => {
  const names = [
    'a-20181201.log.gz',
    'a-20190101.log',
    'a.10.log',
    'a.2.log.gz',
    'a.1.log',
    'a.log',
    'b.2018',
    'b.2019',
  ];
  const folder = scratch(t, Object.fromEntries(names.map((name) => [name, 'x'])));
  const files = listFiles([folder]);
  assert.deepEqual(
    files.map(({ path }) => relative(folder, path)),
    names,
  );
  assert.deepEqual(
    [...new Set(files.map(({ set }) => relative(folder, set)))],
    ['a.log', 'b.2018', 'b.2019'],
  );
});

test('… also by hour and second, and where somebody moved them again', (t) => {
  const names = [
    'a-2019010523',
    'a-2019010603',
    'a-20190107.2',
    'a-20190107.1',
    'a-20190107.old',
    'a-20190108-1546900000',
    'a-20190108-1546900009.gz',
    'a',
    '2019-01-05-b.log',
    '2019-01-06-b.log',
    'b.log',
  ];
  const folder = scratch(t, Object.fromEntries(names.map((name) => [name, 'x'])));
  const files = listFiles([folder]);
  assert.deepEqual(
    files.map(({ path }) => relative(folder, path)),
    names,
  );
  assert.deepEqual([...new Set(files.map(({ set }) => relative(folder, set)))], ['a', 'b.log']);
});
