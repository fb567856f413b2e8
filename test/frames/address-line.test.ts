import assert from 'node:assert/strict';
import test from 'node:test';
import { addressLine } from '../../lib/frames/address-line.js';
import { csvLine, frameColumns } from '../../lib/frames/csv.js';
import type { Row } from '../../lib/schema.js';

const known: Row<'addresses'> = {
  address: '192.0.2.1',
  version: 4,
  country: 'JP',
  country_reason: null,
  country_source: 'data 1 (of a test)',
  country_as_of: '2023-11-15',
  mmdb_country: null,
  mmdb_source: null,
  mmdb_as_of: null,
  as_number: null,
  as_organization: null,
  name: null,
  name_status: null,
  name_source: null,
  name_asked_at: null,
  first_seen: '2019-04-08T09:32:56Z',
  last_seen: '2019-04-08T09:32:59Z',
};
const rows: readonly Row<'addresses'>[] = [
  known,
  { ...known, address: '2001:db8::1', version: 6, country: null, country_reason: 'reserved' },
  { ...known, country_source: 'data, "2"', country_as_of: null },
  {
    ...known,
    mmdb_country: 'FR',
    mmdb_source: 'GeoLite2-City',
    mmdb_as_of: '2024-01-02',
    as_number: 64496,
    as_organization: '=cmd,"A"',
  },
  {
    ...known,
    name: 'host-1.example',
    name_status: 'confirmed',
    name_source: 'dns',
    name_asked_at: '2019-05-01T00:00:00Z',
  },
];

test('an address is written as csvLine writes it', () => {
  const lineOf = addressLine();
  for (const row of rows) assert.equal(lineOf(row), csvLine(frameColumns('addresses'), row));
});
