import { parseJournalLine } from './journal.js';

/**
 * The envelope of a log line: who wrote the message, where and when.
 *
 * Schema: stamp (see Stamp), host (null where the line has none), program (empty where the line has no tag), pid
 * (null when the program gives none), message, via (`log`: a daemon's own file, which names no host).
 *
 *     Nov 22 22:06:05 host1 sshd[4242]: Server listening on 0.0.0.0 port 22.
 *     Dec  1 00:00:00 host1 last message repeated 2 times
 *     2024-02-29T23:59:58.123456+01:00 host1 sshd-session[4242]: Connection closed by 192.0.2.1 port 22
 *     <34>1 2024-02-29T23:59:58Z host1 sshd 4242 - [origin ip="192.0.2.9"] Server listening on :: port 22.
 *     @400000004c91b044077a9e94 imap-login: Info: Aborted login (auth failed, 1 attempts): user=<x>, rip=192.0.2.1
 *     Dec 01 00:00:00 imap-login: Info: Aborted login (no auth attempts in 0 secs): user=<>, rip=192.0.2.1
 *     2019-06-01 12:00:00,123 fail2ban.actions        [4242]: NOTICE  [sshd] Ban 192.0.2.1
 *     {"__REALTIME_TIMESTAMP":"1709247598000000","_HOSTNAME":"host1","SYSLOG_IDENTIFIER":"sshd","MESSAGE":"…"}
 */
export interface Envelope {
  readonly stamp: Stamp;
  readonly host: string | null;
  readonly program: string;
  readonly pid: number | null;
  readonly message: string;
  readonly via: 'syslog' | 'log';
}

/**
 * A time as written: `minute` is its text up to the minutes, which many lines share. `classic` has no year (RFC 3164
 * §4.1.2), `local` a year but no offset, `rfc3339` both (RFC 3339 §5.6).
 */
export type Stamp =
  | { readonly kind: 'classic'; readonly minute: string; readonly second: number }
  | { readonly kind: 'local'; readonly minute: string; readonly second: number }
  | { readonly kind: 'rfc3339'; readonly minute: string; readonly second: number; readonly offset: string };

// ── patterns ────────────────────────────────────────────────────────────────────────────────────────────────

const month = '(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)';
const clock = String.raw`([0-2]\d:[0-5]\d):([0-5]\d|60)(?:[.,]\d{1,9})?`;

/** `Dec  1 00:00:00`; devices and syslog-ng also write `Dec  1 2018 00:00:00`. */
const classic = new RegExp(String.raw`^${month} ( ?[1-9]|0[1-9]|[12]\d|3[01]) (?:(\d{4}) )?${clock} +`);

/** `2018 Dec  1 00:00:00`, as some devices write it. */
const yearFirst = new RegExp(String.raw`^(\d{4}) ${month} ( ?[1-9]|0[1-9]|[12]\d|3[01]) ${clock} +`);

/** RFC 3339, journalctl's short-iso (no colon in the offset), and with a blank and no offset the daemons' own files. */
const numeric = new RegExp(
  String.raw`^(\d{4}-[01]\d-[0-3]\d)[Tt ]${clock}(?:([Zz])|([+-][0-2]\d:?[0-5]\d))? +`,
);

/** TAI64N, as multilog of daemontools writes it; its first 8 digits are the same until 2106. */
const tai64n = /^@40000000([\da-f]{8})[\da-f]{8} +/;

/**
 * The tag of a message. The colon may be missing only behind a pid; without one, the first word of a message that
 * has no tag would be taken for a program.
 */
const tag = /^([^\s:[<][^\s:[]{0,127})(?:\[(\d{1,10})\](?:: ?| |$)|:(?: |$))/;

/** A line of dovecot's own file (log_path) behind its stamp, since 2.0: `imap(name)<pid><session>: Info: …`. */
const dovecot =
  /^[a-z][a-z\d-]{0,31}(?:\([^)]{0,255}\))?(?:<[^>]{0,255}>){0,4}: (?:Info|Warning|Error|Fatal|Panic|Debug): /;

/** Until 1.2 the level stood before the process: `Info: auth(default): …`. */
const dovecotOld = /^(Info|Warning|Error|Fatal|Panic|Debug): ([a-z][a-z\d-]{0,31}(?:\([^)]{0,255}\))?): /;

