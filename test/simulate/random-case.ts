import type { BanIncrement, BanSettings } from '../../lib/ban-settings.js';
import { incrementDefaults } from '../../lib/ban-settings.js';
import { type Random, random } from '../../lib/forge/random.js';

/** A log with the settings and restarts of a server, as the oracle reads it. */
export interface Case {
  readonly jails: Readonly<Record<string, BanSettings>>;
  readonly restarts: readonly (readonly [stop: number, start: number])[];
  /** Of the random numbers for rndtime. */
  readonly seed: number;
  readonly lines: readonly (readonly [time: number, address: string, count: number, jails: number[]])[];
}

const epoch = 1_559_347_200;

function increment(numbers: Random): BanIncrement | null {
  if (numbers.chance(0.5)) return null;
  return {
    ...incrementDefaults,
    factor: numbers.pick(['1', '0.5', '2', '1.5', '2.0 / 2.885385']),
    formula: numbers.pick([
      null,
      null,
      'ban.Time * (1<<(ban.Count if ban.Count<20 else 20)) * banFactor',
      'ban.Time * math.exp(float(ban.Count+1)*banFactor)/math.exp(1*banFactor)',
      'ban.Time * ban.Count if ban.Count > 2 else ban.Time + 7 * ban.Count ** 2 - ban.Count % 3',
      'ban.Time * 10 if 1 < ban.Count < 4 else ban.Time * 2',
      'ban.Time * 6 / (ban.Count - 2)',
      'ban.Time * math.exp(ban.Time * ban.Count)',
    ]),
    multipliers: numbers.pick([null, null, [1, 2, 4, 8], [1, 5, 30, 60, 300], [3]]),
    maxtime: numbers.pick([null, null, 300, 3600, 50_000]),
    rndtime: numbers.pick([null, null, 60, 900]),
    overalljails: numbers.chance(0.4),
  };
}

function settings(numbers: Random, grows: BanIncrement | null): BanSettings {
  return {
    bantime: numbers.pick([0, 1, 30, 60, 600, 600, 3600, 20_000, -1]),
    findtime: numbers.pick([1, 10, 60, 300, 600, 1800, 5400]),
    maxretry: numbers.pick([1, 2, 3, 3, 4, 5, 8]),
    increment: grows,
    ignoreip: [],
  };
}

/** Pauses that meet the edges: the same second, one findtime to the second, long silence. */
function pause(numbers: Random, jails: readonly BanSettings[]): number {
  const { findtime, bantime } = numbers.pick(jails);
  const edge = numbers.int(-1, 1);
  const near = [0, numbers.int(1, 3), numbers.int(1, 90), findtime + edge, Math.max(0, bantime) + edge];
  const far = [Math.ceil(findtime / numbers.int(2, 4)), numbers.int(60, 4000), numbers.int(20_000, 200_000)];
  return Math.max(0, [...near, ...far][numbers.weighted([25, 30, 20, 6, 6, 10, 5, 1])] ?? 0);
}

/** A random server of one to three jails, and a log of up to 80 lines of up to six addresses. */
export function randomCase(seed: number): Case {
  const numbers = random(seed);
  const grows = increment(numbers);
  const names = ['sshd', 'sshd-ddos', 'postfix-sasl'].slice(0, numbers.int(1, 3));
  const jails = Object.fromEntries(names.map((name) => [name, settings(numbers, grows)]));
  const each = Object.values(jails);
  const addresses = ['192.0.2.1', '192.0.2.2', '198.51.100.7', '2001:db8::1', '203.0.113.9', '192.0.2.77'];
  const used = addresses.slice(0, numbers.int(1, addresses.length));
  let clock = epoch + numbers.int(0, 86_400);
  const restarts: [number, number][] = [];
  const lines: [number, string, number, number[]][] = [];
  for (let left = numbers.int(5, 80); left > 0; left--) {
    clock += pause(numbers, each);
    if (numbers.chance(0.03)) {
      clock += 1;
      const down = numbers.pick([0, 1, 5, 600, 5000]);
      restarts.push([clock, clock + down]);
    }
    const late = numbers.chance(0.08) ? numbers.pick([1, 30, 59, 60, 61, 62, 500]) : 0;
    const of = names.map((_, index) => index).filter(() => numbers.chance(0.7));
    // Only the client's `attempt` counts several at once, at the clock's time and unseen by the observer.
    const isDown = restarts.some(([stop, start]) => clock >= stop && clock <= start);
    const count = grows || late || isDown || numbers.chance(0.9) ? 1 : numbers.int(2, 5);
    lines.push([clock - late, numbers.pick(used), count, of.length > 0 ? of : [0]]);
  }
  return { jails, restarts, seed: seed + 1, lines };
}
