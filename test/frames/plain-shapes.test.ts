import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PlainLine } from '../../lib/frames/plain-line.js';
import { parseMessage } from '../../lib/parsers/parse-message.js';
import { type Field, fields, shapesOf, shapeTexts } from '../../lib/parsers/plain-shapes.js';
import { mutations, randomOf } from '../fuzz/mutate.js';
import { bothWays } from './both-ways.js';

const random = randomOf(11);
const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;

/** Values of each field that are plain, and such as are a little beside it. */
const values: Readonly<Record<Field, { plain: readonly string[]; odd: readonly string[] }>> = {
  account: {
    plain: ['root', 'a', 'user', 'from', 'invalid', 'x@y.example', '_a-b/c', '0', 'port', 'b'.repeat(100)],
    odd: [
      '',
      '-a',
      '@b',
      '=1+1',
      'a b',
      'a"b',
      'a,b',
      'é',
      '\x1b[1m',
      'invalid user',
      'b'.repeat(101),
      "'",
      'x from 192.0.2.9',
    ],
  },
  jail: { plain: ['sshd', 'postfix-sasl', 'constructor'], odd: ['', '-a', 'a b', 'a]', 'b'.repeat(101)] },
  stamp: {
    plain: ['2018-12-01 00:00:00', '9999-99-99 99:99:99'],
    odd: ['', '2018-12-01', '2018-12-01T00:00:00', '2018-12-01 00:00:00,123'],
  },
  address: {
    plain: ['192.0.2.1', '192.0.2.200', '0.0.0.0', '255.255.255.255', '198.51.100.7'],
    odd: [
      '256.0.0.1',
      '01.2.3.4',
      '1.2.3',
      '1.2.3.4.5',
      '2001:db8::1',
      '::ffff:192.0.2.1',
      'UNKNOWN',
      'host1.example',
      '',
    ],
  },
  port: { plain: ['0', '1', '22', '65535', '99999'], odd: ['', '022', '123456', '-1', '22x'] },
  count: { plain: ['1', '2', '10', '123456789'], odd: ['0', '02', '1234567890', 'two'] },
  seconds: { plain: ['0', '4', '180'], odd: ['04', '1.5', ''] },
  word: {
    plain: ['host1.example', 'AUTH', 'a+/=', '4242'],
    odd: ['', 'a b', 'a]', 'é', 'b'.repeat(201), '>, rip=192.0.2.9'],
  },
  words: {
    plain: ['ehlo=1 auth=0/2 commands=3', 'quit=1', ' '],
    odd: ['', 'a;b', 'a\r', 'é', 'b'.repeat(201)],
  },
  queue: { plain: ['3F2A4C0E11', '00000'], odd: ['', '3f2a4c0e11', '3F2A', '4TQzXk1Rz9z1', 'NOQUEUE'] },
  text: {
    plain: ['', 'Bye Bye [preauth]', 'admin [preauth]', ' '],
    odd: ['a\r', 'é', '\0', 'x'.repeat(70_000)],
  },
};

const filled = (text: string, value: (field: Field) => string): string =>
  text.replace(/\{(\w+)\}/g, (_, field: Field) => value(field));

const messages = (program: string, odd: number): string =>
  filled(pick(shapeTexts[program] ?? []), (field) =>
    pick(random() < odd ? values[field].odd : values[field].plain),
  );

/** A log of which each line begins like one before it: few connections, times that go on by a little or by a lot. */
function logOf(lines: number, odd: number): Buffer {
  let time = Date.UTC(2018, 11, 31, 20);
  const made = Array.from({ length: lines }, () => {
    time += 1000 * pick([0, 0, 0, 0, 1, 2, 60, 700, 40_000]);
    const [, day, month, , clock] = new Date(time).toUTCString().split(' ');
    const program = pick(Object.keys(shapeTexts));
    const repeated = random() < 0.02;
    const pid = random() < 0.01 ? '007' : pick(['7', '8', '4194304']);
    const text = repeated ? 'last message repeated 2 times' : `${program}[${pid}]: ${messages(program, odd)}`;
    if (random() < 0.1 && !repeated) {
      const stamp = new Date(time).toISOString().slice(0, 19).replace('T', ' ');
      const named = pick(['fail2ban.filter         ', 'fail2ban.actions        ', 'fail2ban ']);
      return `${stamp},${pick(['000', '123'])} ${named}[${pid}]: ${messages('fail2ban', odd)}`;
    }
    const iso = new Date(time).toISOString().slice(0, 19);
    const stamp = pick([
      ...Array<string>(12).fill(`${month} ${day?.replace(/^0/, ' ')} ${clock}`),
      `${iso}.123456+01:00`,
      `${iso}Z`,
      iso.replace('T', ' '),
      `${iso.replace('T', ' ')},123`,
      `${iso.replace('T', ' ')}+01:00`,
    ]);
    const host = pick([
      'host1',
      'host1',
      'host2.example',
      'host1 auth|security:info',
      'h Message forwarded from host1:',
    ]);
    return `${stamp} ${host} ${text}`;
  });
  return Buffer.from(`${made.join('\n')}\n`);
}

test('a sample of each shape is taken, and by the template that the parser gives it', () => {
  const line = new PlainLine();
  let taken = 0;
  for (const [program, texts] of Object.entries(shapeTexts))
    for (const text of texts) {
      const sample = filled(text, (field) => fields[field]);
      line.open(Buffer.from(`${sample}\n`));
      const tree = shapesOf(program);
      assert.equal((tree && line.match(tree))?.template, parseMessage(program, sample)?.template, sample);
      taken++;
    }
  assert.ok(taken > 40);
});

test('lines of known shapes, and such as nearly are, are read as by the general way', () => {
  for (const [lines, odd] of [
    [4000, 0],
    [4000, 0.1],
    [1000, 0.5],
  ] as const) {
    const bytes = logOf(lines, odd);
    const { quick, general, rows } = bothWays(bytes);
    assert.deepEqual(quick, general);
    assert.ok(rows > lines / 10);
  }
});

test('… and with what can happen to a file', () => {
  for (const [how, mutate] of Object.entries(mutations)) {
    const mutated = mutate(logOf(300, 0.05), random, logOf(50, 0.2));
    const { quick, general } = bothWays(mutated);
    assert.deepEqual(quick, general, how);
  }
  for (let round = 0; round < 300; round++) {
    const bytes = logOf(20, 0);
    for (let n = 0; n < 10; n++)
      bytes[Math.floor(random() * bytes.length)] = pick([
        0, 9, 13, 32, 34, 44, 46, 48, 57, 58, 65, 91, 93, 195,
      ]);
    const { quick, general } = bothWays(bytes);
    assert.deepEqual(quick, general, bytes.toString());
  }
});

test('… wherever the lines are cut off', () => {
  const bytes = logOf(12, 0.1);
  for (let end = 0; end < bytes.length; end++) {
    const { quick, general } = bothWays(bytes.subarray(0, end));
    assert.deepEqual(quick, general, bytes.toString('utf8', 0, end));
  }
});