/** A line of fail2ban.log behind its stamp, with the pid since 0.9. */
const fail2ban = /^fail2ban(?:\.[\w.]{1,64})? {0,32}(?:\[(\d{1,10})\])?: /;

// ── match ───────────────────────────────────────────────────────────────────────────────────────────────────

/** @returns null when the line has no envelope that banbook knows */
export function parseEnvelope(line: string): Envelope | null {
  const first = line.charCodeAt(0);
  if (first === 0x7b) return parseJournalLine(line);
  if (first === 0x3c) return prioritized(line);
  if (first === 0x64) return prefixed(line);
  return stamped(line);
}

/** What stands behind a priority: RFC 5424 names its version there, everything else begins with a stamp. */
function prioritized(line: string): Envelope | null {
  const priority = /^<\d{1,3}>(1 )?/.exec(line);
  if (!priority) return null;
  const rest = line.slice(priority[0].length);
  return priority[1] ? rfc5424(rest) : stamped(rest);
}

/** Until 1.2 dovecot wrote its name, the log_prefix, before the stamp. */
function prefixed(line: string): Envelope | null {
  const dated = line.startsWith(dovecotName) ? stampOf(line.slice(dovecotName.length)) : null;
  return dated && (ownFile(dated) ?? dovecotLine(dated.stamp, dated.rest));
}

interface Dated {
  readonly stamp: Stamp;
  readonly rest: string;
}

function stamped(line: string): Envelope | null {
  const dated = stampOf(line);
  return dated && (ownFile(dated) ?? syslog(dated));
}

/** The stamp at the start of a line, and what stands behind it and its blanks. */
function stampOf(line: string): Dated | null {
  const first = line.charCodeAt(0);
  if (first === 0x40) return labelled(line);
  if (first < 0x30 || first > 0x39) {
    const match = classic.exec(line);
    if (!match) return null;
    const [whole, name = '', day = '', year, time = '', second = ''] = match;
    const rest = line.slice(whole.length);
    if (year !== undefined) return { stamp: dayOf(year, name, day, time, second), rest };
    return { stamp: { kind: 'classic', minute: `${name} ${day} ${time}`, second: Number(second) }, rest };
  }
  const match = numeric.exec(line);
  if (match) {
    const [whole, date = '', time = '', digits = '', zulu, offset = 'Z'] = match;
    const rest = line.slice(whole.length);
    const second = Number(digits);
    if (!zulu && match[5] === undefined)
      return { stamp: { kind: 'local', minute: `${date} ${time}`, second }, rest };
    return { stamp: { kind: 'rfc3339', minute: `${date}T${time}`, second, offset }, rest };
  }
  const [whole = '', year = '', name = '', day = '', time = '', second = ''] = yearFirst.exec(line) ?? [];
  return whole === ''
    ? null
    : { stamp: dayOf(year, name, day, time, second), rest: line.slice(whole.length) };
}

/** A label counts seconds from ten before 1970; leap seconds are not in it, as the clock of the system has none. */
function labelled(line: string): Dated | null {
  const label = tai64n.exec(line);
  if (!label) return null;
  const text = new Date((Number.parseInt(label[1] ?? '', 16) - 10) * 1000).toISOString();
  const stamp: Stamp = {
    kind: 'rfc3339',
    minute: text.slice(0, 16),
    second: Number(text.slice(17, 19)),
    offset: 'Z',
  };
  return { stamp, rest: line.slice(label[0].length) };
}

const months = 'JanFebMarAprMayJunJulAugSepOctNovDec';

function dayOf(year: string, name: string, day: string, time: string, second: string): Stamp {
  const number = String(months.indexOf(name) / 3 + 1).padStart(2, '0');
  const minute = `${year}-${number}-${day.trim().padStart(2, '0')} ${time}`;
  return { kind: 'local', minute, second: Number(second) };
}

const dovecotName = 'dovecot: ';

/** A line of dovecot's or fail2ban's own file. */
function ownFile({ stamp, rest }: Dated): Envelope | null {
  const ban = stamp.kind === 'local' ? fail2ban.exec(rest) : null;
  if (ban) return { stamp, host: null, program: 'fail2ban', pid: pidOf(ban[1]), message: rest, via: 'log' };
  const text = rest.startsWith(dovecotName) ? rest.slice(dovecotName.length) : rest;
  if (dovecot.test(text)) return dovecotLine(stamp, text);
  const old = dovecotOld.exec(text);
  if (!old) return null;
  // The message gets the order of today's files, so that one parser reads both.
  return dovecotLine(stamp, `${old[2]}: ${old[1]}: ${text.slice(old[0].length)}`);
}

