import { fail2banSection, iptablesSection, listingSection } from './logwatch-bans.js';
import { pamSection, sshdSection } from './logwatch-logins.js';
import { dovecotSection, postfixSection } from './logwatch-mail.js';
import type { Figure, SectionReader } from './logwatch-section.js';

/**
 * A report of logwatch in the text format, or in HTML made text by htmlToText. The frame is that of 7.4.0, 7.4.3
 * and 7.7 (scripts/logwatch.pl).
 *
 *      ################### Logwatch 7.7 (07/22/22) ####################
 *             Processing Initiated: Sun Jun  2 06:25:01 2019
 *             Date Range Processed: yesterday
 *                                   ( 2019-Jun-01 )
 *                                   Period is day.
 *             Logfiles for Host: host1
 *      ##################################################################
 *
 *      --------------------- SSHD Begin ------------------------
 *      …
 *      ---------------------- SSHD End -------------------------
 *
 * Schema: the figures as rows, and an account of all lines. What the tables and keys mean is said at the sections.
 */
export interface LogwatchReport {
  readonly version: string;
  /** Local date that the report is of; null where it is of several days or of all. */
  readonly date: string | null;
  /** First and last local date, where the report names them. */
  readonly from: string | null;
  readonly to: string | null;
  /** Wall clock of the server, `2019-06-02T06:25:01`. */
  readonly initiated: string | null;
  readonly host: string | null;
  readonly rows: readonly LogwatchRow[];
  /** Its lines by template; they add up to the lines of the text from the report's to the next report's. */
  readonly account: readonly LogwatchLines[];
}

export interface LogwatchRow {
  readonly section: string;
  readonly table: string;
  readonly key: string | null;
  readonly address: string | null;
  readonly value: number;
  /** Offset of the line in the text, from 0. */
  readonly line: number;
}

export interface LogwatchLines {
  readonly class: 'event' | 'noise' | 'unknown';
  readonly template: string;
  readonly lines: number;
  /** Offset of the first of them. */
  readonly example: number;
}

// ── patterns ────────────────────────────────────────────────────────────────────────────────────────────────

const header = /^ {0,2}#{5,40} Log[Ww]atch (\d\S{0,30})(?: \([^()]{0,40}\))? #{5,40}$/;
const htmlHeader = /^ {2,20}Logwatch Version: (\d\S{0,30})(?: \([^()]{0,40}\))?$/;
const headerEnd = /^ {0,3}#{40,80}$/;
const reportEnd = /^ {0,2}#{5,40} Log[Ww]atch End #{5,40}$/;
const begin = /^ {0,2}-{5,40} (\S.{0,98}?) Begin(?: \(detail=\d{1,3}\))? -{5,40}$/;
const end = /^ {0,2}-{5,40} (\S.{0,98}) End -{5,40}$/;
const field = /^ {2,20}(Processing Initiated|Date Range Processed|Logfiles for Host|Period is): ?(.*)$/;
const rangeDate = /\b(\d{4})-([A-Z][a-z]{2})-(\d\d)\b/g;
const stamp = /^[A-Z][a-z]{2} ([A-Z][a-z]{2}) {1,2}(\d{1,2}) (\d\d:\d\d:\d\d) (\d{4})$/;

/** Sections that are read, by their title; a site may change it. */
const sections: readonly [RegExp, () => SectionReader][] = [
  [/^sshd?\b/i, sshdSection],
  [/^pam_unix\b/i, pamSection],
  [/^postfix\b/i, postfixSection],
  [/^dovecot\b/i, dovecotSection],
  [/^fail2ban(?:-messages)?$/i, fail2banSection],
  [/^iptables\b/i, iptablesSection],
  [/fail2ban|f2b|firewall|ipset|\bban/i, listingSection],
];

/** Subjects by default: `Logwatch for host1 (Linux)`; a site may set its own. */
export function isLogwatchMail(subject: string, text: string): boolean {
  if (!/^\s*(?:\[[^\]]{0,60}\]\s*)?.{0,60}\bLog[Ww]atch\b/i.test(subject)) return hasHeader(text);
  return hasHeader(text) || /Logwatch Version:|<title>Logwatch /i.test(text.slice(0, 8192));
}

/** A mail or file whose first lines hold the head of a report, whatever its subject. */
function hasHeader(text: string): boolean {
  return text
    .slice(0, 8192)
    .split(/\r?\n/)
    .some((line) => header.test(line.trimEnd()) || htmlHeader.test(line.trimEnd()));
}

// ── match ───────────────────────────────────────────────────────────────────────────────────────────────────

/** All reports of a text: logwatch adds to the file that it saves to, and a mail may hold one report a host. */
export function parseLogwatchReports(text: string): LogwatchReport[] {
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  const reports: Reading[] = [];
  // Lines before the first head belong to its report.
  let reading = new Reading();
  lines.forEach((raw, at) => {
    const line = raw.trimEnd();
    const version = (header.exec(line) ?? htmlHeader.exec(line))?.[1];
    if (version !== undefined && reading.takesHead(lines[at + 1] ?? '')) {
      if (reading.version !== null) reading = new Reading();
      reading.version = version;
      reports.push(reading);
    }
    reading.read(line, at);
  });
  return reports.map((report) => report.finish());
}

/** One report while it is read. */
class Reading {
  version: string | null = null;
  private readonly rows: LogwatchRow[] = [];
  private readonly account = new Map<string, { -readonly [K in keyof LogwatchLines]: LogwatchLines[K] }>();
  private inHead = true;
  private readonly head: Head = { initiated: '', range: '', host: null };
  /** Blanks that stand before every line: one in the text format. */
  private base = 1;
  private title: string | null = null;
  private section: SectionReader | null = null;
  /** A local script without a title writes outside of all sections. */
  private readonly outside = listingSection();

