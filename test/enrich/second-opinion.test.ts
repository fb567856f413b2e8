import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { mmdbFiles, secondOpinion } from '../../lib/enrich/second-opinion.js';
import { UserError } from '../../lib/errors.js';
import { readFrame } from '../../lib/frames/csv.js';
import { makeFrames } from '../../lib/make-frames.js';
import { defaultSite } from '../../lib/site.js';
import { scratch } from '../scratch.js';
import { writeMmdb } from './write-mmdb.js';

const files = () => ({
  geo: writeMmdb('GeoLite2-Country', '2026-03-01T12:00:00Z', {
    '192.0.2.0/24': { country: { iso_code: 'JP' } },
    '2001:db8::/32': { country: { iso_code: 'FR' } },
    '198.51.100.0/25': { continent: { code: 'EU' } },
  }),
  asn: writeMmdb('GeoLite2-ASN', '2026-03-02T12:00:00Z', {
    '192.0.2.0/25': { autonomous_system_number: 64496, autonomous_system_organization: 'Example Net' },
  }),
});

test('countries and autonomous systems of the user’s own files, in the addresses frame', async (t) => {
  const folder = scratch(t, files());
  const lines = ['192.0.2.1', '192.0.2.200', '198.51.100.1', '203.0.113.1', '2001:db8::1'].map(
    (address) => `2019-06-01T00:00:00Z host1 sshd[7]: Failed password for root from ${address} port 5 ssh2\n`,
  );
  const out = join(scratch(t), 'frames');
  const mmdb = { geo: join(folder, 'geo'), asn: join(folder, 'asn') };
  const raw = scratch(t, { log: lines.join('') });
  await makeFrames([raw], out, defaultSite, { year: null, threads: 1, mmdb, onProgress: () => {} });
  const rows = (await readFrame(out, 'addresses')).map((row) => [
    row.address,
    row.mmdb_country,
    row.mmdb_source,
    row.mmdb_as_of,
    row.as_number,
    row.as_organization,
  ]);
  const source = ['GeoLite2-Country', '2026-03-01'];
  assert.deepEqual(rows, [
    ['192.0.2.1', 'JP', ...source, 64496, 'Example Net'],
    ['192.0.2.200', 'JP', ...source, null, null],
    ['198.51.100.1', null, ...source, null, null],
    ['2001:db8::1', 'FR', ...source, null, null],
    ['203.0.113.1', null, ...source, null, null],
  ]);
});

test('without files nothing is said', () => {
  assert.deepEqual(mmdbFiles({}), { geo: undefined, asn: undefined });
  assert.deepEqual(new Set(Object.values(secondOpinion({})('192.0.2.1'))), new Set([null]));
});

test('a file of IPv4 alone says nothing of other addresses', (t) => {
  // 2001:db8::1 begins with the bits of 32.1.13.184.
  const folder = scratch(t, {
    geo: writeMmdb('A-Country', '2026-03-01', { '32.0.0.0/8': { country: { iso_code: 'US' } } }, 4),
    asn: writeMmdb('An-ASN', '2026-03-01', { '32.0.0.0/8': { autonomous_system_number: 64496 } }, 4),
  });
  const opinionOf = secondOpinion({ geo: join(folder, 'geo'), asn: join(folder, 'asn') });
  const told = ({ mmdb_country, as_number }: ReturnType<typeof opinionOf>) => [mmdb_country, as_number];
  assert.deepEqual(told(opinionOf('32.1.13.184')), ['US', 64496]);
  assert.deepEqual(told(opinionOf('2001:db8::1')), [null, null]);
});

for (const [variable, form, network, record] of [
  ['GEO_MMDB', 'US', '32.0.0.0/8', { country: 'US' }],
  ['GEO_MMDB', 'country_code', '32.0.0.0/8', { country_code: 'US' }],
  ['ASN_MMDB', 'AS64496', '32.0.0.0/8', { asn: 'AS64496', name: 'Example Net' }],
  // Of a network that is told only when an address of it is asked for.
  ['GEO_MMDB', 'FR', '192.0.2.0/24', { country: 'FR' }],
] as const)
  test(`records of another vendor's form are named: ${JSON.stringify(record)} of ${network}`, (t) => {
    const mmdb = writeMmdb('vendor country asn', '2026-03-01', { [network]: record });
    const path = join(scratch(t, { mmdb }), 'mmdb');
    assert.throws(
      () => secondOpinion(variable === 'GEO_MMDB' ? { geo: path } : { asn: path })('192.0.2.1'),
      (error) =>
        error instanceof UserError &&
        error.message.startsWith(`${variable}: ${path} has records of another form`) &&
        error.message.includes(form),
    );
  });

test('a file that is none, or of another kind, is named', (t) => {
  const folder = scratch(t, { ...files(), text: 'no database' });
  for (const [path, says] of [
    ['text', /GEO_MMDB: .*text is no MaxMind file/],
    ['none', /GEO_MMDB: .*none is no MaxMind file/],
    ['asn', /GEO_MMDB: .*asn holds "GeoLite2-ASN", expected Country or City/],
  ] as const)
    assert.throws(
      () => secondOpinion({ geo: join(folder, path) }),
      (error) => error instanceof UserError && says.test(error.message),
    );
});
