import { isIPv4, isIPv6 } from 'node:net';

/**
 * What a raw line or mail says, read without the parsers: a failed login and other signs of one, a ban, a refusal of
 * postfix.
 */
export interface Observation {
  /**
   * failure: a wrong password of ssh; refused: another try that fail2ban counts; pam: PAM's own line; auth and login: a
   * failed login at a mail service, as dovecot's auth process and as others tell it; listed: bans that last, by a
   * report of logwatch about that date.
   */
  readonly kind:
    | 'failure'
    | 'refused'
    | 'pam'
    | 'auth'
    | 'login'
    | 'ban'
    | 'unban'
    | 'restore'
    | 'listed'
    | 'reject';
  readonly source: string;
  readonly line: number;
  /** Wall clock of the site, `2019-06-01T21:00:00`. */
  readonly local: string;
  /** Null where a host name stands in its place; of bans that are listed, where the line says how many there are. */
  readonly address: string | null;
  /** Of a failed login, the account; of a ban, the jail; of a refusal, `rbl LIST`, `no_service` or `no_address`. */
  readonly name: string;
  readonly count: number;
  /** Server that the line names; null for none. */
  readonly host: string | null;
  /** Of a ban, where it was seen. */
  readonly via?: 'mail' | 'log' | 'syslog';
  /** Of a failure, what tells its connection from others: host, process, address and port. */
  readonly connection?: string;
}

/** Where what is read goes. */
export interface Witness {
  enter(observation: Observation): void;
  /** A line or mail of that local date has been seen; of a log also under the daemon that wrote it. */
  day(kind: 'log' | 'mail' | 'postfix' | 'sshd' | 'fail2ban', date: string): void;
}

/** Wall clock of a zone, by the calendar of the system: slow, and nothing that the import uses. */
export interface Calendar {
  /** Wall clock of an instant. */
  local(utc: number): string;
  /** The instant of digits on the wall clock; of two the first, and of none the same span after the last. */
  instant(wall: number): number;
}

export function calendarOf(zone: string): Calendar {
  const format = new Intl.DateTimeFormat('sv-SE', {
    timeZone: zone,
    dateStyle: 'short',
    timeStyle: 'medium',
  });
  const known = new Map<number, string>();
  const minuteText = (minute: number): string => {
    let text = known.get(minute);
    if (text === undefined) {
      if (known.size > 100_000) known.clear();
      const written = format.format(minute * 60_000);
      text = `${written.slice(0, 10)}T${written.slice(11, 17)}`;
      known.set(minute, text);
    }
    return text;
  };
  const local = (utc: number): string =>
    minuteText(Math.floor(utc / 60_000)) + String(Math.floor(utc / 1000) % 60).padStart(2, '0');
  const ahead = (utc: number): number => Date.parse(`${local(utc)}Z`) - Math.floor(utc / 1000) * 1000;
  const instant = (wall: number): number => {
    const day = 86_400_000;
    const tries = [ahead(wall - day), ahead(wall + day)].map((offset) => wall - offset);
    return tries.find((utc) => Date.parse(`${local(utc)}Z`) === wall) ?? tries[0] ?? wall;
  };
  return { local, instant };
}

/** One spelling for each address, though not the one of the frames: IPv6 as eight groups. Null for a host name. */
export function plainAddress(text: string): string | null {
  if (isIPv4(text)) return text;
  if (!isIPv6(text)) return null;
  const bare = text.split('%')[0] ?? '';
  const last = bare.slice(bare.lastIndexOf(':') + 1);
  const [a = 0, b = 0, c = 0, d = 0] = isIPv4(last) ? last.split('.').map(Number) : [];
  const hex = isIPv4(last)
    ? `${bare.slice(0, -last.length)}${(256 * a + b).toString(16)}:${(256 * c + d).toString(16)}`
    : bare;
  const [head = [], tail = []] = hex.split('::').map((half) => half.split(':').filter((part) => part !== ''));
  const zeros = Array.from({ length: 8 - head.length - tail.length }, () => '0');
  const groups = [...head, ...zeros, ...tail].map((part) => Number.parseInt(part, 16));
  const [high = 0, low = 0] = groups.slice(6);
  if (groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff)
    return [high >> 8, high & 255, low >> 8, low & 255].join('.');
  return groups.map((group) => group.toString(16)).join(':');
}