  /** A client's text can look like a head only in a section, and cannot write the line behind it too. */
  takesHead(next: string): boolean {
    return this.version === null || (this.title === null && /^ +Processing Initiated: /.test(next));
  }

  read(line: string, at: number): void {
    const { class: kind, template } = this.classify(line, at);
    const known = this.account.get(template);
    if (known) known.lines++;
    else this.account.set(template, { class: kind, template, lines: 1, example: at });
  }

  finish(): LogwatchReport {
    this.close();
    this.addLast('outside', this.outside);
    const { from, to, date } = datesOf(this.head);
    const { host, initiated } = this.head;
    return {
      version: this.version ?? '',
      date,
      from,
      to,
      initiated: wallClock(initiated),
      host,
      rows: this.rows.sort((a, b) => a.line - b.line),
      account: [...this.account.values()],
    };
  }

  private addLast(title: string, section: SectionReader | null): void {
    for (const found of section?.end?.() ?? []) this.rows.push(rowOf(title, found, found.line ?? 0));
  }

  private classify(line: string, at: number): Pick<LogwatchLines, 'class' | 'template'> {
    if (this.version === null) return { class: 'noise', template: 'logwatch.before' };
    if (this.inHead) this.readHead(line);
    const opened = this.title === null ? begin.exec(line)?.[1] : undefined;
    const closed = this.title !== null && end.exec(line)?.[1] === this.title;
    if (opened !== undefined) this.open(opened);
    else if (closed) this.close();
    const framing = opened !== undefined || closed || headerEnd.test(line) || reportEnd.test(line);
    if (framing || this.inHead || line === '') return { class: 'noise', template: 'logwatch.frame' };
    return this.readEntry(line, at);
  }

  private readHead(line: string): void {
    if (headerEnd.test(line) || begin.test(line)) {
      this.inHead = false;
      return;
    }
    const [, name, value = ''] = field.exec(line) ?? [];
    if (name === 'Processing Initiated') {
      this.head.initiated = value.trim();
      this.base = Math.max(0, line.length - line.trimStart().length - 7);
    } else if (name === 'Date Range Processed') this.head.range = value.trim();
    else if (name === 'Logfiles for Host') this.head.host = value.trim() || null;
    else if (/^ +\(.*\)(?:\/\(.*\))?$/.test(line) && this.head.range !== '')
      this.head.range += ` ${line.trim()}`;
  }

  private open(title: string): void {
    this.title = title;
    this.section = sections.find(([pattern]) => pattern.test(title))?.[1]() ?? null;
  }

  private close(): void {
    this.addLast(this.title ?? '', this.section);
    this.title = null;
    this.section = null;
  }

  private readEntry(line: string, at: number): Pick<LogwatchLines, 'class' | 'template'> {
    const section = this.title === null ? this.outside : this.section;
    if (section === null) return { class: 'noise', template: `logwatch.section ${this.title}` };
    const blanks = line.length - line.trimStart().length;
    const text = line.slice(Math.min(this.base, blanks));
    // logwatch counts what the site's ignore.conf hid.
    const ignored = /^\d{1,15} Ignored Lines$/.test(text.trimStart());
    const seen = ignored ? 'known' : section.read(text, text.length - text.trimStart().length, at);
    if (seen === 'unknown') return { class: 'unknown', template: `${section.name}.other` };
    if (seen === 'known') return { class: 'noise', template: `${section.name}.known` };
    for (const found of seen) this.rows.push(rowOf(this.title ?? 'outside', found, at));
    return { class: 'event', template: section.name };
  }
}

// ── shape ───────────────────────────────────────────────────────────────────────────────────────────────────

interface Head {
  initiated: string;
  range: string;
  host: string | null;
}

const rowOf = (section: string, { table, key, address, value }: Figure, line: number): LogwatchRow => ({
  section,
  table,
  key,
  address,
  value,
  line,
});

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `2019-06-01`, or null when there is no such date. */
function isoDate(year: string, month: string, day: string): string | null {
  const text = `${year}-${String(months.indexOf(month) + 1).padStart(2, '0')}-${day.padStart(2, '0')}`;
  const utc = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(utc) && new Date(utc).toISOString().startsWith(text) ? text : null;
}

/** `Sun Jun  2 06:25:01 2019`, as Perl's localtime writes it in every locale. */
function wallClock(text: string): string | null {
  const [, month = '', day = '', time, year = ''] = stamp.exec(text) ?? [];
  const date = isoDate(year, month, day);
  return date === null ? null : `${date}T${time}`;
}

/**
 * 7.7 prints the dates below the range, `( 2019-May-25 / 2019-May-31 )` for several. Where `yesterday` or `today`
 * stands alone, the time of the run tells the date.
 */
function datesOf({ range, initiated }: Head): Pick<LogwatchReport, 'from' | 'to' | 'date'> {
  const dates = [...range.matchAll(rangeDate)].flatMap(
    ([, y = '', m = '', d = '']) => isoDate(y, m, d) ?? [],
  );
  const run = wallClock(initiated)?.slice(0, 10);
  const back = range === 'yesterday' ? 1 : range === 'today' ? 0 : null;
  if (dates.length === 0 && run !== undefined && back !== null)
    dates.push(new Date(Date.parse(`${run}T00:00:00Z`) - back * 86_400_000).toISOString().slice(0, 10));
  const from = dates[0] ?? null;
  const to = dates.at(-1) ?? null;
  return { from, to, date: from === to ? from : null };
}
