import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isJournalMark, parseJournalExport } from '../../lib/parsers/journal.js';

/** Lines of a record as they are read: latin1, cut at every LF. */
const linesOf = (...parts: (string | Buffer)[]): string[] =>
  Buffer.concat(parts.map((part) => Buffer.from(part)))
    .toString('latin1')
    .split('\n');

function binary(name: string, data: string | Buffer): Buffer {
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(Buffer.byteLength(data)));
  return Buffer.concat([Buffer.from(`${name}\n`), length, Buffer.from(data), Buffer.from('\n')]);
}

const start = '__CURSOR=s=1;i=2\n__REALTIME_TIMESTAMP=1709247598123456\n_HOSTNAME=host1\n';
const envelope = {
  stamp: { kind: 'rfc3339', minute: '2024-02-29T22:59', second: 58, offset: 'Z' },
  host: 'host1',
  program: 'sshd',
  pid: 4242,
  message: 'Invalid user zoë from 192.0.2.1 port 22',
  via: 'syslog',
};

test('journal export: text fields, the first of a repeated one, values with =', () => {
  assert.deepEqual(
    parseJournalExport(
      linesOf(
        start,
        `_COMM=sshd-session\nSYSLOG_IDENTIFIER=sshd\n_PID=4242\nMESSAGE=${envelope.message}\nMESSAGE=x`,
      ),
    ),
    envelope,
  );
  assert.equal(
    parseJournalExport(linesOf(start, 'MESSAGE=uid=0 euid=0\nSYSLOG_PID=no number\n'))?.message,
    'uid=0 euid=0',
  );
});

test('journal export: binary fields hold any byte, LF and field names too', () => {
  const message = 'one\n\n_PID=1\nMESSAGE=two\u0000ü';
  for (const data of [message, 'x'.repeat(256), 'x'.repeat(10), '\n', '']) {
    const found = parseJournalExport(linesOf(start, binary('MESSAGE', data), '_PID=4242\n_COMM=sshd\n'));
    assert.deepEqual(found, { ...envelope, message: data });
  }
  const broken = Buffer.from([0x61, 0xff, 0xc3, 0xbc]);
  assert.equal(parseJournalExport(linesOf(start, binary('MESSAGE', broken)))?.message, 'a\ufffdü');
});

test('journal export: names and messages of any length are cut', () => {
  const found = parseJournalExport(
    linesOf(`${start}_COMM=${'x'.repeat(500_000)}\n`, binary('MESSAGE', '\n'.repeat(500_000))),
  );
  assert.deepEqual([found?.program.length, found?.message.length], [255, 64 * 1024]);
});

test('journal export: what is no record', () => {
  const length = Buffer.from([255, 255, 255, 255, 255, 255, 255, 255]);
  for (const parts of [
    [''],
    ['MESSAGE=no stamp\n'],
    ['__REALTIME_TIMESTAMP=yesterday\n'],
    [start, 'just text'],
    [start, 'MESSAGE'],
    [start, 'MESSAGE\n1234'],
    [start, 'MESSAGE\n', length, 'cut off'],
    [start, binary('MESSAGE', 'longer than what is left').subarray(0, 30)],
    [start, binary('_PID', '12').subarray(0, -1), 'x\n'],
  ])
    assert.equal(parseJournalExport(linesOf(...parts)), null, String(parts));
});

test("journalctl's own lines", () => {
  for (const line of [
    '-- Logs begin at Mon 2018-12-03 00:00:01 JST, end at Mon 2018-12-31 23:59:59 JST. --',
    '-- Journal begins at Mon 2018-12-03 00:00:01 JST, ends at Mon 2018-12-31 23:59:59 JST. --',
    '-- Boot 0123456789abcdef0123456789abcdef --',
    '-- Reboot --',
    '-- No entries --',
    '-- cursor: s=1;i=2;b=3',
  ])
    assert.ok(isJournalMark(line), line);
  for (const line of ['-- MARK --', '-- ', '--', '', 'Dec  1 00:00:00 host1 -- Reboot --', '-- Boot x --'])
    assert.ok(!isJournalMark(line), line);
});
