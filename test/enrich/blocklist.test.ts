import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { askRisk } from '../../lib/enrich/ask-risk.js';
import { blocklist } from '../../lib/enrich/blocklist.js';
import { knownRisks } from '../../lib/enrich/known-risks.js';
import { UserError } from '../../lib/errors.js';
import { scratch } from '../scratch.js';

const list = `address,reason
# a remark
192.0.2.7,ssh ; a remark
"198.51.100.0/24","many"
2001:db8:1::/48
; another

2001:db8::7
`;

test('addresses and networks of both versions; what is not on the list has no score', async (t) => {
  const folder = scratch(t, { list });
  const provider = blocklist(join(folder, 'list'));
  const keys = [
    '192.0.2.7',
    '192.0.2.8',
    '198.51.100.255',
    '198.51.101.0',
    '2001:db8:1:ffff::1',
    '2001:db8:2::1',
    '2001:db8::7',
  ];
  const run = await askRisk(keys, folder, provider, {
    askedAt: () => '2026-03-01T00:00:00Z',
    signal: new AbortController().signal,
    onProgress: () => {},
  });
  assert.deepEqual(run, { scored: 4, noScore: 3, errors: 0, stopped: null });
  const rows = [...knownRisks(folder, false).values()];
  assert.deepEqual(
    rows.map(({ name, address, risk_score }) => [name, address, risk_score]),
    keys.map((address, i) => [null, address, [0, 2, 4, 6].includes(i) ? 100 : null]),
  );
});

test('another list is asked again, the same one is not', (t) => {
  const folder = scratch(t, { a: '192.0.2.1\n', b: '192.0.2.2\n' });
  const [a, b] = [blocklist(join(folder, 'a')), blocklist(join(folder, 'b'))];
  assert.ok(a.accepts(blocklist(join(folder, 'a')).api));
  assert.ok(!a.accepts(b.api));
});

test('lines may end as on any system', (t) => {
  for (const end of ['\n', '\r\n', '\r']) {
    const path = join(scratch(t, { list: ['192.0.2.1', '192.0.2.2', 'x', ''].join(end) }), 'list');
    assert.throws(() => blocklist(path), /list line 3: expected an address or a network, got "x"$/);
  }
});

for (const header of ['address,reason', '"IP"', 'source.ip', 'ipv4', 'cidr/range', '\ufeffaddress', ''])
  test(`a header: ${JSON.stringify(header)}`, (t) => {
    const path = join(scratch(t, { list: `${header}\n192.0.2.1\n` }), 'list');
    assert.doesNotThrow(() => blocklist(path));
  });

for (const wrong of [
  '192.0.2.0/33',
  '2001:db8::/129',
  'fe80::/129',
  '::/129',
  '192.0.2.0/',
  '192.0.2.1/24/7',
  '192.0.2.8-192.0.2.9',
  '192.0.2.0/255.255.255.0',
  '~192.0.2.0',
  '999.0.2.0',
])
  for (const line of [1, 2])
    test(`line ${line} with ${wrong} is named`, (t) => {
      const path = join(scratch(t, { list: `${line === 1 ? '' : '192.0.2.1\n'}${wrong}\n` }), 'list');
      assert.throws(
        () => blocklist(path),
        (error) =>
          error instanceof UserError && error.message.startsWith(`${path} line ${line}: expected an address`),
      );
    });
