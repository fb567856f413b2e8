import assert from 'node:assert/strict';
import { test } from 'node:test';
import { firstYear, wasSilent, YearClock } from '../../lib/parsers/year-rule.js';

const evidence = {
  option: null,
  path: '/var/log/secure',
  nameDate: null,
  modified: Date.UTC(2019, 1, 10),
  first: { month: 1 },
  last: { month: 1, day: 5 },
  earliest: 1,
  latest: 1,
  turns: 0,
  neighbour: null,
  leapTurns: [],
};
const cases: [string, Partial<Parameters<typeof firstYear>[0]>, number, string][] = [
  ['the option is stronger than all', { option: 2001, nameDate: Date.UTC(2018, 0, 1) }, 2001, 'option:2001'],
  [
    'the date in the name is that of the end',
    { nameDate: Date.UTC(2018, 0, 1), last: { month: 11, day: 31 } },
    2017,
    'name:2018-01-01',
  ],
  ['the innermost folder of a year', { path: '/srv/2023/backup/2018/secure' }, 2018, 'path:2018'],
  ['the file time is that of the last line', {}, 2019, 'mtime:2019-02-10'],
  [
    'a last line later in the year is of the year before',
    { last: { month: 5, day: 1 } },
    2018,
    'mtime:2019-02-10',
  ],
  [
    'a stamp of the file that has its year is stronger than the name',
    { neighbour: 2016, nameDate: Date.UTC(2018, 0, 1) },
    2016,
    'neighbour:2016',
  ],
  ['a 29 February fits leap years only', { leapTurns: [0] }, 2016, 'mtime:2019-02-10'],
  ['years in between count back', { turns: 2 }, 2017, 'mtime:2019-02-10'],
];
for (const [name, more, year, rule] of cases)
  test(name, () => {
    const found = firstYear({ ...evidence, ...more });
    assert.deepEqual([found.year, found.rule], [year, rule]);
  });

const november = { modified: Date.UTC(2019, 10, 21), first: { month: 10 }, last: { month: 10, day: 20 } };
const early = { first: { month: 0 }, last: { month: 11, day: 20 }, turns: -1, earliest: -1 };
const december20 = Date.UTC(2019, 11, 22);
const limits: [string, Partial<Parameters<typeof firstYear>[0]>, unknown[]][] = [
  ['a line after the file is not of the next year', { ...november, latest: 12 }, ['weak', 2019 * 12 + 10]],
  ['none is after it', { ...november, latest: 10 }, ['weak', null]],
  [
    'a name makes no year sure that a line is after',
    { ...november, nameDate: december20, latest: 12 },
    ['weak', 2019 * 12 + 11],
  ],
  [
    'a year of the user that the file is after is not held against it',
    { option: 2030, latest: 12 },
    ['exact', null],
  ],
  ['a late line of before the first year leaves it unsure', { option: 2019, earliest: -1 }, ['weak', null]],
];
for (const [name, more, expected] of limits)
  test(name, () => {
    const { certainty, until } = firstYear({ ...evidence, ...more });
    assert.deepEqual([certainty, until], expected);
  });

test('a log that ends in the December before its January was silent, unless it can have been late', () => {
  const silent = (more: object): boolean => wasSilent({ ...evidence, ...early, ...more });
  assert.ok(silent({ nameDate: december20 }));
  assert.ok(silent({ nameDate: december20, option: 2019 }));
  assert.ok(!silent({ nameDate: Date.UTC(2020, 0, 1), last: { month: 11, day: 31 } }));
  assert.ok(!silent({ nameDate: Date.UTC(2020, 0, 1), last: { month: 11, day: 31 }, option: 2020 }));
  assert.ok(!silent({ nameDate: december20, turns: 0 }));
});

const names = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');
const runs: [string, string, string][] = [
  ['the year turns', 'Nov Dec Jan Feb', '18 18 19 19'],
  ['twice', 'Dec Jan Jun Dec Jan', '18 19 19 19 20'],
  ['a late line is of the old year', 'Dec Jan Dec Jan', '18 19 18 19'],
  ['a line of the month before turns nothing', 'Mar Feb Mar Apr', '18 18 18 18'],
  ['a boot without a clock moves nothing, early in the year', 'May Jan May Jun', '18 18 18 18'],
  ['silent for half a year', 'Jan Aug Aug Sep', '18 18 18 18'],
  ['and once more', 'Nov Jan Aug Jan', '18 19 19 20'],
  ['a late line of the month before the turn', 'Dec Jan Nov Jan', '18 19 18 19'],
  ['a late line at the start', 'Jan Dec Jan', '18 17 18'],
  ['and late in it, but for its own lines', 'Nov Jan Nov Dec Jan', '18 19 18 18 19'],
];
for (const [name, months, years] of runs)
  test(`year clock: ${name}`, () => {
    const clock = new YearClock({ year: 2018, month: null });
    assert.equal(
      months
        .split(' ')
        .map((month) => clock.at(names.indexOf(month)) - 2000)
        .join(' '),
      years,
    );
  });
