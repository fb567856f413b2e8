import assert from 'node:assert/strict';
import { test } from 'node:test';
import { shapeOf } from '../../lib/frames/ledger.js';
import { parseBanMail } from '../../lib/parsers/ban-mail.js';
import { parseEnvelope } from '../../lib/parsers/envelope.js';
import { parseJournalExport } from '../../lib/parsers/journal.js';
import { parseLogwatchReports } from '../../lib/parsers/logwatch.js';
import { parserOf } from '../../lib/parsers/parse-message.js';
import { parseWhois } from '../../lib/parsers/whois.js';
import { decodePlainMail } from '../../lib/sources/decode-plain-mail.js';
import { textOfHtml } from '../../lib/sources/html-text.js';
import { endOfEntry } from '../../lib/sources/journal-entries.js';
import { htmlToText } from '../../lib/sources/logwatch-html.js';
import { tidyLine } from '../../lib/sources/read-lines.js';
import { fromLine, mailOf } from '../../lib/sources/read-mails.js';

const mail = (subject: string, text: string) => ({
  id: null,
  subject,
  date: 'Sat, 01 Dec 2018 00:03:11 +0900',
  received: [],
  envelope: null,
  synthetic: null,
  text,
  attached: [],
});

/** Everything that reads text of which a client may have written a part. */
const readers: Record<string, (text: string) => unknown> = {
  ...Object.fromEntries(
    [
      'sshd',
      'postfix/smtpd',
      'postfix/postscreen',
      'postfix/cleanup',
      'dovecot',
      'fail2ban',
      'su',
      'CRON',
    ].map((program) => [program, parserOf(program)]),
  ),
  envelope: parseEnvelope,
  'envelope, behind a stamp': (text) => parseEnvelope(`Dec  1 00:00:00 ${text}`),
  'envelope, RFC 5424': (text) => parseEnvelope(`<34>1 2018-12-01T00:00:00Z host1 sshd 7 - ${text}`),
  shape: (text) => shapeOf('sshd', text),
  whois: parseWhois,
  // Of two networks the smaller one counts.
  'whois, ranges': (text) => parseWhois(`inetnum: ${text}\ninetnum: ${text} x y\n`),
  'journal, JSON': (text) => parseEnvelope(`{"__REALTIME_TIMESTAMP":"1709247598000000","MESSAGE":"${text}`),
  'journal, export': (text) =>
    parseJournalExport(`__REALTIME_TIMESTAMP=1709247598000000\n${text}`.split('\n')),
  'journal, entries': (text) => endOfEntry(`MESSAGE\n${text}`, 0, true),
  'line as it is read': (text) => tidyLine(`${text}\r`, 1),
  'ban mail, subject': (text) => parseBanMail(mail(`[Fail2Ban] ${text}`, ''), (wall) => wall),
  'ban mail, text': (text) => parseBanMail(mail('[Fail2Ban] sshd: banned 192.0.2.1', text), (wall) => wall),
  'ban mail, summary': (text) => parseBanMail(mail('[Fail2Ban] sshd: summary', text), (wall) => wall),
  'ban mail, dates': (text) =>
    parseBanMail(
      {
        ...mail('[Fail2Ban] sshd: summary', `Sat Dec ${text}: 192.0.2.1 (5 failures)`),
        date: text,
        received: [`from x by ${text}`, `${text}; ${text}`],
        envelope: `From x ${text}`,
      },
      (wall) => wall,
    ),
  'ban mail, parts': (text) =>
    parseBanMail(
      mail(
        '[Fail2Ban] sshd: banned 192.0.2.1',
        `The IP 192.0.2.1 has just been banned by Fail2Ban after\n5 attempts against sshd.\n\nHere is more information about 192.0.2.1 :\n${text}\nMatches:\n${text}`,
      ),
      (wall) => wall,
    ),
  digest: (text) =>
    decodePlainMail(
      mailOf(
        Buffer.from(
          `Subject: x\n\n${'-'.repeat(30)}\n\nMessage: 1\nSubject: ${text}\nDate: ${text}\n\n${text}`,
        ),
      ),
    ),
  'mail headers': (text) =>
    decodePlainMail(mailOf(Buffer.from(`Subject: ${text}\nDate: ${text}\n\n${text}`))),
  'From_ line': (text) => fromLine.test(`From ${text}`),
  html: textOfHtml,
  'html of logwatch': htmlToText,
  logwatch: (text) =>
    parseLogwatchReports(`################### Logwatch 7.7 (07/22/22) ####################\n${text}`),
  ...Object.fromEntries(
    ['SSHD', 'pam_unix', 'Postfix', 'Dovecot', 'fail2ban-messages', 'iptables firewall', 'f2b'].map(
      (title) => [
        `logwatch, ${title}`,
        (text: string) =>
          parseLogwatchReports(
            `################### Logwatch 7.7 (07/22/22) ####################\n\n --------------------- ${title} Begin ------------------------\n\n ${text}\n    ${text}\n`,
          ),
      ],
    ),
  ),
};

