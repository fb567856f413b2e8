import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type BanSettings, fail2banDefaults, incrementDefaults } from '../../lib/ban-settings.js';
import { usualGap } from '../../lib/simulate/bounds.js';
import { figureNames, figuresOfSetting } from '../../lib/simulate/figures-of-setting.js';
import { world } from '../../lib/simulate/world.js';
import { type Attacker, live, logOf, population, returners, truthOf } from './attackers.js';

const of = (maxretry: number, findtime: number, bantime: number): BanSettings => ({
  ...fail2banDefaults,
  ...{ maxretry, findtime, bantime },
});

/** Settings under which the log is written. */
const real = [of(3, 1800, 360_000), of(5, 600, 360_000), of(2, 5400, 864_000)];
/** Settings that are asked about. */
const asked: readonly BanSettings[] = [
  of(3, 1800, 360_000),
  of(1, 600, 3600),
  of(3, 1800, 36_000),
  of(3, 1800, 864_000),
  of(5, 600, 600),
  of(10, 600, -1),
  of(2, 5400, 36_000),
  of(100, 60, 600),
  { ...of(3, 1800, 600), increment: { ...incrementDefaults, maxtime: 604_800 } },
];
const seeds = 25;
const rounding = 1e-9;
const nameOf = ({ maxretry, findtime, bantime, increment }: BanSettings) =>
  [maxretry, findtime, bantime, ...(increment ? ['growing'] : [])].join('/');

/** What of the truth lies outside the bounds, over populations that lived under each of the real settings. */
function outsideOf(
  populations: readonly (readonly Attacker[])[],
  isAsked: (settings: BanSettings, was: BanSettings) => boolean,
) {
  const outside: string[] = [];
  let checked = 0;
  for (const [seed, attackers] of populations.entries())
    for (const was of real) {
      const { rows, bans } = live(attackers, was);
      const log = logOf(attackers, { rows, bans });
      const habits = { findtime: was.findtime, gap: usualGap([log]) };
      for (const settings of asked.filter((one) => isAsked(one, was))) {
        const truth = truthOf(live(attackers, settings), rows);
        const figures = figuresOfSetting([log], settings, habits, () => 0.5);
        for (const name of figureNames) {
          const { lower, upper } = figures[name];
          const value = truth[name];
          checked += 1;
          if (value < lower - rounding || value > upper + rounding)
            outside.push(
              `seed ${seed}, ${nameOf(was)} → ${nameOf(settings)}: ${name} ${value} not in ${lower}–${upper}`,
            );
        }
      }
    }
  return { outside, found: `${checked} figures of ${populations.length} seeds` };
}

test('what would have happened lies within the bounds, for attackers who give up or go on at their pace', (t) => {
  const { outside, found } = outsideOf(
    Array.from({ length: seeds }, (_, seed) => population(seed, 120)),
    () => true,
  );
  t.diagnostic(found);
  assert.deepEqual(outside, []);
});

test('and for those who come back during a ban, later or more slowly, where bans are shorter than the real ones', (t) => {
  const { outside, found } = outsideOf(
    Array.from({ length: seeds }, (_, seed) => returners(seed, 120)),
    ({ bantime, increment }, was) => bantime > 0 && bantime < was.bantime && increment === null,
  );
  t.diagnostic(found);
  assert.deepEqual(outside, []);
});

test('an even pace of maxretry - 1.5 tries a findtime is never banned, a quicker one is', () => {
  const isBanned = (maxretry: number, gap: number): boolean => {
    const place = world(of(maxretry, 86_400, 600), 0, 1e9, () => 0.5);
    place.begin(0);
    for (let at = 0; at < 200; at++) place.meet(at * gap, 1, 1, 0);
    return place.end().bans > 0;
  };
  for (const maxretry of [3, 4, 5, 10, 30]) {
    const gap = 86_400 / (maxretry - 1.5);
    assert.deepEqual(
      [isBanned(maxretry, Math.ceil(gap + 1)), isBanned(maxretry, Math.floor(gap - 1))],
      [false, true],
    );
  }
});

test('under the settings that the log was written with, nothing is left open', () => {
  const attackers = population(3, 200);
  const [was = of(3, 1800, 360_000)] = real;
  const life = live(attackers, was);
  const log = logOf(attackers, life);
  const figures = figuresOfSetting([log], was, { findtime: was.findtime, gap: 60 }, () => 0.5);
  const truth = truthOf(life, life.rows);
  for (const name of ['bans', 'tableMax', 'tableMean'] as const)
    assert.ok(Math.abs(figures[name].upper - truth[name]) <= truth[name] * 0.001, name);
  assert.ok(figures.through.upper >= truth.through && figures.through.lower <= truth.through);
});
