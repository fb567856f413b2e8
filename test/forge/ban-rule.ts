import assert from 'node:assert/strict';
import type { ForgedLine } from './read-forged.js';

export const isOwn = (of: { address: string } | null): boolean => of?.address === '203.0.113.10';

export interface Failure {
  readonly wall: number;
  readonly address: string;
}

/** Failures of all but the owner. @param source address of a line that is a failure */
export const failuresOf = (
  lines: readonly ForgedLine[],
  source: (text: string) => string | null,
): Failure[] =>
  lines.flatMap(({ wall, text }) => {
    const address = source(text);
    return address === null || isOwn({ address }) ? [] : [{ wall, address }];
  });

/** When the jail's rule bans whom: so many failures within so long a time, and none while a ban is in force. */
export function replay(failures: readonly Failure[], maxRetry: number, findTime: number): Failure[] {
  const recent = new Map<string, number[]>();
  const until = new Map<string, number>();
  const found: Failure[] = [];
  for (const { wall, address } of failures) {
    assert.ok(wall >= (until.get(address) ?? 0), `${address} has a line while it is banned`);
    const within = [...(recent.get(address) ?? []).filter((time) => time > wall - findTime), wall];
    recent.set(address, within);
    if (within.length < maxRetry) continue;
    recent.delete(address);
    // fail2ban looks once a second, so the ban comes one or two seconds later.
    until.set(address, wall + 1);
    found.push({ wall, address });
  }
  return found;
}
