import { type Account, root } from './accounts.js';
import type { Botnet } from './campaigns.js';
import { connection, type Source, sshd } from './connection.js';
import { banTime, jails } from './jails.js';
import { type Ban, hour, type LogLine, minute, second, type Visitor } from './log-line.js';
import type { Random } from './random.js';
import { sshdLines } from './sshd-lines.js';

/** Longest time from the first line of a visit to its ban. */
export const longestVisit = hour;

/** How a host goes about it: which accounts it tries, and how long it pauses between connections (milliseconds). */
export interface Habit {
  readonly account: () => Account;
  readonly pause: () => number;
}

/** A single scanner: some try root only, the others go through names. */
export function scannerHabit({ random }: Source, nextAccount: () => Account): Habit {
  return { account: random.chance(0.5) ? () => root : nextAccount, pause: pace(random) };
}

/** A host of a botnet goes on in the list where it stopped. @param place of the next account, which the caller keeps */
export function botHabit({ random }: Source, { accounts, pause }: Botnet, place: { next: number }): Habit {
  const [shortest, longest] = pause;
  const slow = longest > 600;
  let first = true;
  return {
    account: () => accounts[place.next++ % accounts.length] ?? root,
    pause: () => {
      // Two pauses of a quarter of an hour would be longer than the jail's findtime.
      const gap = slow && !first ? random.int(5, 240) : random.int(shortest, longest);
      first = false;
      return gap * second;
    },
  };
}

/** Pauses of one scanner; most wait the article's 17 to 18 minutes once. */
function pace(random: Random): () => number {
  const kind = random.weighted([35, 15, 50]);
  if (kind === 0) return () => random.int(1, 8) * second;
  if (kind === 1) return () => random.int(20, 240) * second;
  let first = true;
  return () => {
    const gap = first ? random.int(1020, 1080) : random.int(5, 240);
    first = false;
    return gap * second;
  };
}

/**
 * A visit that ends with a ban at this instant. fail2ban counts failed passwords, looks once a second, and from the
 * ban on the firewall drops the address: what it would have sent after that is not logged.
 */
export function bannedVisit(source: Source, ban: number, visitor: Visitor, habit: Habit): (LogLine | Ban)[] {
  const { random } = source;
  const { maxRetry } = jails.ssh;
  const lines: LogLine[] = [];
  let now = 0;
  let third: number | undefined;
  while (third === undefined) {
    lines.push(...connection(source, now, visitor, habit.account(), random.chance(0.45) ? 2 : 1));
    third = lines.filter(isFailure)[maxRetry - 1]?.at;
    now = (lines.at(-1)?.at ?? now) + habit.pause();
  }
  const shift = ban - third - random.int(1, 2) * second;
  for (const line of lines) line.at += shift;
  const logged = lines.filter((line) => line.at < ban);
  const failures = logged.filter(isFailure).length;
  const { address, country, host } = visitor;
  const named = host.name !== null;
  return [...logged, { kind: 'ban', at: ban, jail: 'ssh', address, country, named, failures }];
}

const isFailure = (line: LogLine): boolean => line.fact?.of === 'ssh-failed';

/** One or two tries, and gone before the jail acts. */
export function briefVisit(source: Source, at: number, visitor: Visitor, habit: Habit): LogLine[] {
  return connection(source, at, visitor, habit.account(), source.random.int(1, 2));
}

/**
 * One try each 21 to 26 minutes: never three within the jail's findtime. Release 0.11 and later, which go by the rate of
 * older failures too, would ban from 20 minutes down.
 */
export function slowVisit(source: Source, at: number, visitor: Visitor, habit: Habit): LogLine[] {
  const { random } = source;
  const lines: LogLine[] = [];
  let now = at;
  for (let left = random.int(4, 20); left > 0; left--) {
    lines.push(...connection(source, now, visitor, habit.account()));
    now += random.int(1260, 1560) * second;
  }
  return lines;
}

/** A port scanner that connects and says nothing. */
export function scan({ random, nextPid }: Source, at: number, { address }: Visitor): LogLine[] {
  const peer = { address, port: random.int(1024, 65_535) };
  return [sshd(at, nextPid(), sshdLines.noIdentification(peer), { of: 'no-ident', address })];
}

/**
 * The one who gets in: one try at a time, too few for the jail, for some hours, until the password of an account fits;
 * then a session of half an hour.
 */
export function intrusion(
  source: Source,
  at: number,
  visitor: Visitor,
  names: readonly Account[],
): LogLine[] {
  const { random, nextPid } = source;
  const { address } = visitor;
  const lines: LogLine[] = [];
  let now = at;
  for (const account of names) {
    lines.push(...connection(source, now, visitor, account));
    now += random.int(21, 33) * minute;
  }
  const { name } = names.at(-1) ?? root;
  const peer = { address, port: random.int(1024, 65_535) };
  const pid = nextPid();
  const end = now + random.int(25, 40) * minute;
  return [
    ...lines,
    sshd(now, pid, sshdLines.acceptedPassword(name, peer), {
      of: 'ssh-accepted',
      account: name,
      address,
      intruder: true,
    }),
    sshd(now, pid, sshdLines.opened(name), { of: 'session-opened', account: name }),
    sshd(end, pid, sshdLines.goodbye(peer), { of: 'ssh-disconnect', reason: 'disconnected by user' }),
    sshd(end, pid, sshdLines.gone(peer)),
    sshd(end, pid, sshdLines.sessionClosed(name)),
  ];
}

/** When a banned host is let in again. */
export const freeAt = (ban: number): number => ban + banTime;
