import type { Fact } from './facts.js';
import type { JailId } from './jails.js';

/** Counts by a text. */
export class Tally extends Map<string, number> {
  raise(key: string, by = 1): void {
    this.set(key, (this.get(key) ?? 0) + by);
  }

  get total(): number {
    let sum = 0;
    for (const count of this.values()) sum += count;
    return sum;
  }

  /** Most first; equals by their code units, which no locale changes. */
  falling(): [string, number][] {
    return [...this].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  }
}

/** Counts by two texts. */
export class Nested extends Map<string, Tally> {
  raise(outer: string, inner: string, by = 1): void {
    let tally = this.get(outer);
    if (!tally) {
      tally = new Tally();
      this.set(outer, tally);
    }
    tally.raise(inner, by);
  }

  get total(): number {
    let sum = 0;
    for (const tally of this.values()) sum += tally.total;
    return sum;
  }
}

/** What the lines of one local day say, as logwatch counts them. */
export class DayCounts {
  /** Wrong passwords of accounts that exist: address, then account. */
  readonly failed = new Nested();
  /** `Invalid user` lines: address, then account. */
  readonly invalid = new Nested();
  /** `root (192.0.2.1)` of pam_unix. */
  readonly pam = new Tally();
  readonly opened = new Tally();
  readonly accepted = new Nested();
  readonly disconnects = new Tally();
  readonly noIdent = new Tally();
  readonly sasl = new Tally();
  readonly rbl = new Tally();
  readonly mailboxes = new Nested();
  readonly mailboxFailures = new Tally();
  readonly lost = new Tally();
  readonly dropped = new Nested();
  /** Everything that is only a number, by its kind. */
  readonly numbers = new Tally();
  readonly bans = new Tally();
  readonly unbans = new Tally();

  ban(jail: JailId): void {
    this.bans.raise(jail);
  }

  unban(jail: JailId): void {
    this.unbans.raise(jail);
  }

  add(fact: Fact): void {
    this.numbers.raise(fact.of);
    if (fact.of.startsWith('smtp') || fact.of === 'sasl-failed' || fact.of === 'rbl') this.addSmtp(fact);
    else if (fact.of.startsWith('mailbox')) this.addMailbox(fact);
    else this.addLogin(fact);
  }

  private addLogin(fact: Fact): void {
    if (fact.of === 'ssh-failed' && fact.exists) this.failed.raise(fact.address, fact.account);
    else if (fact.of === 'ssh-invalid') this.invalid.raise(fact.address, fact.account);
    else if (fact.of === 'pam-failed') this.pam.raise(`${fact.account ?? 'unknown'} (${fact.address})`);
    else if (fact.of === 'ssh-accepted') this.accepted.raise(fact.account, fact.address);
    else if (fact.of === 'session-opened') this.opened.raise(fact.account);
    else if (fact.of === 'ssh-disconnect') this.disconnects.raise(fact.reason);
    else if (fact.of === 'no-ident') this.noIdent.raise(fact.address);
    else if (fact.of === 'dropped') this.dropped.raise(fact.address, `tcp(${fact.port})`);
  }

  private addSmtp(fact: Fact): void {
    if (fact.of === 'sasl-failed') this.sasl.raise(fact.mechanism);
    else if (fact.of === 'rbl') this.rbl.raise(fact.list);
    else if (fact.of === 'smtp-lost') this.lost.raise(fact.after);
  }

  private addMailbox(fact: Fact): void {
    if (fact.of === 'mailbox-login') this.mailboxes.raise(fact.account, fact.address);
    else if (fact.of === 'mailbox-failed') this.mailboxFailures.raise(`auth failed, ${fact.tries} attempts`);
    else if (fact.of === 'mailbox-idle') this.mailboxFailures.raise('no auth attempts');
    else if (fact.of === 'mailbox-logout') this.mailboxFailures.raise('Logged out');
  }
}
