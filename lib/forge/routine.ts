import { accountOf } from './accounts.js';
import { connection, type Source, sshd } from './connection.js';
import { mailboxLogin } from './dovecot-visits.js';
import { hour, type JailEvent, type LogLine, second, type TimelineItem } from './log-line.js';
import { owner, ownerAddress, serverAddress } from './server.js';
import { delivered } from './smtp-visits.js';
import { type Peer, sshdLines } from './sshd-lines.js';

const key = 'SHA256:c3ludGhldGljIGtleSBvZiBiYW5ib29rIGZvcmdlLg0';
const ownHost = { name: null, status: 'none' } as const;

/** One session of the server's owner: login by key, some minutes or hours of work, logout. */
function login({ random, nextPid }: Source, at: number): LogLine[] {
  const peer: Peer = { address: ownerAddress, port: random.int(49_152, 65_535) };
  const pid = nextPid();
  const child = nextPid();
  const end = at + Math.ceil(60 + random.exponential(2400)) * second;
  const fact = { of: 'ssh-accepted', account: owner, address: ownerAddress, intruder: false } as const;
  return [
    sshd(at, pid, sshdLines.accepted(owner, peer, key), fact),
    sshd(at, pid, sshdLines.opened(owner), { of: 'session-opened', account: owner }),
    sshd(end, child, sshdLines.goodbye(peer), { of: 'ssh-disconnect', reason: 'disconnected by user' }),
    sshd(end, child, sshdLines.gone(peer)),
    sshd(end, pid, sshdLines.sessionClosed(owner)),
  ];
}

/** The owner types a wrong password several times; his network is in ignoreip, so no ban follows. */
function mistyped(source: Source, at: number): LogLine[] {
  const owners = { ...accountOf(owner), exists: true };
  return Array.from({ length: source.random.int(1, 4) }, (_, i) =>
    connection(source, at + i * 12 * second, { address: ownerAddress, host: ownHost }, owners),
  ).flat();
}

/** sshd and fail2ban are started again, as after an update. The bans stay in force: fail2ban keeps them in a database. */
function restart(at: number, old: number, started: number): (LogLine | JailEvent)[] {
  return [
    sshd(at, old, sshdLines.terminating(), { of: 'sshd-killed' }),
    { kind: 'stopped', at },
    sshd(at + second, started, sshdLines.listening('0.0.0.0'), { of: 'sshd-started' }),
    sshd(at + second, started, sshdLines.listening('::')),
    { kind: 'started', at: at + 2 * second },
  ];
}

/** Lines of /var/log/messages that say nothing about attacks. */
function systemLines({ random }: Source, at: number): LogLine[] {
  const line = (time: number, text: string): LogLine => ({ kind: 'line', at: time, log: 'messages', text });
  return [
    line(at + 3 * hour, `systemd[1]: Starting Cleanup of Temporary Directories...`),
    line(at + 3 * hour + second, `systemd[1]: Started Cleanup of Temporary Directories.`),
    line(at + random.int(4, 23) * hour, `systemd[1]: Started Session ${random.int(100, 9999)} of user root.`),
    line(at + random.int(4, 23) * hour, `chronyd[512]: Selected source 192.0.2.123`),
  ];
}

/** A packet to the remote desktop that the firewall drops and logs. */
export function dropped({ random }: Source, at: number, address: string): LogLine[] {
  const port = random.chance(0.8) ? 3389 : random.pick([23, 445, 1433, 5900]);
  const text =
    `kernel: DROP: IN=eth0 OUT= MAC=02:00:5e:10:00:05:02:00:5e:10:00:01:08:00 SRC=${address} DST=${serverAddress} LEN=40 ` +
    `TOS=0x00 PREC=0x00 TTL=${random.int(40, 245)} ID=${random.int(1, 65_535)} PROTO=TCP ` +
    `SPT=${random.int(1024, 65_535)} DPT=${port} WINDOW=1024 RES=0x00 SYN URGP=0`;
  return [{ kind: 'line', at, log: 'messages', text, fact: { of: 'dropped', address, port } }];
}

/** Chance of a day to have a restart, and to have the owner mistype. */
const rare = { restart: 0.015, mistyped: 0.02 };

/** What happens each day whoever attacks. @returns takes the day's first instant */
export function routine(source: Source): (day: number) => TimelineItem[] {
  const { random, nextPid } = source;
  let daemon = nextPid();
  const some = (least: number, most: number, make: (at: number) => LogLine[], day: number): LogLine[] =>
    Array.from({ length: random.int(least, most) }, () =>
      make(day + random.int(8 * 3600, 22 * 3600) * second),
    ).flat();
  return (day) => {
    const items: TimelineItem[] = [
      ...some(1, 2, (at) => login(source, at), day),
      ...some(2, 5, (at) => mailboxLogin(source, at), day),
      ...some(0, 2, (at) => delivered(source, at, source), day),
      ...systemLines(source, day),
    ];
    if (random.chance(rare.mistyped)) items.push(...some(1, 1, (at) => mistyped(source, at), day));
    if (!random.chance(rare.restart)) return items;
    const old = daemon;
    daemon = nextPid();
    return [...items, ...restart(day + random.int(4 * 3600, 5 * 3600) * second, old, daemon)];
  };
}
