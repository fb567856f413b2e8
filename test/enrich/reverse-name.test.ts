import assert from 'node:assert/strict';
import { Resolver } from 'node:dns/promises';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { askNames } from '../../lib/enrich/ask-names.js';
import { knownNames, namesFile } from '../../lib/enrich/known-names.js';
import { reverseName, reverseZone } from '../../lib/enrich/reverse-name.js';
import { UserError } from '../../lib/errors.js';
import { readFrame } from '../../lib/frames/csv.js';
import { framesAsWritten } from '../../lib/frames/datapackage.js';
import { lookUpNames } from '../../lib/look-up-names.js';
import { makeFrames } from '../../lib/make-frames.js';
import { defaultSite } from '../../lib/site.js';
import { scratch } from '../scratch.js';
import { nameServer, silentServer, withoutNameServer, type Zones } from './name-server.js';

const digits = (address: string): string => reverseZone(address).split('.')[0] ?? '';

/** What the name server knows, and what is expected of each address. */
const zones: Zones = {
  '2.0.192.in-addr.arpa': [
    '1 PTR good.isp.example.',
    '2 PTR elsewhere.isp.example.',
    '3 PTR gone.isp.example.',
    '4 PTR without.isp.example.',
    '5 PTR wrong.isp.example.',
    '5 PTR RIGHT.isp.example.',
    '6 TXT "no PTR here"',
    '7 PTR far.other.example.',
    '8 PTR alias.isp.example.',
    '9 PTR \\<script\\>.isp.example.',
    // RFC 2317: the name of this one stands elsewhere.
    '10 CNAME 10.sub.2.0.192.in-addr.arpa.',
    '10.sub PTR good10.isp.example.',
  ],
  [reverseZone('2001:db8::1').replace(`${digits('2001:db8::1')}.`, '')]: ['1 PTR six.isp.example.'],
  'isp.example': [
    'good A 192.0.2.1',
    'elsewhere A 192.0.2.99',
    'without TXT "no address"',
    'wrong A 192.0.2.98',
    'right A 192.0.2.5',
    'alias CNAME right8',
    'right8 A 192.0.2.8',
    '\\<script\\> A 192.0.2.9',
    'good10 A 192.0.2.10',
    'six AAAA 2001:db8::1',
  ],
};

const expected: Record<string, string> = {
  '192.0.2.1': 'confirmed good.isp.example',
  // Names that lead to another address, to no such name and to no address.
  '192.0.2.2': 'unconfirmed elsewhere.isp.example',
  '192.0.2.3': 'unconfirmed gone.isp.example',
  '192.0.2.4': 'unconfirmed without.isp.example',
  // Of two names the one that leads back, in small letters.
  '192.0.2.5': 'confirmed right.isp.example',
  // A name without a PTR record, and no such name.
  '192.0.2.6': 'none null',
  '192.0.2.100': 'none null',
  // Nobody says whether the name leads back: the server refuses its zone.
  '192.0.2.7': 'refused null',
  '192.0.2.8': 'confirmed alias.isp.example',
  // No host name at all: node's resolver lets none through.
  '192.0.2.9': 'error null',
  '192.0.2.10': 'confirmed good10.isp.example',
  '2001:db8::1': 'confirmed six.isp.example',
  '198.51.100.1': 'refused null',
};

const resolverOf = (server: string): Resolver => {
  const resolver = new Resolver({ timeout: 250, tries: 1 });
  resolver.setServers([server]);
  return resolver;
};

test('names of a real name server', { skip: withoutNameServer }, async (t) => {
  const server = resolverOf(await nameServer(t, zones));
  for (const [address, what] of Object.entries(expected)) {
    const { status, name } = await reverseName(address, server);
    assert.equal(`${status} ${name}`, what, address);
  }
});

test('a server that does not answer, and none at all', async (t) => {
  assert.equal((await reverseName('192.0.2.1', resolverOf(await silentServer(t)))).status, 'timeout');
  const gone = await reverseName('192.0.2.1', resolverOf('127.0.0.1:1'));
  assert.equal(gone.status, 'refused');
});

test('the zone of an address', () => {
  assert.equal(reverseZone('192.0.2.1'), '1.2.0.192.in-addr.arpa');
  const zeros = (count: number) => '0.'.repeat(count);
  assert.equal(reverseZone('2001:db8::1'), `1.${zeros(23)}8.b.d.0.1.0.0.2.ip6.arpa`);
  assert.equal(reverseZone('::'), `${zeros(32)}ip6.arpa`);
  assert.equal(reverseZone('2001:db8:1:2:3:4:5:6').length, 72);
});

const line = (address: string) =>
  `2019-06-01T00:00:00Z host1 sshd[7]: Failed password for root from ${address} port 5 ssh2\n`;
