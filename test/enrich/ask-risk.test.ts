import assert from 'node:assert/strict';
import { appendFileSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { askRisk } from '../../lib/enrich/ask-risk.js';
import { knownRisks, risksFile } from '../../lib/enrich/known-risks.js';
import type { RiskProvider } from '../../lib/enrich/risk-provider.js';
import { runText, waitText } from '../../lib/enrich/risk-texts.js';
import type { Fault } from '../../lib/enrich/simulator/faults.js';
import { simulatedRisk } from '../../lib/enrich/simulator/scores.js';
import { isoUtc } from '../../lib/zone.js';
import { scratch } from '../scratch.js';
import { namesOf, none, simulated } from './simulated.js';

const still = { askedAt: () => '2026-03-01T00:00:00Z', onProgress: () => {} };
const run = (keys: readonly string[], cache: string, provider: RiskProvider, signal?: AbortSignal) =>
  askRisk(keys, cache, provider, { ...still, signal: signal ?? new AbortController().signal });

/** What is left to ask. */
function left(keys: readonly string[], cache: string): string[] {
  const known = new Set(
    [...knownRisks(cache, true).values()].flatMap(({ name, status }) => (status === 'error' ? [] : name)),
  );
  return keys.filter((key) => !known.has(key));
}

test('10,000 names at 3 a second and 2,000 a day, killed now and then: no violation, nothing asked again', async (t) => {
  const { simulator, clock, provider } = await simulated(t, { perSecond: 3, perDay: 2000 });
  const cache = scratch(t);
  const keys = namesOf(10_000);
  const concurrency = 8;
  const start = clock.time;
  let [kills, days, answered] = [0, 0, 0];
  for (let runs = 1; left(keys, cache).length > 0; runs++) {
    assert.ok(runs < 40, 'it does not end');
    const asking = provider(cache, { perSecond: 3, perDay: 2000, concurrency });
    const kill = new AbortController();
    const most = runs % 3 === 0 ? none : 397 * runs;
    let soFar = 0;
    const before = left(keys, cache);
    const { stopped, errors } = await askRisk(before, cache, asking, {
      askedAt: () => isoUtc(clock.now()),
      scoredBefore: runs > 1,
      signal: kill.signal,
      onProgress: () => {
        if (++soFar === most) kill.abort();
      },
    });
    await asking.close();
    assert.equal(errors, 0);
    const asked = simulator.seen.answered.slice(answered);
    answered = simulator.seen.answered.length;
    // What an earlier run had written is not asked for again.
    const open = new Set(before.map((name) => `domains/risk-score/${name}`));
    assert.ok(asked.every((path) => open.has(path)));
    if (kill.signal.aborted) {
      kills += 1;
      appendFileSync(risksFile(cache), '{"name":"host1.isp.example","sta');
    } else if (stopped) {
      days += 1;
      assert.ok(stopped.goOnAt !== null && stopped.goOnAt > clock.time, stopped.message);
      clock.time = stopped.goOnAt;
    }
  }
  const again = simulator.seen.answered.length - keys.length;
  assert.equal(simulator.seen.violations, 0);
  assert.ok(kills > 2, `${kills} kills`);
  assert.ok(again <= kills * concurrency, `${again} asked again after ${kills} kills`);
  // 10,000 are five days of quota; what a kill cut off counts all the same, and may lead to a sixth.
  assert.ok(days === 4 || days === 5, `${days} stops for the quota`);
  assert.ok(clock.time - start < (days + 1) * 86_400_000);
  for (const { name, status, risk_score } of knownRisks(cache, true).values()) {
    const expected = simulatedRisk(1, name ?? '');
    assert.deepEqual([status, risk_score], expected ? ['scored', expected.risk_score] : ['no_score', null]);
  }
});

test('as many requests at once as are asked for, and not more', async (t) => {
  const { simulator, provider } = await simulated(t, { latencyMs: 50 });
  await run(namesOf(96), scratch(t), provider(scratch(t), { concurrency: 12 }));
  assert.equal(simulator.seen.busiest, 12);
});

/** An error of each kind for every fifth request; the others are scored. */
const kinds: [Fault, string | null][] = [
  ['429', null],
  ['retry-after', null],
  ['pause', null],
  ['500', null],
  ['503', null],
  ['expired', null],
  ['truncated', null],
  ['reset', null],
  ['slow', null],
  ['400', 'HTTP 400'],
  ['malformed', 'malformed answer'],
  ['shape', 'malformed answer'],
  ['empty', 'malformed answer'],
  ['null', 'malformed answer'],
];

for (const [fault, error] of kinds)
  test(`${fault}: ${error ?? 'asked again until it is answered'}`, async (t) => {
    // A name's second and later requests come through.
    const { provider } = await simulated(t, { fault: (n) => (n % 5 === 0 ? fault : null) });
    const cache = scratch(t);
    const keys = namesOf(20);
    const result = await run(keys, cache, provider(cache, { concurrency: 1, timeoutMs: 200 }));
    assert.equal(result.stopped, null);
    assert.equal(result.errors, error === null ? 0 : 4);
    const rows = [...knownRisks(cache, true).values()];
    assert.equal(rows.length, 20);
    for (const row of rows.filter(({ status }) => status === 'error'))
      assert.deepEqual([row.error, row.risk_score], [error, null]);
    // Errors are not taken for answers.
    assert.equal(left(keys, cache).length, result.errors);
  });

test('an answer without a score is no score, and is not asked for again', async (t) => {
  const { provider } = await simulated(t, { fault: () => 'no-score' });
  const cache = scratch(t);
  assert.equal((await run(['a.example'], cache, provider(cache))).noScore, 1);
  const [row] = knownRisks(cache, true).values();
  assert.deepEqual([row?.status, row?.risk_score], ['no_score', null]);
  assert.deepEqual(left(['a.example'], cache), []);
});

test('that a name is not known is believed of who has scored one, and its status is kept', async (t) => {
  const { provider } = await simulated(t, { fault: (n) => (n === 1 || n === 4 ? '404' : null) });
  const cache = scratch(t);
  const keys = namesOf(5);
  const told = () =>
    [...knownRisks(cache, true).values()].map(({ status, error }) => [status, error].join(' ').trim());
  const one = provider(cache, { concurrency: 1 });
  await run(keys, cache, one);
  assert.deepEqual(told(), ['error HTTP 404', 'scored', 'scored', 'no_score HTTP 404', 'scored']);
  assert.deepEqual(left(keys, cache), ['host0.isp.example']);
});

test('of who has scored before it is believed of a few names that none is known, and not of many', async (t) => {
  const { provider } = await simulated(t, { fault: () => '404' });
  const asking = { ...still, signal: new AbortController().signal, scoredBefore: true };
  for (const [count, noScore] of [
    [19, 19],
    [20, 0],
  ] as const) {
    const cache = scratch(t);
    const result = await askRisk(namesOf(count), cache, provider(cache), asking);
    assert.deepEqual([result.noScore, result.errors], [noScore, count - noScore]);
  }
});

const ends: [Fault, RegExp][] = [
  ['404', /no answer 20 times .* HTTP 404; this run has scored nothing: check INVESTIGATE_URL/],
  ['empty', /no answer 20 times .* malformed answer; this run has scored nothing: check INVESTIGATE_URL/],
  ['null', /no answer 20 times .* malformed answer; this run has scored nothing: check INVESTIGATE_URL/],
  ['503', /no answer 20 times in succession, the last time: HTTP 503/],
  ['429', /no answer 20 times in succession, the last time: HTTP 429/],
  ['forbidden', /does not allow this key .*HTTP 403.*investigate\.investigate:read/],
  ['expired', /two tokens were refused/],
  ['redirect', /sends on to elsewhere\.example: names go to the configured host and nowhere else/],
];

for (const [fault, message] of ends)
  test(`nothing but ${fault}: the run stops and says why`, async (t) => {
    const { provider } = await simulated(t, { fault: () => fault });
    const cache = scratch(t);
    const { stopped, scored } = await run(namesOf(100), cache, provider(cache));
    assert.match(stopped?.message ?? '', message);
    assert.equal(scored, 0);
    assert.equal(left(namesOf(100), cache).length, 100);
  });

test('a pause of a minute is told, once for all requests that meet it', async (t) => {
  const { clock, provider } = await simulated(t, { fault: (n) => (n <= 4 ? 'pause' : null) });
  const cache = scratch(t);
  const start = clock.time;
  const { scored, noScore } = await run(namesOf(20), cache, provider(cache, { concurrency: 4 }));
  assert.equal(scored + noScore, 20);
  const wait = waitText();
  const texts = clock.told.flatMap((until) => wait(until) ?? []);
  assert.deepEqual(texts, [
    'the service asks for a pause (HTTP 429): nothing is asked until 2026-03-01T00:01:00Z',
  ]);
  assert.ok(clock.time - start > 60_000);
});

test('a pause of a day is not waited for: the run stops and says when to go on', async (t) => {
  const { clock, simulator, provider } = await simulated(t, {
    fault: (n) => (n > 10 ? 'long-pause' : null),
  });
  const cache = scratch(t);
  const start = clock.time;
  const result = await run(namesOf(20), cache, provider(cache, { concurrency: 1 }));
  assert.equal(result.scored + result.noScore, 10);
  assert.match(
    runText(result).at(-1) ?? '',
    /^stopped: 127\.0\.0\.1:\d+ asks for a pause \(HTTP 429, Retry-After\); go on .* after 2026-03-02T00:00:00Z$/,
  );
  assert.ok(clock.time - start < 60_000);
  assert.equal(simulator.seen.answered.length, 10);
});

test('a token is asked for once, renewed before it ends, and within its own limit', async (t) => {
  const { simulator, provider } = await simulated(t, { tokenSeconds: 600 });
  const cache = scratch(t);
  // 6,000 seconds at 3 a second would be too long here; at 1 in 5 seconds 600 names take 3,000.
  await run(namesOf(600), cache, provider(cache, { perSecond: 0.2 }));
  assert.equal(simulator.seen.answered.length, 600);
  assert.equal(simulator.seen.violations, 0);
  // 3,000 seconds in lives of 540 (a tenth before the end).
  assert.equal(simulator.seen.tokens, 6);
});

test('token requests keep to 20 a minute, however often a token is refused', async (t) => {
  const { simulator, provider } = await simulated(t, { fault: (n) => (n % 2 === 1 ? 'expired' : null) });
  const cache = scratch(t);
  const { scored, noScore } = await run(namesOf(100), cache, provider(cache, { concurrency: 1 }));
  assert.equal(scored + noScore, 100);
  assert.ok(simulator.seen.tokens > 10);
  assert.equal(simulator.seen.violations, 0);
});

test('the legacy API: one token, no other way when it is refused', async (t) => {
  const { simulator, provider } = await simulated(t);
  const cache = scratch(t);
  await run(namesOf(10), cache, provider(cache, {}, 'legacy'));
  assert.equal(simulator.seen.tokens, 0);
  assert.equal(knownRisks(cache, true).size, 10);
  const wrong = provider(cache, {}, 'legacy', { INVESTIGATE_URL: simulator.url, INVESTIGATE_TOKEN: 'x' });
  assert.match(
    (await run(['b.example'], cache, wrong)).stopped?.message ?? '',
    /HTTP 401.*INVESTIGATE_TOKEN/,
  );
});

test('a wrong key is said at once', async (t) => {
  const { simulator, provider } = await simulated(t);
  const cache = scratch(t);
  const env = { INVESTIGATE_URL: simulator.url, INVESTIGATE_KEY: 'x', INVESTIGATE_SECRET: 'y' };
  const { stopped } = await run(namesOf(50), cache, provider(cache, {}, 'v2', env));
  assert.match(stopped?.message ?? '', /no token: the key was refused \(HTTP 401\)/);
  assert.equal(readFileSync(risksFile(cache), 'utf8'), '');
});
