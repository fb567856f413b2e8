import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { answerLines } from '../../lib/enrich/answer-lines.js';
import { openAnswerLog } from '../../lib/enrich/answer-log.js';
import { scratch } from '../scratch.js';

test('answers stand in their order, each on a line, as soon as they are appended', async (t) => {
  const path = join(scratch(t), 'new', 'log.jsonl');
  const log = openAnswerLog(path);
  for (const n of [1, 2, 3]) log.append({ n });
  assert.equal(readFileSync(path, 'utf8'), '{"n":1}\n{"n":2}\n{"n":3}\n');
  await log.flush();
  log.append({ n: 4 });
  await log.close();
  assert.equal([...answerLines(path, () => true)].length, 4);
});

for (const [what, text, kept] of [
  ['half a line', '{"n":1}\n{"n":', '{"n":1}\n'],
  ['nothing but half a line', '{"n"', ''],
  ['half a character', Buffer.from('{"n":1}\n{"n":"ü').subarray(0, -1), '{"n":1}\n'],
  ['whole lines', '{"n":1}\n', '{"n":1}\n'],
] as const)
  test(`${what} at the end of a log that goes on`, async (t) => {
    const path = join(scratch(t, { log: text as string | Buffer }), 'log');
    assert.equal([...answerLines(path, () => true)].length, kept === '' ? 0 : 1);
    const log = openAnswerLog(path);
    log.append({ n: 2 });
    await log.close();
    assert.equal(readFileSync(path, 'utf8'), `${kept}{"n":2}\n`);
  });
