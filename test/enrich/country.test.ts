import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { countryData } from '../../lib/enrich/country.js';
import { randomOf } from '../fuzz/mutate.js';

test('countries of IPv4 addresses are those that geoip-lite says', () => {
  const { countryOf } = countryData();
  // IPv6 has it load its country files, which it is asked for directly here.
  assert.equal(countryOf('2001:4860:4860::8888'), 'US');
  const geoip = createRequire(import.meta.url)('geoip-lite') as {
    lookup(address: string): { country: string } | null;
  };
  const random = randomOf(5);
  const byte = () => Math.floor(random() * 256);
  const edges = ['0.0.0.0', '255.255.255.255', '10.0.0.0', '10.255.255.255', '11.0.0.0', '172.15.255.255'];
  const more = [
    '172.16.0.0',
    '172.31.255.255',
    '172.32.0.0',
    '192.168.0.0',
    '192.168.255.255',
    '192.169.0.0',
  ];
  const drawn = Array.from({ length: 200_000 }, () => `${byte()}.${byte()}.${byte()}.${byte()}`);
  let known = 0;
  for (const address of [...edges, ...more, ...drawn]) {
    const country = countryOf(address);
    if (country !== (geoip.lookup(address)?.country || null)) assert.fail(`${address}: ${country}`);
    if (country !== null) known++;
  }
  assert.ok(known > 100_000);
  for (const text of ['', 'host1.example', '1.2.3', '01.2.3.4', '4294967295'])
    assert.equal(countryOf(text), null);
});
