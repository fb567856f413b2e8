import type { Fact } from './facts.js';
import type { JailId } from './jails.js';

/** The logs of syslog, and dovecot's own. */
export const logNames = ['secure', 'maillog', 'messages', 'dovecot.log'] as const;
export type LogName = (typeof logNames)[number];

/** One line of a log before it is written; times are UTC milliseconds, on the second. */
export interface LogLine {
  readonly kind: 'line';
  at: number;
  readonly log: LogName;
  /** All that follows stamp and host: `sshd[4242]: Failed password for …`. */
  readonly text: string;
  /** What a reader has to count, where the line says something of that kind. */
  readonly fact?: Fact;
}

/** One ban: fail2ban bans the address and, unless it was restored, sends a mail. */
export interface Ban {
  readonly kind: 'ban';
  readonly at: number;
  readonly jail: JailId;
  readonly address: string;
  readonly country: string;
  /** Whether the address has a host name. */
  readonly named: boolean;
  /** Failures that fail2ban had counted. */
  readonly failures: number;
}

/** fail2ban stopped or started, and its jails with it. */
export interface JailEvent {
  readonly kind: 'started' | 'stopped';
  readonly at: number;
}

/** The host name of an address was asked for. */
export interface NameAsked {
  readonly kind: 'name';
  readonly at: number;
  readonly address: string;
  readonly host: HostName;
}

/** What reverse DNS answers for an address: the name is confirmed when it leads back to the address. */
export interface HostName {
  readonly name: string | null;
  readonly status: 'confirmed' | 'unconfirmed' | 'none' | 'timeout' | 'refused';
}

/** The far end of connections. */
export interface Visitor {
  readonly address: string;
  readonly country: string;
  readonly host: HostName;
}

export type TimelineItem = LogLine | Ban | JailEvent | NameAsked;

export const second = 1000;
export const minute = 60 * second;
export const hour = 60 * minute;
export const day = 24 * hour;

/** Process ids of sshd's children: rising, as other processes take some in between, and starting again at 32768. */
export function pids(gap: () => number): () => number {
  let last = 2000;
  return () => {
    last += gap();
    if (last >= 32_768) last = 400 + (last % 300);
    return last;
  };
}
