import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { bulks } from '../../lib/enrich/investigate/categorization.js';
import { NoAnswer } from '../../lib/enrich/investigate/no-answer.js';
import { UserError } from '../../lib/errors.js';
import { namesOf, simulated } from './simulated.js';

type Client = ReturnType<Awaited<ReturnType<typeof simulated>>['client']>;

const span = { start: 1510873200000, stop: 1510876800000 };

/** A call of every method with what the simulator answers; the same from both APIs but where one does not have it. */
const calls: [string, (client: Client) => Promise<unknown>, unknown, ('v2' | 'legacy')?][] = [
  [
    'riskScore',
    (c) => c.riskScore('host1.isp.example'),
    {
      blocked: false,
      geo_popularity: 88,
      keyword: 54,
      lexical: 96,
      popularity_1_day: 2,
      popularity_7_day: 50,
      popularity_30_day: 57,
      popularity_90_day: 100,
      tld_rank: 89,
      risk_score: 0,
    },
  ],
  [
    'categorization',
    (c) => c.categorization('host1.isp.example'),
    { status: 1, security_categories: [], content_categories: ['Business Services'] },
  ],
  [
    'categorization by ids',
    (c) => c.categorization('host1.isp.example', false),
    { status: 1, security_categories: [], content_categories: ['8'] },
  ],
  [
    'cooccurrences',
    async (c) => (await c.cooccurrences('a.example'))?.map(({ name }) => name),
    ['b.example'],
  ],
  ['related', (c) => c.related('a.example'), [{ name: 'b.example', score: 10 }]],
  ['security', async (c) => (await c.security('a.example'))?.securerank2, 100],
  [
    'domainVolume',
    (c) => c.domainVolume('a.example', span, 'exact'),
    { dates: [1510873200000, 1510876800000], queries: [3, 4] },
  ],
  ['search', async (c) => (await c.search('a.*', { start: span.start }))?.totalResults, 0],
  ['timeline', async (c) => (await c.timeline('a.example'))?.length, 1],
  ['subdomains', async (c) => (await c.subdomains('a.example'))?.length, 1, 'v2'],
  ['topMillion', (c) => c.topMillion(2), ['a.example', 'b.example'], 'v2'],
  ['rrHistory of a name', (c) => c.rrHistory('a.example', 'MX'), { rrs_tf: [], features: {} }, 'legacy'],
  ['rrHistory of an address', (c) => c.rrHistory('2001:db8::1'), { rrs_tf: [], features: {} }, 'legacy'],
  ['latestDomains', (c) => c.latestDomains('192.0.2.1'), ['bad.example'], 'legacy'],
  ['asForIp', (c) => c.asForIp('192.0.2.1'), [{ asn: 64496, cidr: '192.0.2.0/24' }]],
  ['prefixesForAsn', (c) => c.prefixesForAsn(64496), [{ cidr: '192.0.2.0/24', geo: {} }]],
  ['pdnsDomain', async (c) => Object.keys((await c.pdnsDomain('a.example')) ?? {}), ['pageInfo', 'records']],
  ['pdnsName', async (c) => Object.keys((await c.pdnsName('a.example')) ?? {}), ['pageInfo', 'records']],
  ['pdnsIp', async (c) => Object.keys((await c.pdnsIp('2001:db8::1')) ?? {}), ['pageInfo', 'records']],
  ['pdnsRaw', async (c) => Object.keys((await c.pdnsRaw('v=spf1 -all')) ?? {}), ['pageInfo', 'records']],
  [
    'pdnsTimeline',
    async (c) => Object.keys((await c.pdnsTimeline('a.example')) ?? {}),
    ['pageInfo', 'records'],
    'legacy',
  ],
  ['domainWhois', async (c) => (await c.domainWhois('a.example'))?.domainName, 'a.example'],
  ['domainWhoisHistory', async (c) => (await c.domainWhoisHistory('a.example'))?.length, 1],
  ['nsWhois', async (c) => Object.keys((await c.nsWhois('ns1.example')) ?? {}), ['ns1.example']],
  ['nsWhois of a list', async (c) => Object.keys((await c.nsWhois(['ns1.example'])) ?? {}), ['ns1.example']],
  ['emailWhois', async (c) => Object.keys((await c.emailWhois('a@b.example')) ?? {}), ['ns1.example']],
  [
    'emailWhois of a list',
    async (c) => Object.keys((await c.emailWhois(['a@b.example'])) ?? {}),
    ['ns1.example'],
    'legacy',
  ],
  ['whoisSearch', async (c) => (await c.whoisSearch('Organization', 'A.*'))?.totalResults, 0, 'v2'],
  ['samples', async (c) => (await c.samples('a.example'))?.totalResults, 0],
  ['sample', async (c) => (await c.sample('00ff'))?.totalResults, 0],
  ['sampleArtifacts', async (c) => (await c.sampleArtifacts('00ff'))?.totalResults, 0],
  ['sampleConnections', async (c) => (await c.sampleConnections('00ff'))?.totalResults, 0],
  ['sampleSamples', async (c) => (await c.sampleSamples('00ff'))?.totalResults, 0, 'legacy'],
  ['sampleBehaviors', async (c) => (await c.sampleBehaviors('00ff'))?.totalResults, 0, 'v2'],
  ['get', (c) => c.get('timeline/a.example').then((value) => Array.isArray(value)), true],
  [
    'post',
    (c) => c.post('domains/categorization', ['a.example']).then((value) => Object.keys(Object(value))),
    ['a.example'],
  ],
];

