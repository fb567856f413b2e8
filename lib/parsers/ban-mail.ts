import type { Mail } from '../sources/decode-mail.js';
import { addressOf } from './address.js';
import { readParts } from './ban-parts.js';
import { dateOf, type Sent, stampOfLine } from './mail-date.js';

/**
 * A mail of fail2ban's mail actions, releases 0.8 to 1.1 (config/action.d of each release): sendmail and mail, and
 * their forms -whois, -whois-lines, -whois-matches, -whois-ipmatches, -whois-ipjailmatches, -geoip-lines and
 * -buffered.
 *
 * Schema: event (ban, start, stop), utc (milliseconds), host, jail, address, failures, log_lines (log lines that
 * the mail quotes, null when the action quotes none), whois fields. A buffered mail gives one ban a line; a mail
 * with attached mails, a bounce and a digest give the rows of the mails within.
 *
 *     Subject: [Fail2Ban] sshd: banned 192.0.2.1 from host1.example
 *     Date: Sat, 01 Dec 2018 00:03:11 +0900
 *
 *     The IP 192.0.2.1 has just been banned by Fail2Ban after
 *     5 attempts against sshd.
 *
 *     Here is more information about 192.0.2.1 :
 *     …
 *
 * The line `Country:JP, Japan` of -geoip-lines is where a database on the server put the address, not what a
 * registry said of it: it is not read as whois.
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

/** What one mail says, with its Message-ID. */
export interface BansOfMail {
  readonly id: string | null;
  readonly rows: readonly BanMail[];
}

export type ParsedMail =
  /** Several mails where they are attached to one, or in a digest. Each has a row at least. */
  | { readonly class: 'event'; readonly template: string; readonly mails: readonly BansOfMail[] }
  | { readonly class: 'noise'; readonly template: 'mail.other' | 'mail.answer'; readonly utc: number | null }
  | { readonly class: 'unknown'; readonly template: string; readonly utc: number | null }
  | { readonly class: 'malformed'; readonly template: string; readonly utc: null };

/** Names of all patterns, for the check that each has a fixture. */
export const banMailTemplates: readonly string[] = [
  'fail2ban.banned',
  'fail2ban.summary',
  'fail2ban.started',
  'fail2ban.stopped',
  'fail2ban.attached',
  'mail.answer',
  'mail.other',
];

// ── patterns ────────────────────────────────────────────────────────────────────────────────────────────────

// A mailing list or a spam filter may have put its own brackets before those of fail2ban.
const subject =
  /^(?:\[[^[\]]{1,60}\] ?){0,2}\[Fail2Ban\] (.+): (banned|started|stopped|summary)(?:\s+(.*))?$/is;
/** `Fwd: [Fail2Ban] …`, `AW: Re[2]: [list] [Fail2Ban] …`. */
const answer = /^(?:[^\s:[\]]{1,12}(?:\[\d{1,3}\])?: ?){1,5}(?:\[[^[\]]{1,60}\] ?){0,2}\[Fail2Ban\] /i;
const banned = /^The IP (\S+) has just been banned by Fail2Ban after\s+(\d{1,9}) attempts against (.+)$/im;
const jailState = /^The jail (.+) has been (started successfully|stopped)\.?[ \t]*$/im;
/** `Sat Dec  1 00:03:11 JST 2018: 192.0.2.1 (5 failures)`: what date(1) prints, address, failures. */
const buffered = /^(\S.{9,79}): (\S+) \((\d{1,9}) failures?\)[ \t]*$/gm;

// ── match ───────────────────────────────────────────────────────────────────────────────────────────────────

/**
 * @param mail a decoded mail, or null when it could not be decoded
 * @param toUtc turns wall-clock digits into UTC in the site's zone, for stamps that name no offset
 */
export function parseBanMail(mail: Mail | null, toUtc: (wall: number) => number): ParsedMail {
  if (mail === null) return { class: 'malformed', template: 'mail not readable', utc: null };
  const own = parseOwn(mail, toUtc);
  // A ban mail quotes whois texts and log lines: what looks like another mail in them is none.
  if (own.class === 'event' || mail.attached.length === 0) return own;
  const mails = mail.attached.flatMap((attached) => {
    const parsed = parseOwn(attached, toUtc);
    return parsed.class === 'event' ? parsed.mails : [];
  });
  return mails.length > 0 ? { class: 'event', template: 'fail2ban.attached', mails } : own;
}

/** What a mail says itself, without those within it. */
function parseOwn(mail: Mail, toUtc: (wall: number) => number): ParsedMail {
  const title = subject.exec(mail.subject.trim());
  if (!title) return parseOther(mail, toUtc);
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
    ? { class: 'event', template: `fail2ban.${kind}`, mails: [{ id: mail.id, rows }] }
    : { class: 'unknown', template: `fail2ban mail: ${kind} subject, other body`, utc: sent.utc };
}

/**
 * A mail that is not fail2ban's. Answers quote ban mails, and a ban that somebody answered is in the mailbox
 * already; one that was forwarded as unquoted text may be nowhere else, and has lost its date.
 */
function parseOther(mail: Mail, toUtc: (wall: number) => number): ParsedMail {
  // Anyone can send a mail with any date; only the own server's stamp counts.
  const utc = dateOf({ ...mail, date: null, received: mail.received.slice(0, 1) }, toUtc)?.utc ?? null;
  if (!answer.test(mail.subject.trim())) return { class: 'noise', template: 'mail.other', utc };
  return banned.test(mail.text)
    ? { class: 'unknown', template: 'fail2ban mail: forwarded as text', utc }
    : { class: 'noise', template: 'mail.answer', utc };
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
  const rest = Buffer.from(afterLine(mail.text, ban.index + ban[0].length));
  const { whois, logLines } = readParts(rest, 0, rest.length);
  return [
    {
      event: 'ban',
      utc: sent.utc,
      host: hostOf(mail, title),
      jail: (ban[3] ?? '').trim().replace(/\.$/, ''),
      address,
      failures: Number(ban[2]),
      log_lines: logLines,
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

/** A line a ban, each with its own time. */
const summaryRows: Rows = (mail, title, sent, toUtc) =>
  [...mail.text.matchAll(buffered)].flatMap(([, stamp = '', source = '', failures]) => {
    const address = addressOf(source);
    if (address === null) return [];
    const utc = stampOfLine(stamp, sent, toUtc);
    const host = hostOf(mail, title);
    return { ...nothing, event: 'ban', utc, host, jail: title[1] ?? '', address, failures: Number(failures) };
  });

/** What follows the line in which a place is. */
function afterLine(text: string, place: number): string {
  const end = text.indexOf('\n', place);
  return end < 0 ? '' : text.slice(end + 1);
}
