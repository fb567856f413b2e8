import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type BanSettings, fail2banDefaults, incrementDefaults } from '../../lib/ban-settings.js';
import { usualGap } from '../../lib/simulate/bounds.js';
import { figureNames, figuresOfSetting } from '../../lib/simulate/figures-of-setting.js';
import type { JailLog, JailRow } from '../../lib/simulate/jail-log.js';
import { world } from '../../lib/simulate/world.js';
import { type Attacker, type Life, live, logOf, population, returners, truthOf } from './attackers.js';
import { forgedYear, seenInYear } from './forged-year.js';

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
  of(10, 600, 36_000),
  of(2, 5400, 36_000),
  of(100, 60, 600),
  { ...of(3, 1800, 600), increment: { ...incrementDefaults, maxtime: 604_800 } },
];
const seeds = 25;
const forgedYears = 12;
const rounding = 1e-9;
const nameOf = ({ maxretry, findtime, bantime, increment }: BanSettings) =>
  [maxretry, findtime, bantime, ...(increment ? ['growing'] : [])].join('/');

const isShorter = ({ bantime, increment }: BanSettings, was: BanSettings): boolean =>
  bantime > 0 && bantime < was.bantime && increment === null;

/** A log, and what really happens under other settings. */
interface Case {
  readonly name: string;
  readonly was: BanSettings;
  readonly log: JailLog;
  readonly rows: readonly JailRow[];
  readonly live: (settings: BanSettings) => Life;
}

/** Populations that lived under each of the real settings. */
const casesOf = (populations: readonly (readonly Attacker[])[]): Case[] =>
  populations.flatMap((attackers, seed) =>
    real.map((was) => {
      const { rows, bans } = live(attackers, was);
      const log = logOf(attackers, { rows, bans });
      return { name: `seed ${seed}`, was, log, rows, live: (settings) => live(attackers, settings) };
    }),
  );

/** What of the truth lies outside the bounds. */
function outsideOf(cases: readonly Case[], isAsked: (settings: BanSettings, was: BanSettings) => boolean) {
  const outside: string[] = [];
  let checked = 0;
  for (const { name: from, was, log, rows, live: liveUnder } of cases) {
    const habits = { findtime: was.findtime, gap: usualGap([log]) };
    for (const settings of asked.filter((one) => isAsked(one, was))) {
      const truth = truthOf(liveUnder(settings), rows, log.to - log.from);
      const figures = figuresOfSetting([log], settings, habits, () => 0.5);
      for (const name of figureNames) {
        const { lower, upper } = figures[name];
        const value = truth[name];
        checked += 1;
        if (value < lower - rounding || value > upper + rounding)
          outside.push(
            `${from}, ${nameOf(was)} → ${nameOf(settings)}: ${name} ${value} not in ${lower}–${upper}`,
          );
      }
    }
  }
  return { outside, found: `${checked} figures of ${cases.length} logs` };
}

test('what would have happened lies within the bounds, for attackers who give up or go on at their pace', (t) => {
  const { outside, found } = outsideOf(
    casesOf(Array.from({ length: seeds }, (_, seed) => population(seed, 120))),
    () => true,
  );
  t.diagnostic(found);
  assert.deepEqual(outside, []);
});

test('and for those who come back during a ban, later or more slowly, where bans are shorter than the real ones', (t) => {
  const { outside, found } = outsideOf(
    casesOf(Array.from({ length: seeds }, (_, seed) => returners(seed, 120))),
    isShorter,
  );
  t.diagnostic(found);
  assert.deepEqual(outside, []);
});

const years = Array.from({ length: forgedYears }, (_, seed) => seenInYear(seed, 0.01));

for (const [manner, says, isAsked] of [
  ['steady', 'give up, go on at their pace or come back', () => true],
  ['free', 'vary their pauses and come back after each ban, where bans are shorter', isShorter],
] as const)
  test(`and for the hosts of forged years, who ${says}`, (t) => {
    const [was = of(3, 1800, 360_000)] = real;
    const cases = years.map((seen): Case => {
      const { log, rows, live: liveUnder } = forgedYear(seen, manner);
      return { name: `forged year ${seen.seed}`, was, log, rows, live: liveUnder };
    });
    const { outside, found } = outsideOf(cases, isAsked);
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