const forged = '2019-06-01T00:00:00Z host1 banbook-forge[1]: synthetic\n';
const noNetwork = { server: null, offline: false, concurrency: 4, timeoutMs: 250 };

/** Frames of these addresses. */
async function framesOf(t: Parameters<typeof scratch>[0], addresses: readonly string[], more = '') {
  const frames = join(scratch(t), 'frames');
  const raw = scratch(t, { log: more + addresses.map(line).join('') });
  await makeFrames([raw], frames, defaultSite, { year: null, threads: 1, onProgress: () => {} });
  return frames;
}

test('names go to the cache and the frames; only what has no answer is asked again', {
  skip: withoutNameServer,
}, async (t) => {
  // Documentation addresses are asked for in synthetic frames alone.
  const frames = await framesOf(t, Object.keys(expected), forged);
  const cache = scratch(t);
  const silent = await silentServer(t);
  const first = await lookUpNames(frames, cache, { ...noNetwork, server: silent });
  assert.equal(first.run?.timeout, 13);
  const told = async () =>
    Object.fromEntries(
      (await readFrame(frames, 'addresses')).map((row) => [row.address, `${row.name_status} ${row.name}`]),
    );
  assert.deepEqual(new Set(Object.values(await told())), new Set(['timeout null']));

  const server = await nameServer(t, zones);
  const second = await lookUpNames(frames, cache, { ...noNetwork, server });
  assert.deepEqual(second.run, {
    confirmed: 5,
    unconfirmed: 3,
    none: 2,
    timeout: 0,
    refused: 2,
    error: 1,
  });
  assert.deepEqual(await told(), expected);
  assert.ok(framesAsWritten(frames).has('addresses') && framesAsWritten(frames).has('findings'));

  const lines = readFileSync(namesFile(cache), 'utf8').split('\n').length;
  const third = await lookUpNames(frames, cache, { ...noNetwork, server });
  assert.deepEqual([...third.plan.toAsk].sort(), ['192.0.2.7', '192.0.2.9', '198.51.100.1']);
  assert.equal(readFileSync(namesFile(cache), 'utf8').split('\n').length, lines + 3);
});

test('a run that is cut off goes on where it was', { skip: withoutNameServer }, async (t) => {
  const server = resolverOf(await nameServer(t, zones));
  const cache = scratch(t);
  const kill = new AbortController();
  const options = { concurrency: 1, askedAt: () => '2026-03-01T00:00:00Z' };
  const addresses = Object.keys(expected);
  await askNames(addresses, cache, server, {
    ...options,
    signal: kill.signal,
    onProgress: ({ done }) => done === 5 && kill.abort(),
  });
  assert.deepEqual([...knownNames(cache).keys()], addresses.slice(0, 5));
});

test('offline asks nobody; frames that are synthetic ask no server but one on loopback', async (t) => {
  const frames = await framesOf(t, ['192.0.2.1'], forged);
  const cache = scratch(t);
  const { plan, run } = await lookUpNames(frames, cache, { ...noNetwork, offline: true });
  assert.deepEqual([plan.toAsk, run], [['192.0.2.1'], null]);
  for (const server of [null, '192.0.2.53', '[2001:db8::53]:53'])
    await assert.rejects(
      lookUpNames(frames, cache, { ...noNetwork, server }),
      (error) => error instanceof UserError && /synthetic.*belong to others/.test(error.message),
    );
  assert.equal(knownNames(cache).size, 0);
  const silent = await lookUpNames(frames, cache, { ...noNetwork, server: await silentServer(t) });
  assert.equal(silent.run?.timeout, 1);
});

test('private and reserved addresses of real frames are not asked for', async (t) => {
  const closed = ['10.0.0.1', '127.0.0.1', '169.254.1.1', '192.0.2.1', '192.168.1.1', '::1', 'fe80::1'];
  const frames = await framesOf(t, [...closed, '2001:db8::1', '8.8.8.8']);
  const { plan } = await lookUpNames(frames, scratch(t), { ...noNetwork, offline: true });
  assert.deepEqual([plan.closed, plan.known, plan.toAsk], [8, 0, ['8.8.8.8']]);
});

test('what a log said at the time is not asked for', async (t) => {
  const sasl =
    '2019-06-01T00:00:00Z host1 postfix/smtpd[9]: warning: a.example[192.0.2.1]: SASL LOGIN authentication failed: x\n';
  const frames = await framesOf(t, [], sasl);
  const { plan } = await lookUpNames(frames, scratch(t), { ...noNetwork, offline: true });
  assert.deepEqual([plan.logged, plan.toAsk], [1, []]);
  const [row] = await readFrame(frames, 'addresses');
  assert.deepEqual([row?.name, row?.name_source], ['a.example', 'mail server log']);
});