for (const version of ['v2', 'legacy'] as const)
  test(`${version}: every method`, async (t) => {
    const client = (await simulated(t)).client(version);
    const named = new Set(calls.map(([name]) => name.split(' ')[0]));
    const missing = Object.keys(client).filter(
      (method) => !named.has(method) && method !== 'categorizations',
    );
    assert.deepEqual(missing, []);
    for (const [name, call, expected, only] of calls) {
      if (only === undefined || only === version) assert.deepEqual(await call(client), expected, name);
      else await assert.rejects(async () => call(client), UserError, name);
    }
  });

test('what the service does not know is null, and what is no address is refused', async (t) => {
  const client = (await simulated(t)).client('v2');
  assert.equal(await client.get('no/such/path'), null);
  assert.throws(() => client.asForIp('1.2.3'), UserError);
  assert.throws(() => client.pdnsIp('x192.0.2.1'), UserError);
});

async function bulkSizes(t: TestContext, names: readonly string[]): Promise<number[]> {
  const { client, simulator } = await simulated(t);
  const answers = await client('v2').categorizations(names);
  assert.equal(answers.length, names.length);
  assert.ok(answers.every((answer) => answer !== null && !(answer instanceof Error)));
  return [simulator.seen.answered.length];
}

test('bulk: at most 1,000 names and 100 KB a request, each name once', async (t) => {
  assert.deepEqual(await bulkSizes(t, namesOf(2001)), [3]);
  // 250 bytes and more each: 1,000 of them are above 100 KB.
  const long = namesOf(1000).map((name) => `${'a'.repeat(60)}.`.repeat(4) + name);
  assert.deepEqual(await bulkSizes(t, long), [3]);
  assert.deepEqual(bulks([]), []);
  for (const part of bulks(long)) assert.ok(Buffer.byteLength(JSON.stringify(part)) <= 100_000);
  assert.deepEqual(await bulkSizes(t, ['a.example', 'a.example']), [1]);
});

test('bulk: one request that fails takes no other with it', async (t) => {
  const { client } = await simulated(t, { fault: (n) => (n === 2 ? '400' : null) });
  const answers = await client('v2').categorizations(namesOf(2500));
  const failed = answers.map((answer) => answer instanceof NoAnswer);
  assert.equal(failed.indexOf(true), 1000);
  assert.equal(failed.filter(Boolean).length, 1000);
});

test('a pause that the server asks for is kept by all requests', async (t) => {
  const { client, clock } = await simulated(t, { fault: (n) => (n === 1 ? 'retry-after' : null) });
  const start = clock.time;
  await client('legacy').timeline('a.example');
  // Retry-After: 2, and half a second by chance.
  assert.equal(clock.time - start, 2500);
});
