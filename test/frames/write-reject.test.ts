import assert from 'node:assert/strict';
import { test } from 'node:test';
import { csvLine, frameColumns } from '../../lib/frames/csv.js';
import { rejectLine } from '../../lib/frames/write-reject.js';
import type { RejectFields } from '../../lib/parsers/parsed.js';

const when = { time: '2018-11-30T15:03:11Z', local_time: '2018-12-01T00:03:11', time_flag: null };
const reject: RejectFields = {
  action: 'reject',
  stage: 'RCPT',
  reason: 'rbl',
  code: 554,
  status: '5.7.1',
  list: 'bl.example',
  address: '192.0.2.1',
  name: 'host1.example',
  helo: 'mail.example',
  count: 1,
};
const bare: RejectFields = {
  ...reject,
  stage: null,
  code: null,
  status: null,
  list: null,
  address: null,
  name: null,
  helo: null,
};

test('a reject is written as csvLine writes it', () => {
  for (const [host, row, pid] of [
    ['host1.example', reject, 42],
    [null, bare, null],
    ['=cmd', { ...reject, stage: 'END-OF-MESSAGE content', helo: '"x", y', count: 3 }, 0],
    ['h', { ...reject, address: '2001:db8::1', helo: '' }, 1],
  ] as const)
    assert.equal(
      rejectLine(when, host, row, pid, 'source', 7),
      csvLine(frameColumns('rejects'), { ...when, host, ...row, pid, source: 'source', line: 7 }),
    );
});

test('control characters and texts without end do not reach a row of rejects', () => {
  const line = rejectLine(when, 'a\u001b[2J', { ...reject, helo: 'x'.repeat(5000) }, 1, 'source', 7);
  assert.match(line, /,a#033\[2J,reject,/);
  assert.ok(line.length < 1500);
});
