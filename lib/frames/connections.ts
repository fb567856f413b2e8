import type { AuthFields } from '../parsers/parsed.js';

/**
 * How far back a connection's other lines are looked for. By then sshd has ended a login that goes nowhere
 * (LoginGraceTime is 120 seconds), and the process id may be that of another connection.
 */
export const reach = { lines: 1000, seconds: 600 };

/** What was told of a connection, and by which line. */
export interface Connection {
  /** Undefined where it stands in the bytes that are read, from `addressAt` on; see textsOf. */
  address: string | null | undefined;
  addressAt: number;
  addressEnd: number;
  /** IPv4 address as a number, and where it is in the tally of addresses; -1 where that is not known. */
  number: number;
  tallied: number;
  addressLine: number;
  addressSecond: number;
  account: string | null | undefined;
  accountAt: number;
  accountEnd: number;
  accountLine: number;
  accountSecond: number;
  /** The same by noise, which is asked where no other line near by tells it. */
  hint: string | null | undefined;
  hintAt: number;
  hintEnd: number;
  hintLine: number;
  hintSecond: number;
  /** Host name that a line had in place of the address, until the address is known. */
  name: string | null;
  nameLine: number;
  nameSecond: number;
}

/** What a line lacks and the connection has. */
export interface Joined {
  readonly row: AuthFields;
  /** Line from which it is. */
  readonly from: number;
}

/**
 * What the lines of sshd's connections on one host have told so far. Some lines have no address, or no account;
 * another line of the same process has.
 */
export class Connections {
  private readonly byPid = new Map<number, Connection>();
  private lastPid = -1;
  private last: Connection | undefined;

  /** @param known the row's connection, with its texts; @returns what the row lacks, or null when it lacks nothing that is known */
  join(known: Connection, row: AuthFields, line: number, second: number): Joined | null {
    const { account, address } = row;
    if (account !== null && (address !== null || row.name !== null)) return null;
    const byAddress =
      address === null && row.name === null && isNear(known.addressLine, known.addressSecond, line, second);
    const teller = account === null ? accountTeller(known, line, second) : null;
    const joined = {
      address: byAddress ? (known.address ?? null) : address,
      account: teller === null ? account : (known[teller] ?? null),
    };
    if (joined.address === address && joined.account === account) return null;
    const accountLine = teller === 'hint' ? known.hintLine : known.accountLine;
    const from = joined.address === address ? accountLine : known.addressLine;
    return { row: { ...row, ...joined }, from };
  }

  /** Keeps what a line tells of its connection. */
  note(
    address: string | null,
    account: string | null,
    pid: number,
    line: number,
    second: number,
  ): Connection {
    const known = this.of(pid);
    if (address !== null) {
      if (address !== known.address) {
        known.address = address;
        known.tallied = -1;
      }
      known.addressLine = line;
      known.addressSecond = second;
    }
    if (account !== null) {
      known.account = account;
      known.accountLine = line;
      known.accountSecond = second;
    }
    return known;
  }

  /** Keeps the account that noise tells. */
  hint(account: string | null, pid: number, line: number, second: number): void {
    if (account === null) return;
    const known = this.of(pid);
    known.hint = account;
    known.hintLine = line;
    known.hintSecond = second;
  }

  /** @param known with its texts; @returns address and host name of the connection, once when both are known */
  named(known: Connection, name: string | null, line: number, second: number) {
    if (name !== null) {
      known.name = name;
      known.nameLine = line;
      known.nameSecond = second;
    } else if (known.name === null) return null;
    const near =
      isNear(known.addressLine, known.addressSecond, line, second) &&
      isNear(known.nameLine, known.nameSecond, line, second);
    if (!known.address || known.name === null || !near) return null;
    const told = { address: known.address, name: known.name };
    known.name = null;
    return told;
  }

  /** Lines of one connection mostly follow each other. */
  of(pid: number): Connection {
    if (pid === this.lastPid && this.last) return this.last;
    let known = this.byPid.get(pid);
    if (!known) {
      known = newConnection();
      this.byPid.set(pid, known);
    }
    this.lastPid = pid;
    this.last = known;
    return known;
  }

  /** Other bytes will be read: what stands in those at hand becomes text. */
  leave(bytes: Buffer): void {
    for (const known of this.byPid.values()) textsOf(known, bytes);
  }
}

const newConnection = (): Connection => ({
  address: null,
  addressAt: 0,
  addressEnd: 0,
  number: 0,
  tallied: -1,
  addressLine: 0,
  addressSecond: 0,
  account: null,
  accountAt: 0,
  accountEnd: 0,
  accountLine: 0,
  accountSecond: 0,
  hint: null,
  hintAt: 0,
  hintEnd: 0,
  hintLine: 0,
  hintSecond: 0,
  name: null,
  nameLine: 0,
  nameSecond: 0,
});

/** The connection with its texts. */
export function textsOf(known: Connection, bytes: Buffer): Connection {
  known.address ??=
    known.address === null ? null : bytes.toString('latin1', known.addressAt, known.addressEnd);
  known.account ??=
    known.account === null ? null : bytes.toString('latin1', known.accountAt, known.accountEnd);
  known.hint ??= known.hint === null ? null : bytes.toString('latin1', known.hintAt, known.hintEnd);
  return known;
}

/**
 * Which of the two tells the account; null where none near by does. Both are always kept: were a hint kept only where
 * nothing else is near, what is joined would depend on lines beyond the reach, and so on where a piece begins.
 */
export function accountTeller(
  { account, accountLine, accountSecond, hint, hintLine, hintSecond }: Connection,
  line: number,
  second: number,
): 'account' | 'hint' | null {
  if (account !== null && isNear(accountLine, accountSecond, line, second)) return 'account';
  return hint !== null && isNear(hintLine, hintSecond, line, second) ? 'hint' : null;
}

export const isNear = (line: number, second: number, now: number, nowSecond: number): boolean =>
  now - line <= reach.lines && nowSecond - second <= reach.seconds;
