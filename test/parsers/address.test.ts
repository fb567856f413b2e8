import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addressOf } from '../../lib/parsers/address.js';

const cases: [string, string | null][] = [
  ['192.0.2.1', '192.0.2.1'],
  ['2001:DB8:0:0::1', '2001:db8::1'],
  ['::ffff:192.0.2.1', '192.0.2.1'],
  ['::ffff:c000:201', '192.0.2.1'],
  ['fe80::1%eth0', 'fe80::1'],
  ['192.0.2.01', null],
  ['192.0.2.1/24', null],
  ['host7.example', null],
  ['', null],
];
for (const [text, address] of cases)
  test(`${text || '(empty)'} is ${address}`, () => assert.equal(addressOf(text), address));
