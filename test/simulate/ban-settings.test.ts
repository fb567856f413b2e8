import assert from 'node:assert/strict';
import { test } from 'node:test';
import { siteOf } from '../../lib/site.js';

const of = (increment: unknown) => () => siteOf({ bans: { sshd: { increment } } }, 'x');

for (const increment of [
  null,
  {},
  { multipliers: [1, 2, 4], factor: '7 % 4', formula: null },
  { maxtime: 604_800, rndtime: 60, overalljails: true, formula: 'ban.Time * 2' },
])
  test(`takes ${JSON.stringify(increment)}`, () => assert.doesNotThrow(of(increment)));

for (const [increment, says] of [
  [
    { multipliers: [1, 2, 4.5] },
    '"multipliers" of "increment" must be null or whole numbers from 1 such as [1, 2, 4], got [1,2,4.5]',
  ],
  [
    { multipliers: [] },
    '"multipliers" of "increment" must be null or whole numbers from 1 such as [1, 2, 4], got []',
  ],
  [
    { formula: 'ban.Time\n* 2' },
    '"formula" of "increment" must be null or an expression of one line, in Python, got "ban.Time\\n* 2"',
  ],
  [{ factor: '1\r' }, '"factor" of "increment" must be an expression of one line, in Python, got "1\\r"'],
  [{ maxtime: '1w' }, '"maxtime" of "increment" must be null or whole seconds from 1, got "1w"'],
  [{ rndtime: 0.5 }, '"rndtime" of "increment" must be null or whole seconds from 1, got 0.5'],
  [{ overalljails: 1 }, '"overalljails" of "increment" must be true or false, got 1'],
] as const)
  test(`refuses ${JSON.stringify(increment)}`, () =>
    assert.throws(of(increment), { name: 'UserError', message: `site settings: ${says}` }));

for (const increment of [[], 'true', { factr: '1' }])
  test(`refuses ${JSON.stringify(increment)}`, () =>
    assert.throws(of(increment), {
      name: 'UserError',
      message: /^x: "bans" must be an object of jail name to/,
    }));
