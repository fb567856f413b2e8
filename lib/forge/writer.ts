import { join } from 'node:path';
import type { ZoneClock } from '../zone.js';
import { isoLocal, isoUtc } from '../zone.js';
import { banMail, jailMail, type MailSettings, mailHead } from './ban-mail.js';
import { DayCounts } from './day-counts.js';
import { Fail2ban } from './fail2ban.js';
import { jailIds } from './jails.js';
import { type Ban, hour, type LogLine, type NameAsked, second, type TimelineItem } from './log-line.js';
import { LogSet } from './log-set.js';
import type { ForgeOptions } from './options.js';
import { daysOf, type Segment } from './period.js';
import { postfixLines } from './postfix-lines.js';
import { random } from './random.js';
import { reportText } from './report.js';
import { hostName } from './server.js';
import { asctime } from './stamps.js';
import { type Story, within } from './story.js';
import { type TextFile, textFile } from './text-file.js';
import type { TruthCounter } from './truth.js';

interface WriterOptions extends ForgeOptions {
  readonly clock: ZoneClock;
  readonly segments: readonly Segment[];
  readonly story: Story;
  readonly truth: TruthCounter;
}

/** Time of day at which logwatch runs. */
const reportHour = 3 * hour;

/** What happens at a time of day: the counts of a date are closed at midnight, and reported at three. */
interface Tick {
  readonly at: number;
  readonly kind: 'midnight' | 'report';
}

/** Writes the items of the timeline to all files that tell of them. */
export class Writer {
  private readonly logs: LogSet;
  private readonly fail2banLog: TextFile;
  private readonly fail2ban: Fail2ban;
  private readonly banBox: TextFile;
  private readonly reportBox: TextFile;
  private readonly names: TextFile;
  private readonly mail: MailSettings;
  private readonly ticks: Tick[];
  private counts = new DayCounts();
  private closed = new DayCounts();
  private delivered = 0;

  constructor(private readonly options: WriterOptions) {
    const { out, seed, clock, segments, story } = options;
    this.logs = new LogSet(options, (at) => within(story.lostDay, at));
    this.mail = { host: hostName, seed, clock, random: random(seed, 2) };
    this.banBox = textFile(join(out, 'raw/fail2ban.mbox'));
    this.reportBox = textFile(join(out, 'raw/logwatch.mbox'));
    this.names = textFile(join(out, 'cache/names.jsonl'));
    this.fail2banLog = textFile(join(out, 'raw/fail2ban.log'));
    const start = segments[0]?.start ?? 0;
    const end = segments.at(-1)?.end ?? start;
    const stamp = isoLocal(clock.toLocal(start)).replace('T', ' ');
    this.fail2banLog.write(`${stamp} ${hostName} banbook-forge[1]: synthetic data, seed ${seed}\n`);
    this.fail2ban = new Fail2ban(
      clock,
      random(seed, 6),
      (at, line) => {
        if (at < end && !within(story.lostDay, at)) this.fail2banLog.write(line);
      },
      (jail) => this.counts.unban(jail),
    );
    this.ticks = [...daysOf({ start, end }, clock), end].slice(1).flatMap((at): Tick[] => [
      { at, kind: 'midnight' },
      { at: clock.toUtc(clock.toLocal(at) + reportHour), kind: 'report' },
    ]);
  }

  write(item: TimelineItem): void {
    while ((this.ticks[0]?.at ?? Number.POSITIVE_INFINITY) <= item.at) this.tick(this.ticks.shift());
    if (item.kind === 'line') this.line(item);
    else if (item.kind === 'ban') this.ban(item);
    else if (item.kind === 'name') this.name(item);
    else if (item.kind === 'stopped') this.fail2ban.stop(item.at);
    else this.fail2ban.start(item.at);
    if (item.kind === 'started' || item.kind === 'stopped') this.jailMails(item.kind, item.at);
  }

  /** @returns the names of all files, below the folder */
  close(): string[] {
    for (const tick of this.ticks) this.tick(tick);
    for (const file of [this.fail2banLog, this.banBox, this.reportBox, this.names]) file.close();
    return [
      ...this.logs.close(),
      'raw/fail2ban.log',
      'raw/fail2ban.mbox',
      'raw/logwatch.mbox',
      'cache/names.jsonl',
    ];
  }

  private tick(tick: Tick | undefined): void {
    if (tick?.kind === 'report') this.report(tick.at);
    if (tick?.kind !== 'midnight') return;
    // What ends by midnight is of the day before.
    this.fail2ban.expire(tick.at - 1);
    this.closed = this.counts;
    this.counts = new DayCounts();
  }

  private line(line: LogLine): void {
    const { at, fact } = line;
    const place = this.logs.write(line);
    if (fact === undefined) return;
    this.counts.add(fact);
    this.fail2ban.found(at, fact);
    if (place) this.options.truth.fact(at, fact, place);
  }

  private ban(ban: Ban): void {
    const { story, truth } = this.options;
    const lost = within(story.outage, ban.at);
    this.fail2ban.ban(ban, !lost);
    this.counts.ban(ban.jail);
    if (lost) {
      truth.unmailedBan(ban);
      this.noMail(ban.at);
      return;
    }
    // Mails are sent one after the other, each when its whois query has been answered.
    this.delivered = Math.max(this.delivered, ban.at + this.mail.random.int(0, 3) * second);
    const { text, country } = banMail(ban, this.delivered, this.mail);
    this.banBox.write(text);
    truth.ban(ban, country);
  }

  private jailMails(event: 'started' | 'stopped', at: number): void {
    if (within(this.options.story.outage, at)) return;
    this.delivered = Math.max(this.delivered, at);
    for (const jail of jailIds) this.banBox.write(jailMail(jail, event, at, this.delivered, this.mail));
  }

  /** What postfix logs when a mail of the server itself cannot be handed in. */
  private noMail(at: number): void {
    const pid = this.mail.random.int(3000, 30_000);
    const text = `postfix/postdrop[${pid}]: ${postfixLines.noMaildrop(`${this.mail.random.int(100_000, 999_999)}.${pid}`)}`;
    this.logs.write({ at, log: 'maillog', text });
  }

  private name({ at, address, host }: NameAsked): void {
    const row = { address, name: host.name, status: host.status, asked_at: isoUtc(at), source: 'dns' };
    this.names.write(`${JSON.stringify(row)}\n`);
  }

  /** logwatch's mail of three in the morning: the day before, and the ban tables as they are now. */
  private report(at: number): void {
    const { clock, story, truth } = this.options;
    const date = isoLocal(clock.toLocal(at) - 24 * hour).slice(0, 10);
    const tables = { ssh: this.fail2ban.table('ssh', at), smtp: this.fail2ban.table('smtp', at) };
    const sent = !within(story.outage, at);
    truth.report(date, { ssh: tables.ssh.active, smtp: tables.smtp.active }, sent);
    if (!sent) return;
    const run = at + 4 * second;
    const text = reportText({ date, initiated: asctime(clock.toLocal(run)), counts: this.closed, tables });
    const subject = `Logwatch for ${hostName} (Linux)`;
    const fields = { at: run, delivered: run + 9 * second, from: 'logwatch', name: 'logwatch' };
    this.reportBox.write(`${mailHead(fields, subject, this.mail).join('\n')}\n${text}\n`);
  }
}
