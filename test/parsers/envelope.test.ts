import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { parseEnvelope } from '../../lib/parsers/envelope.js';

const folder = new URL('../fixtures/envelope-forms/', import.meta.url).pathname;

/** One line a log line: `null`, or the envelope with its stamp as text. */
function read(line: string): object | null {
  const envelope = parseEnvelope(line);
  if (envelope === null) return null;
  const { stamp, ...rest } = envelope;
  const offset = stamp.kind === 'rfc3339' ? ` ${stamp.offset}` : '';
  return { stamp: `${stamp.kind} ${stamp.minute} +${stamp.second} s${offset}`, ...rest };
}

for (const file of readdirSync(folder).filter((name) => name.endsWith('.log')))
  test(`envelope: ${file}`, () => {
    const lines = readFileSync(join(folder, file), 'utf8').replace(/\n$/, '').split('\n');
    const actual = lines.map(read);
    const path = join(folder, file.replace(/\.log$/, '.json'));
    if (!existsSync(path) && process.env.WRITE_FIXTURES)
      writeFileSync(path, `[\n${actual.map((entry) => `  ${JSON.stringify(entry)}`).join(',\n')}\n]\n`);
    const expected = JSON.parse(readFileSync(path, 'utf8'));
    for (const [i, line] of lines.entries()) assert.deepEqual(actual[i], expected[i], line);
    assert.equal(actual.length, expected.length);
  });

test('hostile lines take no more time than their length', () => {
  const long = 64 * 1024;
  for (const line of [
    `Dec  1 00:00:00${' '.repeat(long)}`,
    `Dec  1 00:00:00 ${'a'.repeat(long)}`,
    `Dec  1 00:00:00 host1 ${'a'.repeat(long)}`,
    `Dec  1 00:00:00 imap(${'<>'.repeat(long / 2)}`,
    `2019-06-01 12:00:00 fail2ban${' '.repeat(long)}`,
    `2019-06-01T12:00:00.${'0'.repeat(long)}`,
    `<34>1 2003-10-11T22:14:15Z a b c d ${'[a x="\\"]"'.repeat(long / 10)}`,
    `<34>1 ${'a '.repeat(long / 2)}`,
    `{"__REALTIME_TIMESTAMP":${'['.repeat(long)}`,
    `dovecot: ${'dovecot: '.repeat(long / 9)}`,
  ]) {
    const start = performance.now();
    for (let i = 0; i < 5; i++) parseEnvelope(line);
    const time = performance.now() - start;
    assert.ok(time < 250, `${line.slice(0, 40)}: ${time} ms`);
  }
});
