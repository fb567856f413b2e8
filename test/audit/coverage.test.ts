import assert from 'node:assert/strict';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { coverageCommand } from '../../lib/commands/coverage.js';
import { coverageOf, unknownExamples } from '../../lib/coverage.js';
import { makeFrames } from '../../lib/make-frames.js';
import { defaultSite } from '../../lib/site.js';
import { scratch } from '../scratch.js';

const quiet = { year: 2018, threads: 1, onProgress: () => {} };
const log = `Dec  1 00:00:00 host1 sshd[7]: Failed password for root from 192.0.2.1 port 5 ssh2
Dec  1 00:00:01 host1 sshd[7]: a new wording for user eve
Jan  1 00:00:02 host1 sshd[7]: a new wording for user mallory
Jan  1 00:00:03 host1 kernel: noise
no stamp
`;

test('coverage counts every line by class and template and shows an example of what is unknown', async (t) => {
  const folder = scratch(t, { 'in/secure': log });
  const out = join(folder, 'frames');
  await makeFrames([join(folder, 'in')], out, defaultSite, quiet);
  const report = await coverageOf(out);
  assert.deepEqual([report.lines, report.classes], [5, { event: 1, noise: 1, unknown: 2, malformed: 1 }]);
  assert.deepEqual(
    report.templates.map(({ class: kind, lines, from, to }) => [kind, lines, from, to]),
    [
      ['event', 1, '2018-12', '2018-12'],
      ['noise', 1, '2019-01', '2019-01'],
      ['unknown', 2, '2018-12', '2019-01'],
      ['malformed', 1, null, null],
    ],
  );
  const [first] = await unknownExamples(out, report.templates, 1);
  assert.equal(first?.found?.text, log.split('\n')[1]);

  rmSync(join(folder, 'in'), { recursive: true });
  const [gone] = await unknownExamples(out, report.templates, 1);
  assert.equal(gone?.found, null);
});

test('coverage that does not add up is an error', async (t) => {
  const folder = scratch(t, { 'in/secure': log });
  const out = join(folder, 'frames');
  await makeFrames([join(folder, 'in')], out, defaultSite, quiet);
  await assert.rejects(coverageOf(out, 'nobody'), /no source "nobody"/);
  const path = join(out, 'coverage.csv');
  writeFileSync(path, readFileSync(path, 'utf8').replace(/\n[^\n]+\n$/, '\n'));
  await assert.rejects(coverageOf(out), /add up to \d lines, sources\.csv says 5/);
});

test('the command prints classes, totals and examples without control characters, or JSON', async (t) => {
  const hostile = `${log}Jan  1 00:00:04 host1 sshd[7]: \u001b[31m a second wording ${'x'.repeat(300)}\n`;
  const out = join(scratch(t), 'frames');
  const folder = scratch(t, { secure: hostile });
  await makeFrames([folder], out, defaultSite, quiet);
  let printed = '';
  t.mock.method(process.stdout, 'write', (text: string) => {
    printed += text;
    return true;
  });
  assert.equal(await coverageCommand.run(['--frames', out]), 0);
  assert.match(printed, /^class +template +lines +share +sources +months$/m);
  assert.match(printed, /^unknown +sshd: a new wording .* 2 +33\.3 % +1 +2018-12 – 2019-01$/m);
  assert.match(printed, /^unknown += all +3 +50\.0 %$/m);
  assert.match(printed, /6 lines in all: the classes add up\./);
  assert.match(printed, /secure:2: Dec {2}1 00:00:01 host1 sshd\[7\]: a new wording for user eve$/m);
  assert.match(printed, /secure:6: .*#033\[31m a second wording x+…$/m);
  assert.match(printed, /a pattern in lib\/parsers\/, a line in test\/fixtures\//);
  assert.ok(!printed.includes('\u001b'));

  printed = '';
  rmSync(folder, { recursive: true });
  assert.equal(await coverageCommand.run(['--frames', out, '--unknown', '1', '--json']), 0);
  const { lines, classes, examples } = JSON.parse(printed);
  assert.deepEqual([lines, classes.unknown, examples.length, examples[0].found], [6, 3, 1, null]);
  await assert.rejects(coverageCommand.run([]), /expected --frames DIR/);
  await assert.rejects(
    coverageCommand.run(['--frames', out, '--unknown', 'x']),
    /--unknown must be a number/,
  );
});
