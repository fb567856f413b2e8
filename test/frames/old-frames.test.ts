import assert from 'node:assert/strict';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { readFrame } from '../../lib/frames/csv.js';
import { makeFrames } from '../../lib/make-frames.js';
import { scratch } from '../scratch.js';
import { failed, framesOf, quiet, tokyo } from './frames-of.js';

test('when nothing can be read the old frames stay', async (t) => {
  const { out } = await framesOf(t, { 'secure-20190101': failed('Dec  1 00:00:00') });
  await assert.rejects(makeFrames([scratch(t)], out, tokyo, quiet), {
    name: 'UserError',
    message: /nothing to read:\n.*no file in this folder/,
  });
  assert.equal((await readFrame(out, 'auth')).length, 1);
  assert.deepEqual(readdirSync(join(out, '..')), ['frames']);
});

test('a folder that holds something else is not replaced', async (t) => {
  const folder = scratch(t, { 'secure-20190101': failed('Dec  1 00:00:00') });
  await assert.rejects(makeFrames([folder], folder, tokyo, quiet), {
    name: 'UserError',
    message: /holds secure-20190101, which is no frame/,
  });
});

test('a data package of somebody else is not replaced', async (t) => {
  const folder = scratch(t, { 'secure-20190101': failed('Dec  1 00:00:00') });
  const other = scratch(t, { 'datapackage.json': '{"name": "other"}' });
  await assert.rejects(makeFrames([folder], other, tokyo, quiet), { name: 'UserError', exitCode: 2 });
  const notes = scratch(t);
  await makeFrames([folder], join(notes, 'f'), tokyo, quiet);
  writeFileSync(join(notes, 'f/my-notes.md'), 'mine');
  await assert.rejects(makeFrames([folder], join(notes, 'f'), tokyo, quiet), {
    message: /holds my-notes\.md/,
  });
});

test('two runs at once leave the frames of one of them', async (t) => {
  const folder = scratch(t, { 'secure-20190101': failed('Dec  1 00:00:00') });
  const out = join(scratch(t), 'frames');
  await Promise.all([makeFrames([folder], out, tokyo, quiet), makeFrames([folder], out, tokyo, quiet)]);
  assert.equal((await readFrame(out, 'auth')).length, 1);
  assert.deepEqual(readdirSync(join(out, '..')), ['frames']);
});