const dovecotLine = (stamp: Stamp, message: string): Envelope => ({
  stamp,
  host: null,
  program: 'dovecot',
  pid: null,
  message,
  via: 'log',
});

/** `[sshd]:` or `[sshd]`, without host and process id, as metalog and some syslogd of old write it. */
const bracketedTag = /^\[([A-Za-z][\w./-]{0,63})\]:? /;

/** What stands before some tags: priority or facility and level (FreeBSD, AIX), or the sender's address. */
const beforeTag = /^(?:<[\w.]{1,32}> ?|\[[\da-fA-F:.]{2,45}\] |[a-z][\w|]{0,63}:[a-z]{3,9} ){1,3}/;
/** How AIX passes a line on. */
const forwarded = /^(?:\S{1,255} )?Message forwarded from (\S{1,255}): /;

/** Host, tag and message. A first word that is itself a tag says that the line has no host. */
function syslog({ stamp, rest }: Dated): Envelope | null {
  const bare = tag.exec(rest);
  if (bare || rest.startsWith('last message repeated ')) return tagged(stamp, null, bare, rest);
  const bracketed = bracketedTag.exec(rest);
  if (bracketed) return tagged(stamp, null, bracketed, rest);
  const end = rest.indexOf(' ');
  if (end <= 0) return null;
  const behind = rest.slice(end + 1);
  const found = tag.exec(behind);
  return (!found && oddly({ stamp, rest }, end)) || tagged(stamp, rest.slice(0, end), found, behind);
}

/** @param end of the first word; @returns null where no tag stands behind what relays and systems put before it */
function oddly({ stamp, rest }: Dated, end: number): Envelope | null {
  const relayed = forwarded.exec(rest);
  const facility = relayed ? null : beforeTag.exec(rest);
  if (facility) return syslog({ stamp, rest: rest.slice(facility[0].length) });
  const host = relayed?.[1] ?? rest.slice(0, end);
  const behind = rest.slice(relayed?.[0].length ?? end + 1).replace(beforeTag, '');
  const found = tag.exec(behind);
  return found && tagged(stamp, host, found, behind);
}

function tagged(stamp: Stamp, host: string | null, found: RegExpExecArray | null, rest: string): Envelope {
  return {
    stamp,
    host,
    program: found?.[1] ?? '',
    pid: pidOf(found?.[2]),
    message: found ? rest.slice(found[0].length) : rest,
    via: 'syslog',
  };
}

const pidOf = (digits: string | undefined): number | null => (digits === undefined ? null : Number(digits));

// ── RFC 5424 ────────────────────────────────────────────────────────────────────────────────────────────────

const header = /^(\S+) (\S{1,255}) (\S{1,128}) (\S{1,128}) \S{1,32} /;

/** @param text what stands behind `<34>1 `; a `-` is the nil of every field (RFC 5424 §6) */
function rfc5424(text: string): Envelope | null {
  const fields = header.exec(text);
  if (!fields) return null;
  const [whole, time = '', host = '', program = '', process = ''] = fields;
  // Stamps are read up to a blank: the header's own is cut off with it.
  const stamp = stampOf(`${time} `)?.stamp;
  const end = endOfStructuredData(text, whole.length);
  if (stamp?.kind !== 'rfc3339' || end === null) return null;
  const message = text.slice(end).replace(/^ \ufeff?/, '');
  return {
    stamp,
    host: host === '-' ? null : host,
    program: program === '-' ? '' : program,
    pid: /^\d{1,10}$/.test(process) ? Number(process) : null,
    message,
    via: 'syslog',
  };
}

/** Skips `-` or `[id name="value"]…`; within a value `\"`, `\\` and `\]` are escaped (§6.3.3). */
function endOfStructuredData(text: string, start: number): number | null {
  let at = start;
  if (text[at] === '-') at++;
  else {
    let quoted = false;
    let open = false;
    for (; at < text.length && (open || text[at] === '['); at++) {
      const char = text[at];
      if (quoted && char === '\\') at++;
      else if (char === '"') quoted = !quoted;
      else if (!quoted && char === '[') open = true;
      else if (!quoted && char === ']') open = false;
    }
    if (open || at === start) return null;
  }
  return at >= text.length || text[at] === ' ' ? at : null;
}
