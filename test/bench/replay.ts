import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fail2banDefaults } from '../../lib/ban-settings.js';
import { random } from '../../lib/forge/random.js';
import { frameColumns } from '../../lib/frames/csv.js';
import { newKeys, readFailures } from '../../lib/simulate/read-failures.js';
import { fail2banServer } from '../../lib/simulate/server.js';
import { isoUtc } from '../../lib/zone.js';
import { isInstalled } from './peers.js';
import type { Verdict } from './targets.js';

const settings = { ...fail2banDefaults, maxretry: 3, findtime: 1800, bantime: 360_000 };
const year = 31_536_000;

type Failure = readonly [time: number, address: string];

/** Visits of three to twenty failures by addresses that come from all over, in order of time. */
function failuresOf(count: number): Failure[] {
  const numbers = random(1);
  const failures: [number, string][] = [];
  while (failures.length < count) {
    const address = Array.from({ length: 4 }, () => numbers.int(1, 220)).join('.');
    let time = 1_543_622_400 + numbers.int(0, year);
    const pause = numbers.pick([3, 30, 300, 1050]);
    for (let left = numbers.int(3, 20); left > 0; left--, time += pause) failures.push([time, address]);
  }
  return failures.sort((a, b) => a[0] - b[0]).slice(0, count);
}

function writeFrame(folder: string, failures: readonly Failure[]): void {
  const columns = frameColumns('auth');
  const rows = failures.map(([time, address], line) => {
    const at = isoUtc(1000 * time);
    const cells: Record<string, string | number> = {
      ...{ time: at, local_time: at.slice(0, -1), host: 'host1', service: 'ssh', event: 'failed' },
      ...{
        account: 'root',
        address,
        port: 4242,
        method: 'password',
        source: 'aaaaaaaaaaaa',
        line: line + 1,
        count: 1,
      },
    };
    return columns.map((name) => cells[name] ?? '').join();
  });
  writeFileSync(join(folder, 'auth.csv'), `${columns.join()}\n${rows.join('\n')}\n`);
}

/** CPU seconds of reading the frame and of the replay, and the bans. */
function replay(folder: string): { seconds: number; bans: number } {
  const before = process.cpuUsage();
  let bans = 0;
  const server = fail2banServer({ sshd: settings }, { watcher: { ban: () => bans++ } });
  const jails = [0];
  readFailures(folder, newKeys(), null, (rows) => {
    for (let at = 0; at < rows.length; at++)
      server.failure(jails, rows.address[at] ?? 0, rows.time[at] ?? 0, rows.failures[at] ?? 0);
  });
  const { user, system } = process.cpuUsage(before);
  return { seconds: (user + system) / 1e6, bans };
}

/** The same by fail2ban's classes. */
function fail2ban(folder: string, failures: readonly Failure[]): { seconds: number; bans: number } {
  const path = (name: string) => join(folder, name);
  const lines = failures.map(([time, address]) => [time, address, 1, [0]]);
  writeFileSync(
    path('case'),
    `${JSON.stringify({ jails: { sshd: settings }, restarts: [], seed: 1, lines })}\n`,
  );
  const script = (name: string) => fileURLToPath(new URL(name, import.meta.url));
  const { stdout, stderr } = spawnSync(
    'python3',
    [
      script('measure.py'),
      path('case'),
      path('out'),
      path('err'),
      'python3',
      script('../simulate/fail2ban-oracle.py'),
    ],
    { encoding: 'utf8' },
  );
  if (!stdout) throw new Error(stderr);
  const { events } = JSON.parse(readFileSync(path('out'), 'utf8')) as { events: string[][] };
  return { seconds: JSON.parse(stdout).cpu, bans: events.filter(([kind]) => kind === 'ban').length };
}

/** Failures of a year at scale 1, and the part of them that fail2ban gets. */
const failuresInYear = 1_000_000;
const theirPart = 1 / 50;
const claims = [
  'replay of a year of failures: at most 1 s CPU for each 1,000,000',
  "replay: at least 50 times as fast as fail2ban's own classes",
] as const;

/**
 * fail2ban's ban logic, banbook's replay beside fail2ban's own classes, on the same generated failures. banbook reads
 * them from an auth frame; fail2ban's filter reads lines that hold nothing but time and address, so that most of its
 * time is its logic. Both have to give the same number of bans.
 */
export function replaySpeed(scale: number): Verdict[] {
  const folder = mkdtempSync(join(tmpdir(), 'banbook-replay-'));
  try {
    const failures = failuresOf(Math.ceil(failuresInYear * scale));
    const part = failures.slice(0, Math.ceil(failures.length * theirPart));
    writeFrame(folder, part);
    const small = replay(folder);
    const theirs = isInstalled('fail2ban') ? fail2ban(folder, part) : null;
    if (theirs && small.bans !== theirs.bans)
      throw new Error(`banbook gives ${small.bans} bans, fail2ban ${theirs.bans}`);
    writeFrame(folder, failures);
    const ours = Math.min(...[1, 2, 3].map(() => replay(folder).seconds)) / failures.length;
    const ratio = theirs && theirs.seconds / part.length / ours;
    const seconds = `${(1e6 * ours).toFixed(2)} s for each 1,000,000 of ${failures.length}`;
    return [
      { claim: claims[0], met: ours <= 1e-6, found: seconds },
      {
        claim: claims[1],
        met: ratio === null ? null : ratio >= 50,
        found: ratio ? `${ratio.toFixed(0)} times` : 'fail2ban is missing (apt install fail2ban)',
      },
    ];
  } finally {
    rmSync(folder, { recursive: true });
  }
}
