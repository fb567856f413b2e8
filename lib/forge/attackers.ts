import { type Account, root } from './accounts.js';
import { connection, type Style } from './connection.js';
import { type Ban, type LogLine, second } from './log-line.js';
import type { Random } from './random.js';
import { sshdLines } from './sshd-lines.js';

/** The rule of the jail, as in the article: three failures within half an hour ban for 100 hours. */
export const jail = { name: 'ssh-sasl', maxRetry: 3, findTime: 1800 * second, banTime: 360_000 * second };

/** Longest time from the first line of a visit to its ban. */
export const longestVisit = 3600 * second;

/** Where a visit's random numbers, account names and process ids come from. */
export interface Source {
  readonly random: Random;
  readonly nextAccount: () => Account;
  readonly nextPid: () => number;
}

const port = (random: Random): number => random.int(1024, 65_535);

/** Some attackers try root only, the others go through names. */
function habit({ random, nextAccount }: Source): () => Account {
  return random.chance(0.4) ? () => root : nextAccount;
}

/** Seconds between the connections of one visit; the last habit is the article's 17 to 18 minutes. */
function pace(random: Random): () => number {
  const kind = random.weighted([60, 26, 14]);
  if (kind === 0) return () => random.int(1, 8);
  if (kind === 1) return () => random.int(20, 300);
  let first = true;
  return () => {
    // One pause of this length and two short ones stay within the jail's findtime.
    const gap = first ? random.int(1020, 1080) : random.int(5, 240);
    first = false;
    return gap;
  };
}

function one(source: Source, at: number, address: string, account: Account, style: Style, passwords = 1) {
  const { random, nextPid } = source;
  return connection(random, {
    at,
    pid: nextPid(),
    peer: { address, port: port(random) },
    account,
    style,
    passwords,
  });
}

/**
 * A visit that ends with a ban. fail2ban counts failed passwords, looks once a second, and from the ban
 * on the firewall drops the address: what it would have sent after that is not logged.
 */
export function bannedVisit(source: Source, at: number, address: string, country: string): (LogLine | Ban)[] {
  const { random } = source;
  const account = habit(source);
  const pause = pace(random);
  const lines: LogLine[] = [];
  let now = at;
  let third: number | undefined;
  while (third === undefined) {
    const tried = account();
    const style = foldable(tried)
      ? (['plain', 'folded', 'exhausted'] as const)[random.weighted([94, 4, 2])]
      : 'plain';
    lines.push(...one(source, now, address, tried, style ?? 'plain', random.chance(0.12) ? 2 : 1));
    third = timeOfFailure(lines, jail.maxRetry);
    now = (lines.at(-1)?.at ?? now) + pause() * second;
  }
  const ban = third + random.int(1, 2) * second;
  const logged = lines.filter((line) => line.at < ban);
  const failures = logged.reduce((sum, line) => sum + (line.failed?.count ?? 0), 0);
  return [...logged, { kind: 'ban', at: ban, address, country, failures }];
}

/** Syslog folds equal lines only; for a name that sshd does not know, PAM's lines stand between them. */
const foldable = (account: Account): boolean => account.exists;

function timeOfFailure(lines: readonly LogLine[], wanted: number): number | undefined {
  let failures = 0;
  for (const line of lines) {
    failures += line.failed?.count ?? 0;
    if (failures >= wanted) return line.at;
  }
  return undefined;
}

/** One or two tries, and gone before the jail acts. */
export function briefVisit(source: Source, at: number, address: string): LogLine[] {
  const account = habit(source)();
  return one(source, at, address, account, 'plain', source.random.int(1, 2));
}

/** One try each 17 to 18 minutes: never three within the jail's findtime, so never banned. */
export function slowVisit(source: Source, at: number, address: string): LogLine[] {
  const { random } = source;
  const account = habit(source);
  const lines: LogLine[] = [];
  let now = at;
  for (let left = random.int(4, 20); left > 0; left--) {
    lines.push(...one(source, now, address, account(), 'plain'));
    now += random.int(1020, 1080) * second;
  }
  return lines;
}

/** A port scanner that connects and says nothing. */
export function scan(source: Source, at: number, address: string): LogLine[] {
  const peer = { address, port: port(source.random) };
  return [{ kind: 'line', at, pid: source.nextPid(), text: sshdLines.noIdentification(peer), address }];
}