/** What makes a pattern that looks at the same text twice look at it again and again. */
const beginnings = [
  '',
  'Failed password for ',
  'Invalid user ',
  'Connection closed by ',
  'Disconnecting ',
  'Received disconnect from ',
  'Accepted publickey for ',
  'error: PAM: Authentication failure for ',
  'pam_unix(sshd:auth): authentication failure; logname= uid=0 euid=0 tty=ssh ruser= rhost=',
  'NOQUEUE: reject: RCPT from ',
  'warning: hostname ',
  'warning: x[192.0.2.1]: SASL LOGIN authentication failed: ',
  'imap-login: Aborted login (auth failed, 1 attempts in 2 secs): user=<',
  'auth: pam(',
  'fail2ban.actions [7]: NOTICE  [sshd] Ban ',
  'message repeated 2 times: [ ',
  '1   5xx Reject RBL ',
  'Dovecot disconnects:\n    ',
  'Banned services with Fail2Ban:\n    ',
  'REJECT all -- ',
  'From 192.0.2.1',
  'The IP 192.0.2.1 has just been banned by Fail2Ban after\n5 attempts against ',
];
const repeats = [
  ' ',
  'x',
  'a b ',
  ' from ',
  ' from 192.0.2.1 port 1 ssh2',
  ' user',
  ': ',
  '[',
  '[x]',
  '((',
  '<',
  '<a b="',
  '"',
  '\\"',
  '=',
  ', ',
  '192.0.2.1 ',
  '\t',
  '\n ',
  '-',
  ':',
  ' - ',
  '>',
  '\0',
  '=?utf-8?q?',
  '&#1',
  'netname: x\n',
  '(1 failures)\n',
];

/**
 * No test asserts a time, but this is about how time grows: four times the text may take four times as long, and a
 * pattern of quadratic time takes sixteen. What is done within some milliseconds is not looked at. The machine has
 * other things to do: so it is time of the CPU and not of the clock, and the best of several tries counts.
 */
const longest = 64 * 1024;
const notWorthALook = 20;

function best(read: (text: string) => unknown, text: string, times = 3): number {
  let least = Number.POSITIVE_INFINITY;
  for (let n = 0; n < times; n++) {
    const begun = process.cpuUsage();
    read(text);
    const { user, system } = process.cpuUsage(begun);
    least = Math.min(least, (user + system) / 1000);
  }
  return least;
}

function isLinear(read: (text: string) => unknown, of: (size: number) => string): boolean {
  for (let tries = 0; tries < 6; tries++) {
    // Nearly always the first try tells.
    const whole = best(read, of(longest), tries === 0 ? 1 : 3);
    if (whole < notWorthALook || whole < 10 * best(read, of(longest / 4))) return true;
  }
  return false;
}

for (const [name, read] of Object.entries(readers))
  test(`${name}: no text takes more than linear time`, () => {
    for (const beginning of beginnings)
      for (const repeat of repeats) {
        const of = (size: number) => beginning + repeat.repeat(Math.ceil(size / repeat.length));
        assert.ok(isLinear(read, of), `"${beginning}" and many "${repeat}" take more than linear time`);
      }
  });
