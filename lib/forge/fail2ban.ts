import type { ZoneClock } from '../zone.js';
import { isoLocal } from '../zone.js';
import type { Fact } from './facts.js';
import { Fifo } from './fifo.js';
import { banTime, isIgnored, type JailId, jailIds, jails } from './jails.js';
import type { Ban } from './log-line.js';
import type { Random } from './random.js';

interface Active {
  readonly address: string;
  readonly until: number;
}

const pad = (text: string, width: number): string => text.padEnd(width);

/** Which jail counts a line. */
const watched: Partial<Record<Fact['of'], JailId>> = { 'ssh-failed': 'ssh', 'sasl-failed': 'smtp' };

/** The server of fail2ban 0.10 as it writes its log, with the bans that are in force. */
export class Fail2ban {
  private readonly active: Record<JailId, Fifo<Active>> = { ssh: new Fifo(), smtp: new Fifo() };
  private readonly total: Record<JailId, number> = { ssh: 0, smtp: 0 };
  private lastSecond = Number.NaN;
  private millis = 0;
  private pid = 900;

  constructor(
    private readonly clock: ZoneClock,
    private readonly random: Random,
    private readonly write: (at: number, line: string) => void,
    private readonly onUnban: (jail: JailId) => void,
  ) {}

  /** Bans in force, and bans since the last start. @param at instant; those that have ended by then are taken off */
  table(jail: JailId, at: number): { readonly active: number; readonly total: number } {
    this.expire(at);
    return { active: this.active[jail].length, total: this.total[jail] };
  }

  /** Tells of a line of a log that it watches. */
  found(at: number, fact: Fact): void {
    const jail = watched[fact.of];
    if (jail === undefined || !('address' in fact)) return;
    this.expire(at);
    const text = isIgnored(fact.address)
      ? `Ignore ${fact.address} by ip`
      : `Found ${fact.address} - ${this.stamp(at)}`;
    this.say(at, 'filter', 'INFO', `[${jails[jail].name}] ${text}`);
  }

  ban({ jail, at, address }: Ban, mailed: boolean): void {
    this.expire(at);
    this.active[jail].push({ address, until: at + banTime });
    this.total[jail]++;
    const { name } = jails[jail];
    this.say(at, 'actions', 'NOTICE', `[${name}] Ban ${address}`);
    if (!mailed)
      this.say(
        at,
        'actions',
        'ERROR',
        `Failed to execute ban jail '${name}' action 'sendmail-whois' info: Error banning ${address}`,
      );
  }

  /** All bans are taken off and kept in the database. */
  stop(at: number): void {
    this.expire(at);
    this.say(at, 'server', 'INFO', 'Shutdown in progress...');
    this.say(at, 'server', 'INFO', 'Stopping all jails');
    for (const jail of jailIds) {
      const { name } = jails[jail];
      this.say(at, 'actions', 'NOTICE', `[${name}] Flush ticket(s) with iptables`);
      for (const { address } of this.active[jail]) this.unban(at, jail, address);
      this.say(at, 'jail', 'INFO', `Jail '${name}' stopped`);
    }
    this.say(at, 'server', 'INFO', 'Exiting Fail2ban');
  }

  /** Bans of the database that have not ended are put in force again. */
  start(at: number): void {
    this.pid += this.random.int(1000, 3000);
    this.say(at, 'server', 'INFO', '-'.repeat(50));
    this.say(at, 'server', 'INFO', 'Starting Fail2ban v0.10.4');
    for (const jail of jailIds) {
      const { name, maxRetry, findTime } = jails[jail];
      this.say(at, 'jail', 'INFO', `Creating new jail '${name}'`);
      this.say(at, 'filter', 'INFO', `  maxRetry: ${maxRetry}`);
      this.say(at, 'filter', 'INFO', `  findtime: ${findTime / 1000}`);
      this.say(at, 'actions', 'INFO', `  banTime: ${banTime / 1000}`);
      this.say(at, 'jail', 'INFO', `Jail '${name}' started`);
    }
    for (const jail of jailIds) {
      const active = this.active[jail];
      while ((active.first?.until ?? Number.POSITIVE_INFINITY) <= at) active.shift();
      this.total[jail] = active.length;
      for (const { address } of active)
        this.say(at, 'actions', 'NOTICE', `[${jails[jail].name}] Restore Ban ${address}`);
    }
  }

  /** Writes the unbans up to an instant, in the order of time. */
  expire(at: number): void {
    for (;;) {
      const endOf = (id: JailId): number => this.active[id].first?.until ?? Number.POSITIVE_INFINITY;
      const jail = endOf('ssh') <= endOf('smtp') ? 'ssh' : 'smtp';
      const { first } = this.active[jail];
      if (!first || first.until > at) return;
      this.active[jail].shift();
      this.unban(first.until, jail, first.address);
    }
  }

  private unban(at: number, jail: JailId, address: string): void {
    this.onUnban(jail);
    this.say(at, 'actions', 'NOTICE', `[${jails[jail].name}] Unban ${address}`);
  }

  private stamp = (at: number): string => isoLocal(this.clock.toLocal(at)).replace('T', ' ');

  private say(at: number, part: string, level: string, text: string): void {
    if (at !== this.lastSecond) this.millis = this.random.int(0, 400);
    else if (this.random.chance(0.3)) this.millis = Math.min(999, this.millis + 1);
    this.lastSecond = at;
    const millis = String(this.millis).padStart(3, '0');
    const tag = pad(`fail2ban.${part}`, 23);
    this.write(at, `${this.stamp(at)},${millis} ${tag} [${this.pid}]: ${pad(level, 7)} ${text}\n`);
  }
}
