import type { Source } from './attackers.js';
import { type JailEvent, type LogLine, second, type TimelineItem } from './log-line.js';
import { type Peer, sshdLines } from './sshd-lines.js';

/** The one account that logs in, from an address of a documentation range (RFC 5737). */
const user = 'taro';
const home = '203.0.113.10';
const key = 'SHA256:c3ludGhldGljIGtleSBvZiBiYW5ib29rIGZvcmdlLg0';

/** One session of the server's user: login by key, some minutes or hours of work, logout. */
function login({ random, nextPid }: Source, at: number): LogLine[] {
  const peer: Peer = { address: home, port: random.int(49_152, 65_535) };
  const pid = nextPid();
  const child = nextPid();
  const end = at + Math.ceil(60 + random.exponential(2400)) * second;
  const line = (time: number, by: number, text: string, address?: string): LogLine => ({
    kind: 'line',
    at: time,
    pid: by,
    text,
    ...(address === undefined ? {} : { address }),
  });
  return [
    { ...line(at, pid, sshdLines.accepted(user, peer, key), home), accepted: true },
    line(at, pid, sshdLines.opened(user)),
    line(end, child, sshdLines.goodbye(peer), home),
    line(end, child, sshdLines.gone(peer), home),
    line(end, pid, sshdLines.sessionClosed(user)),
  ];
}

/** sshd and fail2ban are started again, as after an update. The bans stay in force: fail2ban keeps them in a database. */
function restart(at: number, old: number, started: number): (LogLine | JailEvent)[] {
  const line = (time: number, pid: number, text: string): LogLine => ({ kind: 'line', at: time, pid, text });
  return [
    line(at, old, sshdLines.terminating()),
    line(at + second, started, sshdLines.listening('0.0.0.0')),
    line(at + second, started, sshdLines.listening('::')),
    { kind: 'stopped', at },
    { kind: 'started', at: at + second },
  ];
}

/** What happens each day whoever attacks: one or two logins, and on few days a restart. @returns takes the day's first instant */
export function routine(source: Source): (day: number) => TimelineItem[] {
  const { random, nextPid } = source;
  let daemon = nextPid();
  return (day) => {
    const logins = Array.from({ length: random.int(1, 2) }, () =>
      login(source, day + random.int(8 * 3600, 22 * 3600) * second),
    );
    if (!random.chance(0.015)) return logins.flat();
    const old = daemon;
    daemon = nextPid();
    return [...logins.flat(), ...restart(day + random.int(4 * 3600, 5 * 3600) * second, old, daemon)];
  };
}
