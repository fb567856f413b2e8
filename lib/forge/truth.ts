import { isoLocal, isoUtc, type ZoneClock } from '../zone.js';
import type { About } from './campaigns.js';
import { Nested, Tally } from './day-counts.js';
import type { Fact } from './facts.js';
import { ignored, isIgnored, type JailId } from './jails.js';
import type { Ban } from './log-line.js';
import type { Span, Story } from './story.js';

/** A group of hosts that belong together. */
export interface Campaign {
  readonly id: string;
  /** How to recognise it. */
  readonly about: string;
  /** First and last visit, UTC. */
  readonly from: string;
  readonly to: string;
  /** For those that are banned, their bans. */
  readonly visits: number;
  readonly hosts: number;
  /** Some of its addresses, the earliest first. */
  readonly addresses: readonly string[];
}

/** Hears of each visit that belongs to a campaign. */
export interface CampaignLog {
  enter(id: string, at: number, address: string, isNew: boolean): void;
}

/** Addresses of a campaign that are listed. */
const listed = 20;

export class Campaigns implements CampaignLog {
  private readonly entered = new Map<
    string,
    { from: number; to: number; visits: number; hosts: number; addresses: string[] }
  >();

  enter(id: string, at: number, address: string, isNew: boolean): void {
    let campaign = this.entered.get(id);
    if (!campaign) {
      campaign = { from: at, to: at, visits: 0, hosts: 0, addresses: [] };
      this.entered.set(id, campaign);
    }
    campaign.to = at;
    campaign.visits++;
    if (!isNew) return;
    campaign.hosts++;
    if (campaign.addresses.length < listed) campaign.addresses.push(address);
  }

  /** @param known what is told of each */
  result(known: readonly About[]): Campaign[] {
    return known.flatMap(({ id, about }) => {
      const found = this.entered.get(id);
      if (!found) return [];
      const { from, to, ...counts } = found;
      return [{ id, about, from: isoUtc(from), to: isoUtc(to), ...counts }];
    });
  }
}

/** Where a line stands: the file below the folder, and the number of the line in it. */
export interface Place {
  readonly file: string;
  readonly line: number;
}

/**
 * What is in the files, counted while they are made. Months are local: `2018-12`; hours are local, from 0 to 23.
 * Bans are those with a mail, but for those of `outage`.
 */
export type Truth = ReturnType<TruthCounter['result']>;

/** Counts what is written, item by item. */
export class TruthCounter {
  private readonly failed = new Tally();
  private readonly failedRoot = new Tally();
  private readonly bansOf: Record<JailId, Tally> = { ssh: new Tally(), smtp: new Tally() };
  private readonly named = new Tally();
  private readonly countries = new Tally();
  private readonly whois = new Tally();
  private readonly accounts = new Tally();
  private readonly mailAccounts = new Tally();
  private readonly rejects = new Nested();
  private readonly events = new Tally();
  private readonly byHour = Array.from({ length: 24 }, () => 0);
  private readonly unmailed: Record<JailId, number> = { ssh: 0, smtp: 0 };
  private readonly tables: Record<string, readonly [number, number]> = {};
  private readonly missing: string[] = [];
  private intruder: ({ account: string; address: string; time: string } & Place) | null = null;
  private reports = 0;
  private ownFailures = 0;

  constructor(
    private readonly clock: ZoneClock,
    private readonly story: Story,
  ) {}

  private month = (at: number): string => isoLocal(this.clock.toLocal(at)).slice(0, 7);

  /** A ban whose mail was lost. */
  unmailedBan({ jail }: Ban): void {
    this.unmailed[jail]++;
  }

  /** A ban with a mail. @param whois the country that its whois text names */
  ban({ at, jail, country, named }: Ban, whois: string): void {
    const month = this.month(at);
    this.bansOf[jail].raise(month);
    if (jail !== 'ssh') return;
    this.countries.raise(country);
    if (whois !== country) this.whois.raise(month);
    if (named) this.named.raise(month);
    const hour = Number(isoLocal(this.clock.toLocal(at)).slice(11, 13));
    this.byHour[hour] = (this.byHour[hour] ?? 0) + 1;
  }

  /** A line that was written. */
  fact(at: number, fact: Fact, place: Place): void {
    this.events.raise(fact.of);
    if (fact.of === 'ssh-failed' && isIgnored(fact.address)) this.ownFailures++;
    else if (fact.of === 'ssh-failed') {
      const month = this.month(at);
      this.failed.raise(month);
      this.accounts.raise(fact.account);
      if (fact.account === 'root') this.failedRoot.raise(month);
    } else if (fact.of === 'mailbox-failed') this.mailAccounts.raise(fact.account, fact.tries);
    else if (fact.of === 'rbl') this.rejects.raise(fact.list, this.month(at));
    else if (fact.of === 'no-service' || fact.of === 'no-address')
      this.rejects.raise(fact.of, this.month(at));
    else if (fact.of === 'ssh-accepted' && fact.intruder)
      this.intruder = { account: fact.account, address: fact.address, time: isoUtc(at), ...place };
  }

  /** The report of a date. @param tables bans in force when it is made; @param sent whether its mail arrived */
  report(date: string, tables: Record<JailId, number>, sent: boolean): void {
    this.tables[date] = [tables.ssh, tables.smtp];
    if (sent) this.reports++;
    else this.missing.push(date);
  }

  result() {
    const { story, bansOf, named } = this;
    const span = (of: Span) => ({ from: isoUtc(of.start), to: isoUtc(of.end) });
    const bans = bansOf.ssh.total;
    const top = (tally: Tally) =>
      tally
        .falling()
        .slice(0, 20)
        .map(([account, failed]) => ({ account, failed }));
    return {
      failedByMonth: Object.fromEntries(this.failed),
      failedRootByMonth: Object.fromEntries(this.failedRoot),
      bansByMonth: Object.fromEntries(bansOf.ssh),
      bansByHour: this.byHour,
      bansByCountry: Object.fromEntries(this.countries.falling()),
      bans,
      namedBansByMonth: Object.fromEntries(named),
      namedBans: named.total,
      namedPercentByMonth: percents(named, bansOf.ssh),
      namedPercent: percentOf(named.total, bans),
      whoisElsewhere: this.whois.total,
      mailBansByMonth: Object.fromEntries(bansOf.smtp),
      mailBans: bansOf.smtp.total,
      rejectsByMonth: Object.fromEntries(
        [...this.rejects].map(([what, by]) => [what, Object.fromEntries(by)]),
      ),
      accounts: top(this.accounts),
      mailAccounts: top(this.mailAccounts),
      /** Wrong passwords of the owner, which the other counts leave out. */
      ownFailures: this.ownFailures,
      logins: this.events.get('ssh-accepted') ?? 0,
      events: Object.fromEntries(this.events.falling()),
      reports: this.reports,
      banTables: this.tables,
      hidden: {
        intruder: this.intruder,
        lostDay: story.lostDay && isoLocal(this.clock.toLocal(story.lostDay.start)).slice(0, 10),
        outage: story.outage && { ...span(story.outage), bans: this.unmailed, reports: this.missing },
        ignored,
      },
    };
  }
}

const percentOf = (part: number, all: number): number | null =>
  all === 0 ? null : Math.round((100 * part) / all);

const percents = (parts: Tally, all: Tally): Record<string, number | null> =>
  Object.fromEntries([...all].map(([month, count]) => [month, percentOf(parts.get(month) ?? 0, count)]));
