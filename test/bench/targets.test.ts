import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Contender } from './contenders.js';
import type { Input, Inputs } from './input.js';
import type { Run } from './measure.js';
import { median, resultsOf } from './results.js';
import { tableText } from './table.js';
import { verdicts } from './targets.js';

const input = (name: string): Input => ({
  name,
  path: name,
  bytes: 1e6,
  lines: 1000,
  addresses: 10,
  events: 5,
});
const inputs: Inputs = { sshd: input('s'), maillog: input('l'), mails: input('m'), grown: input('g') };

const contender = (apt: string | null, from: Input, lines = from.lines): Contender => ({
  name: apt ?? 'banbook',
  apt,
  input: from,
  argv: [],
  lines,
  answer: /x/,
  expected: null,
});
const runs = (...walls: number[]): Run[] => walls.map((wall) => ({ wall, cpu: wall, peak: 100 * wall }));

const measured = new Map<Contender, Run[]>([
  [contender(null, inputs.sshd), runs(2, 1.9, 2.1)],
  [contender('mawk', inputs.sshd), runs(1)],
  [contender('lnav', inputs.sshd), []],
  [contender('logwatch', inputs.sshd, 100), runs(3)],
  [contender('fail2ban', inputs.sshd, 50), runs(4.9)],
  [contender(null, inputs.mails), runs(1)],
  [contender('python3', inputs.mails), runs(20)],
  [contender(null, inputs.grown ?? inputs.sshd), runs(4.1)],
]);

test('median: the middle one, or the mean of the two in the middle', () => {
  assert.equal(median([3, 1, 2]), 2);
  assert.equal(median([4, 1, 2, 3]), 2.5);
});

test('what read a part is scaled to all lines; memory is not', () => {
  const [, , , logwatch] = resultsOf(measured);
  assert.equal(logwatch?.wall, 30);
  assert.equal(logwatch?.ratio, 15);
  assert.equal(logwatch?.peak, 300);
});

test('each target is met, not met, or named as not measured', () => {
  const met = verdicts(resultsOf(measured), inputs).map((verdict) => verdict.met);
  //                      mawk  lnav  logwatch fail2ban python memory growth: memory, time
  assert.deepEqual(met, [true, null, true, false, true, false, false, true]);
  const withoutGrowth = verdicts(resultsOf(measured), { ...inputs, grown: null }).map(
    (verdict) => verdict.met,
  );
  assert.deepEqual(withoutGrowth.slice(-2), [null, null]);
});

test('the table names what is missing, and its package', () => {
  const results = resultsOf(measured);
  const text = tableText([], [inputs.sshd], results, verdicts(results, inputs));
  assert.match(text, /^ {2}lnav +missing: apt install lnav$/m);
  assert.match(text, /^not measured +sshd log: faster than lnav: lnav is missing/m);
  assert.match(
    text,
    /^NOT MET +sshd log: at least 50 times as fast as fail2ban-regex: banbook is 49\.0 times/m,
  );
});
