import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { answerLines } from '../../lib/enrich/answer-lines.js';
import { openAnswerLog } from '../../lib/enrich/answer-log.js';
import { scratch } from '../scratch.js';

test('answers stand in their order, each on a line, when append resolves', async (t) => {
  const path = join(scratch(t), 'new', 'log.jsonl');
  const log = openAnswerLog(path);
  await Promise.all([1, 2, 3].map((n) => log.append({ n })));
  assert.equal(readFileSync(path, 'utf8'), '{"n":1}\n{"n":2}\n{"n":3}\n');
  await log.append({ n: 4 });
  log.close();
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
    await log.append({ n: 2 });
    log.close();
    assert.equal(readFileSync(path, 'utf8'), `${kept}{"n":2}\n`);
  });
