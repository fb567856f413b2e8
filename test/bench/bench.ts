/**
 * Times banbook and its peers on the same generated input, and prints one table and the targets, met or not.
 *
 *     npm run bench [-- --scale 0.1 --rounds 3 --growth --json]      or BENCH_SCALE, BENCH_ROUNDS, BENCH_GROWTH=1
 *
 * The contenders take turns (a b c a b c), so that a busy moment of the machine does not fall on one alone.
 */
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { availableParallelism, cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseOptions } from '../../lib/commands/command.js';
import { UserError } from '../../lib/errors.js';
import { version } from '../../lib/version.js';
import { type Contender, contenders } from './contenders.js';
import { type Inputs, makeInputs } from './input.js';
import { measure, type Run } from './measure.js';
import { installedVersions, isInstalled } from './peers.js';
import { replaySpeed } from './replay.js';
import { resultsOf } from './results.js';
import { tableText } from './table.js';
import { type Verdict, verdicts } from './targets.js';
import { throughput } from './throughput.js';

interface Options {
  readonly scale: number;
  readonly rounds: number;
  readonly growth: boolean;
  readonly json: boolean;
}

function readOptions(): Options {
  const { BENCH_SCALE = '1', BENCH_ROUNDS = '3', BENCH_GROWTH = '' } = process.env;
  const { values } = parseOptions({
    options: {
      scale: { type: 'string', default: BENCH_SCALE },
      rounds: { type: 'string', default: BENCH_ROUNDS },
      growth: { type: 'boolean', default: !['', '0'].includes(BENCH_GROWTH) },
      json: { type: 'boolean', default: false },
    },
  });
  const [scale, rounds] = [Number(values.scale), Number(values.rounds)];
  if (!(scale >= 0.001 && scale <= 100))
    throw new UserError(`scale: expected a number from 0.001 to 100, got "${values.scale}"`, 2);
  if (!(Number.isInteger(rounds) && rounds > 0))
    throw new UserError(`rounds: expected a whole number above 0, got "${values.rounds}"`, 2);
  return { ...values, scale, rounds };
}

/** All rounds; a contender that is not installed has no runs. */
function race(list: readonly Contender[], rounds: number, folder: string): Map<Contender, Run[]> {
  const runs = new Map<Contender, Run[]>(list.map((contender) => [contender, []]));
  for (let round = 1; round <= rounds; round++)
    for (const [contender, found] of runs) {
      if (!isInstalled(contender.apt)) continue;
      process.stderr.write(`round ${round} of ${rounds}: ${contender.input.name}: ${contender.name}\n`);
      found.push(measure(contender, folder));
    }
  rmSync(join(folder, 'out'), { recursive: true, force: true });
  return runs;
}

function report(
  options: Options,
  inputs: Inputs,
  runs: Map<Contender, Run[]>,
  others: readonly Verdict[],
): string {
  const results = resultsOf(runs);
  const targets = [...verdicts(results, inputs), ...others];
  const facts = {
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: availableParallelism(),
    memoryGB: Number((totalmem() / 1e9).toFixed(1)),
    node: process.version,
    banbook: version,
    peers: installedVersions(),
    scale: options.scale,
    rounds: options.rounds,
  };
  const files = [inputs.sshd, inputs.maillog, inputs.mails, ...(inputs.grown ? [inputs.grown] : [])];
  if (options.json) {
    const shown = files.map(({ path: _, ...input }) => input);
    return `${JSON.stringify({ ...facts, inputs: shown, results, targets }, null, 2)}\n`;
  }
  const { cpu, cores, memoryGB, node, peers, scale, rounds } = facts;
  const lines = [
    `${cpu}, ${cores} cores, ${memoryGB} GB; Node ${node}; banbook ${version}`,
    peers.join(', '),
    `synthetic input of scale ${scale}; medians of ${rounds} interleaved rounds`,
    ...(scale === 1
      ? []
      : ['the targets are meant for scale 1: here the start of a program counts for more']),
  ];
  return tableText(lines, files, results, targets);
}

async function main(): Promise<void> {
  const options = readOptions();
  const folder = fileURLToPath(new URL('../../data/cache/bench', import.meta.url));
  const inputs = await makeInputs(folder, options.scale, options.growth);
  const list = contenders(inputs, folder);
  // What was just written is still on its way to the disk, and would slow down the first.
  spawnSync('sync');
  const runs = race(list, options.rounds, folder);
  const others = [...replaySpeed(options.scale), await throughput()];
  process.stdout.write(report(options, inputs, runs, others));
}

main().catch((error: unknown) => {
  if (!(error instanceof UserError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = error.exitCode;
});
