import { growth, type Inputs } from './input.js';
import type { Result } from './results.js';

/** One claim about speed and whether this run bears it out. */
export interface Verdict {
  readonly claim: string;
  /** null: it was not measured. */
  readonly met: boolean | null;
  /** What was measured, or why nothing was. */
  readonly found: string;
}

const mostMemory = 400;
/** Memory that stays about the same; time that grows with the input alone. */
const memoryGrowth = 1.25;
const timeGrowth = 1.05 * growth;

/** All targets, met or not. */
export function verdicts(results: readonly Result[], { sshd, mails, grown }: Inputs): Verdict[] {
  const rowOf = (input: string, apt: string | null): Result | undefined =>
    results.find((row) => row.input === input && row.apt === apt);
  const against = (claim: string, input: string, apt: string, holds: (ratio: number) => boolean): Verdict => {
    const ratio = rowOf(input, apt)?.ratio ?? null;
    if (ratio === null) return { claim, met: null, found: `${apt} is missing (apt install ${apt})` };
    const found =
      ratio < 1
        ? `banbook takes ${(1 / ratio).toFixed(2)} times as long`
        : `banbook is ${ratio.toFixed(1)} times as fast`;
    return { claim, met: holds(ratio), found };
  };
  const peak = Math.max(...results.filter(({ apt }) => apt === null).map((row) => row.peak ?? 0));
  return [
    against("sshd log: at most 2.0 times mawk's wall time", sshd.name, 'mawk', (ratio) => 1 / ratio <= 2),
    against('sshd log: faster than lnav', sshd.name, 'lnav', (ratio) => ratio > 1),
    against(
      "sshd log: at least 15 times as fast as logwatch's sshd script",
      sshd.name,
      'logwatch',
      (r) => r >= 15,
    ),
    against('sshd log: at least 50 times as fast as fail2ban-regex', sshd.name, 'fail2ban', (r) => r >= 50),
    against(
      "ban mails: at least 20 times as fast as Python's mailbox and email",
      mails.name,
      'python3',
      (r) => r >= 20,
    ),
    {
      claim: `peak memory of banbook: at most ${mostMemory} MB for each input`,
      met: peak <= mostMemory,
      found: `${peak.toFixed(0)} MB at most`,
    },
    ...growthVerdicts(rowOf(sshd.name, null), grown ? rowOf(grown.name, null) : undefined),
  ];
}

function growthVerdicts(one: Result | undefined, ten: Result | undefined): Verdict[] {
  const memory = `${growth} times the sshd log: at most ${memoryGrowth} times the peak memory`;
  const time = `${growth} times the sshd log: at most ${timeGrowth} times the time`;
  if (!one?.wall || !one.peak || !ten?.wall || !ten.peak)
    return [memory, time].map((claim) => ({ claim, met: null, found: 'not measured; BENCH_GROWTH=1 does' }));
  const peaks = ten.peak / one.peak;
  const times = ten.wall / one.wall;
  return [
    {
      claim: memory,
      met: peaks <= memoryGrowth,
      found: `${peaks.toFixed(2)} times, ${one.peak.toFixed(0)} to ${ten.peak.toFixed(0)} MB`,
    },
    { claim: time, met: times <= timeGrowth, found: `${times.toFixed(2)} times` },
  ];
}
