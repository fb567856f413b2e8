import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { parse } from 'csv-parse/sync';
import { frameColumns } from '../../lib/frames/csv.js';
import { PieceSink } from '../../lib/frames/piece-sink.js';
import { LogReader } from '../../lib/frames/read-log.js';
import { parseEnvelope } from '../../lib/parsers/envelope.js';
import { failuresOf } from '../../lib/simulate/failures-of.js';
import { defaultSite } from '../../lib/site.js';
import { zoneClock } from '../../lib/zone.js';
import { fixtureCases } from '../fixtures.js';
import { samplesFolder } from '../peers/fail2ban-samples.js';
import { otherwise } from './filter-exceptions.js';

/** Which lines fail2ban's own filter takes for a failure. */
function fail2banSays(filter: string, mode: string, lines: readonly string[]): boolean[] {
  const script = fileURLToPath(new URL('fail2ban-filter.py', import.meta.url));
  const { stdout, stderr, status } = spawnSync('python3', [script, filter, mode], {
    input: lines.join('\n'),
    encoding: 'utf8',
  });
  assert.equal(status, 0, stderr);
  return stdout.split('\n').map((answer) => answer !== '');
}

/** Which lines failuresOf takes for one, by the rows that an import makes of them. */
function weSay(lines: readonly string[]): boolean[] {
  const sink = new PieceSink('filters', defaultSite);
  new LogReader(zoneClock('UTC'), { year: 2005, month: null }, sink).read(
    Buffer.from(`${lines.join('\n')}\n`),
    1,
  );
  const columns = [...frameColumns('auth')];
  const rows: Record<string, string>[] = parse(Buffer.from(sink.result(lines.length).frames.auth.bytes), {
    columns,
  });
  const failing = new Set(
    rows
      .filter(({ address, name }) => address !== '' || name !== '')
      .filter(
        ({ service, event, method, account_exists, count }) =>
          failuresOf({
            service: service as never,
            event: event as never,
            method: method || null,
            account_exists: account_exists ? account_exists === 'true' : null,
            count: Number(count),
          }) > 0,
      )
      .map(({ line }) => Number(line)),
  );
  return lines.map((_, index) => failing.has(index + 1));
}

const withStamp = (line: string): string =>
  line === '' || parseEnvelope(line) ? line : `Jan  1 00:00:00 ${line.trimStart()}`;

const sampleLines = (file: string): string[] =>
  readFileSync(`${samplesFolder}/${file}`, 'utf8')
    .split('\n')
    .map((line) => (line.startsWith('#') ? '' : withStamp(line)));

const fixtureLines = (parser: string): string[] =>
  fixtureCases(parser).flatMap(({ input }) => readFileSync(input, 'utf8').split('\n'));

for (const [filter, mode, parser, files] of [
  ['sshd', 'normal', 'sshd', ['sshd', 'sshd-journal']],
  ['postfix', 'auth', 'postfix', ['postfix']],
  ['dovecot', 'normal', 'dovecot', ['dovecot']],
] as const)
  test(`the filter ${filter} takes the same lines for failures`, (t) => {
    if (samplesFolder === null) {
      assert.ok(!process.env.CI, 'fail2ban is not installed: apt-get install fail2ban');
      t.skip('fail2ban is not installed: apt-get install fail2ban');
      return;
    }
    const sources = [fixtureLines(parser), ...files.map(sampleLines)];
    const differing = new Map<string, string>();
    let failures = 0;
    for (const lines of sources) {
      const theirs = fail2banSays(filter, mode, lines);
      const ours = weSay(lines);
      for (const [index, line] of lines.entries()) {
        if (ours[index]) failures += 1;
        if (ours[index] === theirs[index]) continue;
        const key = createHash('sha256').update(line).digest('hex').slice(0, 8);
        differing.set(key, `${ours[index] ? 'ours' : 'theirs'}: ${line}`);
      }
    }
    assert.ok(failures > 10);
    const listed = otherwise[filter] ?? {};
    assert.deepEqual(
      [...differing].filter(([key]) => !(key in listed)),
      [],
      'lines that are a failure to one alone (the list is that of release 1.0.2)',
    );
    assert.deepEqual(
      Object.keys(listed).filter((key) => !differing.has(key)),
      [],
      'exceptions that are none any more',
    );
    t.diagnostic(`${failures} failures; ${differing.size} lines read otherwise, each listed with its reason`);
  });
