import type { Mail } from '../sources/decode-mail.js';
import { addressOf } from './address.js';
import { isPlausible } from './stamp-clock.js';
import { parseWhois } from './whois.js';

/**
 * A mail of fail2ban's actions sendmail, mail, and their -whois, -whois-lines and -buffered forms, releases
 * 0.8 to 1.1 (config/action.d of each release).
 *
 * Schema: event (ban, start, stop), utc (milliseconds), host, jail, address, failures, log_lines (log lines that
 * the mail quotes, null when the action quotes none), whois fields. A buffered mail gives one ban a line.
 *
 *     Subject: [Fail2Ban] sshd: banned 192.0.2.1 from host1.example
 *     Date: Sat, 01 Dec 2018 00:03:11 +0900
 *
 *     The IP 192.0.2.1 has just been banned by Fail2Ban after
 *     5 attempts against sshd.
 *
 *     Here is more information about 192.0.2.1 :
 *     …
 */
export interface BanMail {
  readonly event: 'ban' | 'start' | 'stop';
  readonly utc: number;
  readonly host: string | null;
  readonly jail: string;
  readonly address: string | null;
  readonly failures: number | null;
  readonly log_lines: number | null;
  readonly whois_country: string | null;
  readonly whois_netname: string | null;
  readonly whois_range: string | null;
}

export type ParsedMail =
  | { readonly class: 'event'; readonly template: string; readonly rows: BanMail[] }
  | { readonly class: 'noise'; readonly template: 'mail.other'; readonly utc: number | null }
  | { readonly class: 'unknown'; readonly template: string; readonly utc: number | null }
  | { readonly class: 'malformed'; readonly template: string; readonly utc: null };

/** Names of all patterns, for the check that each has a fixture. */
export const banMailTemplates: readonly string[] = [
  'fail2ban.banned',
  'fail2ban.summary',
  'fail2ban.started',
  'fail2ban.stopped',
];

// ── patterns ────────────────────────────────────────────────────────────────────────────────────────────────

const subject = /^\[Fail2Ban\] (.+): (banned|started|stopped|summary)(?:\s+(.*))?$/is;
const banned =
  /^The IP (\S+) has just been banned by Fail2Ban after\s+(\d{1,9}) attempts against (.+?)\.?$/im;
const jailState = /^The jail (.+) has been (started successfully|stopped)\.?$/im;
const buffered =
  /^(?:[A-Z][a-z]{2} )?([A-Z][a-z]{2}) +(\d{1,2}) (\d\d):(\d\d):(\d\d) ([A-Z+-][A-Z0-9+-]*) (\d{4}): (\S+) \((\d{1,9}) failures?\)$/gm;
const whoisStart = /^Here (?:is|are) more information about \S+ ?:$/im;
const logLinesStart = /^Lines containing (?:IP:\S+ in .*|failures of \S+.*)$/m;
const bodyEnd = /^Regards,$/m;

// ── match ───────────────────────────────────────────────────────────────────────────────────────────────────

/**
 * @param mail a decoded mail, or null when it could not be decoded
 * @param toUtc turns wall-clock digits into UTC in the site's zone, for stamps that name no offset
 */
export function parseBanMail(mail: Mail | null, toUtc: (wall: number) => number): ParsedMail {
  if (mail === null) return { class: 'malformed', template: 'mail not readable', utc: null };
  const title = subject.exec(mail.subject.trim());
  // Anyone can send a mail with any date; of a mail that is not fail2ban's only the own server's stamp counts.
  const ownStamp = { ...mail, date: null, received: mail.received.slice(0, 1) };
  if (!title) return { class: 'noise', template: 'mail.other', utc: dateOf(ownStamp, toUtc)?.utc ?? null };
  const sent = dateOf(mail, toUtc);
  if (!sent) return { class: 'malformed', template: 'fail2ban mail without a date', utc: null };
  const kind = (title[2] ?? '').toLowerCase();
  const rows = (kind === 'summary' ? summaryRows : kind === 'banned' ? banRows : stateRows)(
    mail,
    title,
    sent,
    toUtc,
  );
  return rows.length > 0
    ? { class: 'event', template: `fail2ban.${kind}`, rows }
    : { class: 'unknown', template: `fail2ban mail: ${kind} subject, other body`, utc: sent.utc };
}

interface Sent {
  readonly utc: number;
  /** Offset in milliseconds, or null when the date does not say. */
  readonly offset: number | null;
}

