import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fail2banDefaults } from '../../lib/ban-settings.js';
import { type Random, random } from '../../lib/forge/random.js';
import { goOn, type Pace } from '../../lib/simulate/go-on.js';
import { jailWorld } from '../../lib/simulate/jail-world.js';
import type { World } from '../../lib/simulate/outcome.js';
import { steadyWorld } from '../../lib/simulate/steady-world.js';
import { union } from '../../lib/simulate/table-size.js';

const [from, to] = [1_000_000, 1_000_000 + 20 * 86_400];

const settingsOf = (numbers: Random) => ({
  ...fail2banDefaults,
  maxretry: numbers.pick([1, 2, 3, 5, 10, 30]),
  findtime: numbers.pick([1, 60, 600, 1800, 86_400]),
  bantime: numbers.pick([1, 600, 3600, 36_000, 864_000, -1]),
});
type Settings = ReturnType<typeof settingsOf>;

/** The same attacker in the world of one number and in that of a whole jail. */
function bothWays(settings: Settings, play: (world: World, isWhole: boolean) => void) {
  const worlds = [steadyWorld(settings, to), jailWorld(settings, from, to, () => 0.5)];
  return worlds.map((world, isWhole) => {
    world.begin(7);
    play(world, isWhole === 1);
    const { spans, skipped, ...sums } = world.end();
    return { ...sums, spans: union(spans, skipped) };
  });
}

test('an address is counted and banned as by a whole jail', () => {
  for (let seed = 0; seed < 500; seed++) {
    const numbers = random(seed);
    const settings = settingsOf(numbers);
    let time = from;
    const rows = Array.from({ length: numbers.int(1, 60) }, () => {
      time += numbers.pick([0, 1, 7, 300, settings.findtime - 1, settings.findtime, 20_000]);
      return [time, numbers.int(0, 2), numbers.int(0, 3), numbers.int(0, 1)] as const;
    });
    const [steady, whole] = bothWays(settings, (world) => {
      for (const row of rows) world.meet(...row);
    });
    assert.deepEqual(steady, whole, `seed ${seed} ${JSON.stringify(settings)}`);
  }
});

function paceOf(numbers: Random): Pace {
  const size = numbers.int(1, 6);
  const offsets = [0];
  while (offsets.length < size) offsets.push((offsets.at(-1) ?? 0) + numbers.pick([1, 3, 40, 700, 4000]));
  return {
    offsets,
    failures: offsets.map(() => numbers.int(0, 2)),
    attempts: offsets.map(() => numbers.int(0, 2)),
    period: (offsets.at(-1) ?? 0) + numbers.pick([1, 60, 1050, 5000]),
  };
}

test('what is not played of a pace that goes on is as if it had been', () => {
  for (let seed = 0; seed < 400; seed++) {
    const numbers = random(seed);
    const settings = settingsOf(numbers);
    const pace = paceOf(numbers);
    const end = from + numbers.int(1, 10 * 86_400);
    const skip = numbers.pick([0, 0, 5000]);
    const [steady, whole] = bothWays(settings, (world, isWhole) => {
      if (!isWhole) return goOn(world, pace, from, from + skip, end, false);
      for (let at = 0; ; at++) {
        const place = at % pace.offsets.length;
        const time = from + Math.floor(at / pace.offsets.length) * pace.period + (pace.offsets[place] ?? 0);
        if (time >= end) return;
        if (time >= from + skip) world.meet(time, pace.failures[place] ?? 0, pace.attempts[place] ?? 0, 0);
      }
    });
    assert.ok(steady && whole);
    const [{ spans: most, ...sums }, { spans, ...exact }] = [steady, whole];
    assert.deepEqual(sums, exact, `seed ${seed} ${JSON.stringify({ settings, pace, skip, end })}`);
    // In what was not played it counts as banned all the time.
    assert.deepEqual(union(most, spans), most);
  }
});
