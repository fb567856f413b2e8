import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { UserError } from '../../lib/errors.js';
import type { Contender } from './contenders.js';
import { environment } from './peers.js';

/** What one run took. */
export interface Run {
  /** Seconds. */
  readonly wall: number;
  /** Seconds, of all threads and children. */
  readonly cpu: number;
  /** MB, of the largest process. */
  readonly peak: number;
}

/**
 * Runs a contender once and checks by its answer that it has read all of its input.
 * @throws UserError when it fails or answers something else
 */
export function measure(contender: Contender, folder: string): Run {
  rmSync(join(folder, 'out'), { recursive: true, force: true });
  mkdirSync(join(folder, 'out'));
  mkdirSync(join(folder, 'home'), { recursive: true });
  const [stdout, stderr] = [join(folder, 'out', 'stdout'), join(folder, 'out', 'stderr')];
  const measurePy = fileURLToPath(new URL('measure.py', import.meta.url));
  const { argv, stdin = '/dev/null' } = contender;
  const python = spawnSync('python3', [measurePy, stdin, stdout, stderr, ...argv], {
    env: { ...environment(folder), ...contender.env },
    encoding: 'utf8',
  });
  if (python.error || python.status !== 0)
    throw new UserError(`bench: python3 is needed to measure (apt install python3)\n${python.stderr ?? ''}`);
  const { status, ...run } = JSON.parse(python.stdout) as Run & { status: number };
  if (status !== 0)
    throw new UserError(
      `bench: ${contender.name} ended with ${status}: ${existsSync(stderr) ? readFileSync(stderr, 'utf8').slice(-500) : ''}`,
    );
  const answer = contender.answer.exec(readFileSync(stdout, 'utf8'));
  const expected = contender.expected === null ? answer?.[1] : String(contender.expected);
  if (!answer || answer[1] !== expected)
    throw new UserError(
      `bench: ${contender.name} on ${contender.input.name}: expected ${expected ?? contender.answer} in its answer, got ${answer?.[1] ?? 'something else'}; see ${stdout}`,
    );
  return run;
}
