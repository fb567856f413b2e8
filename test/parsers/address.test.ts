import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addressOf, addressOfNumber, numberOfAddress } from '../../lib/parsers/address.js';

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

test('an IPv4 address as a number and back; nothing else is one', () => {
  for (const text of ['0.0.0.0', '192.0.2.1', '255.255.255.255', '10.0.200.9', '1.2.3.4']) {
    const number = numberOfAddress(text);
    assert.ok(number !== null);
    assert.equal(addressOfNumber(number), text);
  }
  for (const text of [
    '',
    '.',
    '1.2.3',
    '1.2.3.',
    '.1.2.3',
    '1..2.3',
    '1.2.3.4.5',
    '1.2.3.256',
    '01.2.3.4',
    '1.2.3.00',
  ])
    assert.equal(numberOfAddress(text), null, text);
  for (const text of [
    '1.2.3.4 ',
    '1.2.3.4/',
    '1.2.3.-4',
    '1.2.3.4e',
    '::1',
    '١.2.3.4',
    '1.2.3.99999999999999999999',
  ])
    assert.equal(numberOfAddress(text), null, text);
});
