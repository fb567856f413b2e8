/** One line of the log before it is written; times are UTC milliseconds, on the second. */
export interface LogLine {
  readonly kind: 'line';
  readonly at: number;
  readonly pid: number;
  readonly text: string;
  /** Source address, where the line has one. */
  readonly address?: string;
  /** Failed passwords that the line stands for. */
  readonly failed?: { readonly account: string; readonly count: number };
  /** True where an account logged in. */
  readonly accepted?: true;
}

/** One ban: fail2ban bans the address and sends a mail. */
export interface Ban {
  readonly kind: 'ban';
  readonly at: number;
  readonly address: string;
  readonly country: string;
  /** Failures that fail2ban had counted. */
  readonly failures: number;
}

/** The jail started or stopped: fail2ban sends a mail. */
export interface JailEvent {
  readonly kind: 'started' | 'stopped';
  readonly at: number;
}

export type TimelineItem = LogLine | Ban | JailEvent;

export const second = 1000;

/** Process ids of sshd's children: rising, as other processes take some in between, and starting again at 32768. */
export function pids(gap: () => number): () => number {
  let last = 2000;
  return () => {
    last += gap();
    if (last >= 32_768) last = 400 + (last % 300);
    return last;
  };
}
