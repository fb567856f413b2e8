import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { lockCache } from '../../lib/enrich/cache-lock.js';
import { hasCache, stampFile } from '../../lib/enrich/cache-stamp.js';
import { systemClock } from '../../lib/enrich/clock.js';
import { namesFile } from '../../lib/enrich/known-names.js';
import { knownRisks, risksFile } from '../../lib/enrich/known-risks.js';
import type { Fault } from '../../lib/enrich/simulator/faults.js';
import {
  credentials,
  investigateSimulator,
  type SimulatorOptions,
} from '../../lib/enrich/simulator/simulator.js';
import { readFrame } from '../../lib/frames/csv.js';
import { lookUpRisk } from '../../lib/look-up-risk.js';
import { makeFrames } from '../../lib/make-frames.js';
import { refreshFrames } from '../../lib/refresh-frames.js';
import { riskLookup } from '../../lib/risk-cells.js';
import { defaultSite } from '../../lib/site.js';
import { scratch } from '../scratch.js';
import { environment, none } from './simulated.js';

const cli = new URL('../../lib/cli.ts', import.meta.url).pathname;

/** Frames of so many addresses that have names, with the cache that knows them. */
async function named(t: TestContext, count: number, synthetic = true) {
  const folder = scratch(t);
  const [frames, cache, raw] = ['frames', 'cache', 'raw'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  for (const path of [cache, raw]) mkdirSync(path);
  const addresses = Array.from({ length: count }, (_, i) => `192.0.2.${i}`);
  const lines = addresses.map(
    (address) => `2019-06-01T00:00:00Z host1 sshd[7]: Failed password for root from ${address} port 5 ssh2\n`,
  );
  if (synthetic) lines.unshift('2019-06-01T00:00:00Z host1 banbook-forge[1]: synthetic\n');
  writeFileSync(join(raw, 'log'), lines.join(''));
  const known = addresses.map((address, i) => {
    const name = i % 4 === 3 ? null : `host${i}.isp.example`;
    const status = name === null ? 'none' : 'confirmed';
    return `${JSON.stringify({ address, name, status, asked_at: '2019-06-01T00:00:00Z', source: 'dns' })}\n`;
  });
  writeFileSync(namesFile(cache), known.join(''));
  await makeFrames([raw], frames, defaultSite, { year: null, threads: 1, cache, onProgress: () => {} });
  return { frames, cache, folder, raw };
}

async function simulator(t: TestContext, options: Partial<SimulatorOptions> = {}) {
  const server = await investigateSimulator({
    seed: 1,
    perSecond: none,
    perDay: none,
    tokenSeconds: 3600,
    latencyMs: 0,
    port: 0,
    fault: () => null,
    clock: systemClock,
    ...options,
  });
  t.after(() => server.close());
  return server;
}

function start(args: readonly string[], env: NodeJS.ProcessEnv): ChildProcess {
  return spawn(process.execPath, ['--import', 'tsx', cli, ...args], {
    env: { PATH: process.env.PATH, TZ: 'Pacific/Chatham', ...env },
  });
}

async function run(args: readonly string[], env: NodeJS.ProcessEnv = {}) {
  const child = start(args, env);
  let [stdout, stderr] = ['', ''];
  child.stdout?.on('data', (text) => (stdout += text));
  child.stderr?.on('data', (text) => (stderr += text));
  const [status] = await once(child, 'close');
  return { status, stdout, stderr };
}

test('a plan asks nobody; a run scores the names, and the next one has nothing to ask', async (t) => {
  const { frames, cache } = await named(t, 40);
  const args = ['risk', '--frames', frames, '--cache', cache];
  const plan = await run([...args, '--plan']);
  assert.match(
    plan.stdout,
    /^40 addresses, 10 without a host name; 30 to know of, 0 already answered\nto ask: 30/,
  );
  assert.ok(!existsSync(risksFile(cache)));
  const first = await run(args);
  assert.equal(first.status, 0, first.stderr);
  assert.match(first.stdout, /asked: simulator\n\d+ scored, \d+ without a score, 0 without an answer\n$/);
  const rows = await readFrame(frames, 'risk');
  assert.equal(rows.length, 30);
  assert.ok(rows.every(({ api }) => api === 'simulator'));
  const before = readFileSync(risksFile(cache), 'utf8');
  assert.match((await run(args)).stdout, /30 already answered\nto ask: 0/);
  assert.equal(readFileSync(risksFile(cache), 'utf8'), before);
});

test('frames made anew are those that were brought up to date', async (t) => {
  const { frames, cache, raw, folder } = await named(t, 20);
  await lookUpRisk(frames, cache, { env: {} });
  const anew = join(folder, 'anew');
  await makeFrames([raw], anew, defaultSite, { year: null, threads: 1, cache, onProgress: () => {} });
  for (const file of ['addresses.csv', 'risk.csv', 'findings.csv', 'datapackage.json'])
    assert.equal(readFileSync(join(frames, file), 'utf8'), readFileSync(join(anew, file), 'utf8'), file);
});

test('an answer that comes while the frames are brought up to date is in them', async (t) => {
  const { frames, cache } = await named(t, 5);
  writeFileSync(stampFile(frames), 'input\nof an older cache');
  const refreshing = refreshFrames(frames, cache);
  const row = { name: 'host1.isp.example', status: 'scored', risk_score: 7, api: 'simulator' };
  writeFileSync(risksFile(cache), `${JSON.stringify({ ...row, asked_at: '2019-12-01T00:00:00Z' })}\n`);
  await refreshing;
  assert.ok(hasCache(frames, cache));
  assert.deepEqual(
    (await readFrame(frames, 'risk')).map(({ risk_score }) => risk_score),
    [7],
  );
});

test('home: only names of addresses in the home country', async (t) => {
  const { frames, cache } = await named(t, 8);
  const { plan } = await lookUpRisk(frames, cache, { env: {}, only: 'home', asks: () => false });
  // Documentation addresses have no country.
  assert.deepEqual([plan.addresses, plan.keys], [0, []]);
});

test('killed at any point, a run goes on and asks nothing twice that was written', async (t) => {
  const { frames, cache } = await named(t, 200);
  const server = await simulator(t, { latencyMs: 15 });
  const env = environment(server.url, 'v2');
  const args = ['risk', '--frames', frames, '--cache', cache, '--rate', '100000', '--concurrency', '4'];
  const written: [names: Set<string>, from: number][] = [];
  let kills = 0;
  for (const size of [1, 4000, 12_000]) {
    const child = start(args, env);
    const closed = once(child, 'close');
    while (
      child.exitCode === null &&
      (statSync(risksFile(cache), { throwIfNoEntry: false })?.size ?? 0) < size
    )
      await new Promise((resolve) => setTimeout(resolve, 5));
    if (child.exitCode === null) kills += 1;
    child.kill('SIGKILL');
    await closed;
    const names = [...knownRisks(cache, true).values()].map(({ name }) => `domains/risk-score/${name}`);
    // What the killed run had sent may still come in.
    written.push([new Set(names), server.seen.answered.length + 4]);
  }
  const last = await run(args, env);
  assert.equal(last.status, 0, last.stderr);
  assert.equal(kills, 3);
  assert.equal((await readFrame(frames, 'risk')).length, 150);
  for (const [names, from] of written)
    for (const path of server.seen.answered.slice(from)) assert.ok(!names.has(path), path);
  assert.ok(server.seen.answered.length <= 150 + 4 * kills, `${server.seen.answered.length} requests`);
});

test('two runs at once: the second says who has the cache, and nobody is asked twice', async (t) => {
  const { frames, cache } = await named(t, 60);
  const server = await simulator(t, { latencyMs: 100 });
  const env = environment(server.url, 'v2');
  const args = ['risk', '--frames', frames, '--cache', cache, '--rate', '100000', '--concurrency', '4'];
  const first = start(args, env);
  const closed = once(first, 'close');
  while (!existsSync(risksFile(cache))) await new Promise((resolve) => setTimeout(resolve, 5));
  const second = await run(args, env);
  assert.equal(second.status, 1);
  assert.match(second.stderr, new RegExp(`another run is asking .*process ${first.pid} on .*risk\\.lock`));
  assert.equal((await run([...args, '--plan'], env)).status, 0);
  assert.deepEqual(await closed, [0, null]);
  assert.equal(new Set(server.seen.answered).size, 45);
  assert.equal(server.seen.answered.length, 45);
  assert.ok(!existsSync(join(cache, 'risk.lock')));
});

test('a run that may not begin ends at once, also where the simulator is its own', async (t) => {
  const { frames, cache } = await named(t, 4);
  t.after(lockCache(cache, 'risk'));
  const { status, stderr } = await run(['risk', '--frames', frames, '--cache', cache]);
  assert.equal(status, 1);
  assert.match(stderr, /another run is asking/);
});

test('the key is in no output, cache, frame or error', async (t) => {
  const { frames, cache, folder } = await named(t, 8);
  const faults: Readonly<Record<number, Fault>> = { 2: 'echo', 4: 'expired', 6: '400', 9: 'echo' };
  const server = await simulator(t, { fault: (n) => faults[n] ?? null });
  const keyFile = join(folder, 'key');
  const secrets = Object.values(credentials);
  const outputs: string[] = [];
  const args = ['risk', '--frames', frames, '--cache', cache, '--rate', '100000', '--concurrency', '1'];
  for (const version of ['v2', 'legacy'] as const) {
    const values = environment(server.url, version);
    writeFileSync(
      keyFile,
      Object.entries(values)
        .map(([name, value]) => `${name}=${value}\n`)
        .join(''),
      { mode: 0o600 },
    );
    for (const env of [
      values,
      { INVESTIGATE_KEY_FILE: keyFile },
      { ...values, INVESTIGATE_URL: 'http://127.0.0.1:1' },
    ]) {
      const { stdout, stderr } = await run([...args, '--plan'], env);
      outputs.push(stdout, stderr);
    }
    const { stdout, stderr } = await run(args, values);
    outputs.push(stdout, stderr);
  }
  const basic = Buffer.from(`${credentials.key}:${credentials.secret}`).toString('base64');
  const files = [frames, cache].flatMap((path) =>
    readdirSync(path).map((file) => readFileSync(join(path, file), 'utf8')),
  );
  assert.ok(files.length > 10 && outputs.join('').length > 100);
  for (const text of [...outputs, ...files])
    for (const secret of [...secrets, basic, 'Bearer'])
      assert.ok(!text.includes(secret), `${secret} in ${text.slice(0, 300)}`);
});

test('synthetic names do not go to the real API; real ones go nowhere without one', async (t) => {
  const made = await named(t, 4);
  const real = { INVESTIGATE_KEY: 'k3y', INVESTIGATE_SECRET: 's3cret' };
  const simulated = await run(['risk', '--frames', made.frames, '--cache', made.cache], real);
  assert.equal(simulated.status, 0, simulated.stderr);
  assert.match(
    simulated.stdout,
    /asked: simulator\nthese frames are synthetic.*api\.umbrella\.com is not asked/,
  );
  assert.doesNotMatch(simulated.stdout, /k3y|s3cret/);
  const { frames, cache } = await named(t, 4, false);
  const nobody = await run(['risk', '--frames', frames, '--cache', cache]);
  assert.equal(nobody.status, 2);
  assert.match(nobody.stdout, /to ask: 3, which takes 1 s\nnobody is asked: set INVESTIGATE_KEY/);
  assert.equal((await readFrame(frames, 'risk')).length, 0);
});

test('real names do not go to loopback, whose answers count as made up', async (t) => {
  const { frames, cache } = await named(t, 4, false);
  const server = await simulator(t);
  const args = ['risk', '--frames', frames, '--cache', cache];
  const { status, stderr } = await run(args, environment(server.url, 'v2'));
  assert.equal(status, 2);
  assert.match(stderr, /^banbook: INVESTIGATE_URL: 127\.0\.0\.1:\d+ is on loopback.*frames are of real logs/);
  assert.deepEqual([server.seen.tokens, server.seen.answered], [0, []]);
});

test('the cell of a synthetic year has nothing to ask, with a key in the environment as without', async (t) => {
  const { frames, cache } = await named(t, 20);
  await lookUpRisk(frames, cache, { env: {} });
  const keys = { INVESTIGATE_KEY: 'k3y', INVESTIGATE_SECRET: 's3cret' };
  const before = { ...process.env };
  t.after(() => {
    process.env = before;
  });
  Object.assign(process.env, keys);
  const lines = await riskLookup({ folder: frames }, { cache });
  assert.match(lines.join('\n'), /to ask: 0, .*\nasked: simulator\nthese frames are synthetic/);
});

test('a block list as the source: addresses, offline', async (t) => {
  const { frames, cache, folder } = await named(t, 8, false);
  const list = join(folder, 'list');
  writeFileSync(list, '192.0.2.0/30\n');
  const args = ['risk', '--frames', frames, '--cache', cache, '--provider', 'blocklist', '--list', list];
  const { status, stdout, stderr } = await run(args);
  assert.equal(status, 0, stderr);
  assert.match(stdout, /4 scored, 4 without a score/);
  const rows = await readFrame(frames, 'risk');
  assert.deepEqual(
    rows.filter((row) => row.blocked).map((row) => row.address),
    ['192.0.2.0', '192.0.2.1', '192.0.2.2', '192.0.2.3'],
  );
});

for (const [args, says] of [
  [['risk'], /expected --frames/],
  [['risk', '--frames', 'x', '--rate', '-1'], /--rate/],
  [['risk', '--frames', 'x', '--provider', 'other'], /--provider is investigate or blocklist/],
  [['risk', '--frames', 'x', '--provider', 'blocklist'], /belong together/],
  [['names'], /expected --frames/],
  [['names', '--frames', 'x', '--server', 'ns.example'], /--server: expected an address/],
  [['names', '--frames', 'x', '--server', '127.0.0.1:0'], /--server: expected .*ports 1 to 65535.*:0"/],
  [['names', '--frames', 'x', '--server', '[::1]:99999'], /--server: expected .*ports 1 to 65535.*:99999"/],
  [['investigate-sim', '--fault', 'none-such'], /--fault is one of/],
  [['investigate-sim', '--port', '99999'], /--port must be .* from 0 to 65535, got "99999"/],
  [['investigate-sim', '--seed', '1.5'], /--seed must be a whole number, got "1\.5"/],
  [['investigate-sim', '--rate', '0'], /--rate must be a number above 0, got "0"/],
  [['investigate-sim', '--per-day', '0'], /--per-day must be a whole number above 0, got "0"/],
  [['investigate-sim', '--token-life', '0'], /--token-life must be .* above 0, got "0"/],
  [['investigate-sim', '--latency', ''], /--latency must be .* milliseconds, .*got ""/],
  [['investigate-sim', '--every', '0'], /--every must be a whole number above 0, got "0"/],
] as const)
  test(`wrong use, exit 2: ${args.join(' ')}`, async () => {
    const { status, stderr } = await run(args);
    assert.equal(status, 2);
    assert.match(stderr, says);
    assert.doesNotMatch(stderr, / {4}at /);
  });