/**
 * When the mail was sent: its Date header; where that is missing or written in the machine's language (releases
 * 0.8.5 and 0.8.6 ask `date` without a locale), the first server's Received; else the From_ line.
 */
function dateOf(mail: Mail, toUtc: (wall: number) => number): Sent | null {
  const received = mail.received.at(-1)?.split(';').at(-1) ?? null;
  for (const header of [mail.date, received]) {
    const text = header?.trim().slice(0, 100) ?? '';
    const utc = Date.parse(text);
    const zone = /([+-])(\d\d)(\d\d)(?: \([^()]*\))?$/.exec(text);
    if (!isPlausible(utc) || !zone) continue;
    return { utc, offset: Number(`${zone[1]}1`) * (Number(zone[2]) * 60 + Number(zone[3])) * 60_000 };
  }
  const envelope = /([A-Z][a-z]{2} +\d{1,2} \d\d:\d\d(?::\d\d)?)\D*(\d{4})/.exec(mail.envelope ?? '');
  const wall = envelope ? Date.parse(`${envelope[1]} ${envelope[2]} UTC`) : Number.NaN;
  return isPlausible(wall) ? { utc: toUtc(wall), offset: null } : null;
}

// ── shape ───────────────────────────────────────────────────────────────────────────────────────────────────

type Rows = (mail: Mail, title: RegExpExecArray, sent: Sent, toUtc: (wall: number) => number) => BanMail[];

const nothing = {
  address: null,
  failures: null,
  log_lines: null,
  whois_country: null,
  whois_netname: null,
  whois_range: null,
};

/** The server: as the subject says (`banned X from HOST`, `started on HOST`), else who first received the mail. */
function hostOf(mail: Mail, title: RegExpExecArray): string | null {
  const named = /(?:^|\s)(?:from|on)\s+(\S+)\s*$/.exec(title[3] ?? '')?.[1];
  return named ?? /\bby (\S+)/.exec(mail.received.at(-1) ?? '')?.[1] ?? null;
}

const banRows: Rows = (mail, title, sent) => {
  const ban = banned.exec(mail.text);
  const address = addressOf(ban?.[1] ?? '');
  if (!ban || address === null) return [];
  const rest = mail.text.slice(ban.index + ban[0].length);
  const whois = parseWhois(section(rest, whoisStart));
  return [
    {
      event: 'ban',
      utc: sent.utc,
      host: hostOf(mail, title),
      jail: ban[3] ?? '',
      address,
      failures: Number(ban[2]),
      log_lines: logLinesStart.test(rest) ? countLines(section(rest, logLinesStart)) : null,
      whois_country: whois.country,
      whois_netname: whois.netname,
      whois_range: whois.range,
    },
  ];
};

const stateRows: Rows = (mail, title, sent) => {
  const state = jailState.exec(mail.text);
  if (!state) return [];
  const event = state[2] === 'stopped' ? 'stop' : 'start';
  return [{ ...nothing, event, utc: sent.utc, host: hostOf(mail, title), jail: state[1] ?? '' }];
};

/**
 * Each line carries a wall-clock time and the abbreviation of a zone, which names an offset only by habit (IST is
 * three): the mail's own offset stands for it, else the site's zone.
 */
const summaryRows: Rows = (mail, title, sent, toUtc) =>
  [...mail.text.matchAll(buffered)].flatMap((line) => {
    const [, month, day, hour, minute, second, zone = '', year, source = '', failures] = line;
    const wall = Date.parse(`${day} ${month} ${year} ${hour}:${minute}:${second} UTC`);
    const address = addressOf(source);
    if (address === null || !isPlausible(wall)) return [];
    // An offset of zero beside another zone is that of `date -u`, and says nothing of the wall clock.
    const offset = /^(?:UTC|GMT)$/.test(zone) ? 0 : sent.offset || null;
    const utc = offset === null ? toUtc(wall) : wall - offset;
    const host = hostOf(mail, title);
    return { ...nothing, event: 'ban', utc, host, jail: title[1] ?? '', address, failures: Number(failures) };
  });

/** Text from behind a start line to the next part of the mail. */
function section(text: string, start: RegExp): string {
  const begin = start.exec(text);
  if (!begin) return '';
  const rest = text.slice(begin.index + begin[0].length);
  const ends = [bodyEnd, logLinesStart].map((end) => end.exec(rest)?.index ?? rest.length);
  return rest.slice(0, Math.min(...ends));
}

const countLines = (text: string): number => text.split('\n').filter((line) => line.trim() !== '').length;
