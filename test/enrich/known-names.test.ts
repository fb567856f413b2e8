import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { knownNames, namesFile } from '../../lib/enrich/known-names.js';
import { knownRisks, risksFile } from '../../lib/enrich/known-risks.js';
import { UserError } from '../../lib/errors.js';
import { readFrame } from '../../lib/frames/csv.js';
import { makeFrames } from '../../lib/make-frames.js';
import { defaultSite } from '../../lib/site.js';
import { scratch } from '../scratch.js';

const answer = (address: string, status: string, name: string | null, day = '01') =>
  `${JSON.stringify({ address, name, status, asked_at: `2019-06-${day}T00:00:00Z`, source: 'dns' })}\n`;

test('of several answers the first stays; a time-out gives way', (t) => {
  const cache = scratch(t, {
    'names.jsonl':
      answer('192.0.2.1', 'timeout', null) +
      answer('192.0.2.1', 'refused', null, '02') +
      answer('192.0.2.2', 'none', null) +
      answer('192.0.2.2', 'confirmed', 'late.example', '02') +
      answer('192.0.2.3', 'timeout', null) +
      answer('192.0.2.3', 'unconfirmed', 'a.example', '02') +
      answer('192.0.2.3', 'confirmed', 'b.example', '03') +
      '{"address":"192.0.2.4","name":nul',
  });
  const told = [...knownNames(cache).values()].map(({ address, name, status }) => [address, status, name]);
  assert.deepEqual(told, [
    ['192.0.2.1', 'refused', null],
    ['192.0.2.2', 'none', null],
    ['192.0.2.3', 'unconfirmed', 'a.example'],
  ]);
});

test('nothing is known without a cache', (t) => {
  assert.equal(knownNames(null).size, 0);
  assert.equal(knownNames(join(scratch(t), 'none')).size, 0);
});

for (const [what, line] of [
  ['no JSON', 'x\n'],
  ['no object', '3\n'],
  ['a name that was not found', answer('192.0.2.1', 'none', 'a.example')],
  ['no name where one was found', answer('192.0.2.1', 'confirmed', null)],
  ['an unknown status', answer('192.0.2.1', 'maybe', null)],
  ['what is no address', answer('=1+1', 'confirmed', 'a.example')],
  ['no time', answer('192.0.2.1', 'none', null, '45')],
] as const)
  test(`a line of names.jsonl with ${what} is named`, (t) => {
    const cache = scratch(t, { 'names.jsonl': answer('192.0.2.9', 'none', null) + line });
    assert.throws(
      () => knownNames(cache),
      (error) => error instanceof UserError && error.message.startsWith(`${namesFile(cache)} line 2: `),
    );
  });

const risk = (cells: object) =>
  `${JSON.stringify({ name: 'a.example', status: 'scored', risk_score: 7, asked_at: '2019-06-02T00:00:00Z', api: 'investigate v2', ...cells })}\n`;

for (const [what, cells] of [
  ['a score above 100', { risk_score: 500 }],
  ['a score below 0', { risk_score: -1 }],
  ['a score that is text', { risk_score: '7' }],
  ['no score where there is one', { risk_score: undefined }],
  ['a score where there is none', { status: 'no_score' }],
  ['a formula in the place of a part', { lexical: '=1+1' }],
  ['a part above 100', { tld_rank: 101 }],
  ['a part that is null', { keyword: null }],
  ['a text in the place of true or false', { blocked: 'true' }],
  ['a column that no frame has', { more: 1 }],
  ['a column of all objects', { constructor: 'x' }],
  ['a number in the place of a reason', { status: 'error', risk_score: undefined, error: 503 }],
  ['a name and an address', { address: '192.0.2.1' }],
  ['what is no address', { name: undefined, address: '=1+1' }],
] as const)
  test(`a line of risk.jsonl with ${what} is named`, (t) => {
    const cache = scratch(t, { 'risk.jsonl': risk({}) + risk(cells) });
    assert.throws(
      () => knownRisks(cache, false),
      (error) => error instanceof UserError && error.message.startsWith(`${risksFile(cache)} line 2: `),
    );
  });

test('control characters of an edited cache do not reach the frames', (t) => {
  const hostile = 'a\u001b[31m\u202e.example';
  const cache = scratch(t, {
    'names.jsonl': answer('192.0.2.1', 'confirmed', hostile),
    'risk.jsonl': risk({
      name: hostile,
      api: hostile,
      status: 'error',
      risk_score: undefined,
      error: hostile,
    }),
  });
  const harmless = 'a#033[31m#20056.example';
  assert.equal(knownNames(cache).get('192.0.2.1')?.name, harmless);
  const [row] = knownRisks(cache, false).values();
  assert.deepEqual([row?.name, row?.api, row?.error], [harmless, harmless, harmless]);
});

test('frames have the names and risks of the cache, and say why there is no country', async (t) => {
  const line = (address: string) =>
    `2019-06-01T00:00:00Z host1 sshd[7]: Failed password for root from ${address} port 5 ssh2\n`;
  const raw = scratch(t, { log: ['192.0.2.1', '10.0.0.1', '2001:db8::1'].map(line).join('') });
  const scored = { status: 'scored', asked_at: '2019-06-02T00:00:00Z', api: 'investigate v2' };
  const cache = scratch(t, {
    'names.jsonl': answer('192.0.2.1', 'confirmed', 'a.example') + answer('10.0.0.1', 'timeout', null),
    'risk.jsonl': ['z.example', 'a.example']
      .map((name) => `${JSON.stringify({ name, risk_score: 7, lexical: 52, blocked: false, ...scored })}\n`)
      // What the simulator made up says nothing about real logs.
      .concat(`${JSON.stringify({ name: 'a.example', risk_score: 9, ...scored, api: 'simulator' })}\n`)
      .join(''),
  });
  const out = join(scratch(t), 'frames');
  await makeFrames([raw], out, defaultSite, { year: null, threads: 1, cache, onProgress: () => {} });
  const rows = (await readFrame(out, 'addresses')).map((row) =>
    [row.address, row.country, row.country_reason, row.name, row.name_status, row.name_asked_at].join(' '),
  );
  assert.deepEqual(rows, [
    '10.0.0.1  private  timeout 2019-06-01T00:00:00Z',
    '192.0.2.1  reserved a.example confirmed 2019-06-01T00:00:00Z',
    '2001:db8::1  reserved   ',
  ]);
  const risks = await readFrame(out, 'risk');
  assert.deepEqual(
    risks.map((row) => [row.name, row.risk_score, row.lexical, row.blocked, row.keyword]),
    [['a.example', 7, 52, false, null]],
  );
});
