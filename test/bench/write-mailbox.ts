import { banMail, jailMail, type MailSettings } from '../../lib/forge/ban-mail.js';
import { countryWeights } from '../../lib/forge/countries.js';
import { type Random, random } from '../../lib/forge/random.js';
import { textFile } from '../../lib/forge/text-file.js';
import { zoneClock } from '../../lib/zone.js';
import { addressSource } from './visitors.js';
import { host, period, seed } from './write-log.js';
import { whoisOf } from './write-whois.js';

/** Shares of mails that are not the plain ones of sendmail-whois. */
const shares = { withoutWhois: 0.03, withLines: 0.06, base64: 0.015, quoted: 0.01, others: 0.01 };

/**
 * One mbox of fail2ban's mails as a server gathers them in a year: most by the action sendmail-whois, a few by others
 * or in another encoding, and between them starts and stops of the jail.
 * @param mails bans, one mail each; the others come on top
 */
export async function writeMailbox(
  path: string,
  mails: number,
): Promise<{ lines: number; mails: number; addresses: number }> {
  const draw = random(seed, 3);
  const addresses = addressSource(draw);
  const settings = { host, seed, clock: zoneClock('UTC'), random: draw };
  const { codes, weights } = countryWeights('JP');
  const file = textFile(path);
  let lines = 0;
  const write = (text: string): void => {
    lines += text.split('\n').length - 1;
    file.write(text);
  };
  for (let mail = 0; mail < mails; mail++) {
    const at = period.from + Math.floor(((period.to - period.from) * mail) / mails / 1000) * 1000;
    const country = codes[draw.weighted(weights)] ?? 'JP';
    const ban = { jail: 'ssh', at, address: addresses.next(), country, failures: draw.int(3, 6) } as const;
    write(dressed(banMail(ban, at + draw.int(0, 3) * 1000, settings).text, ban, settings));
    if (draw.chance(shares.others))
      write(jailMail('ssh', draw.chance(0.5) ? 'started' : 'stopped', at, at, settings));
  }
  file.close();
  return { lines, mails, addresses: addresses.distinct() };
}

interface Banned {
  readonly address: string;
  readonly country: string;
  readonly failures: number;
}

/** A mail of forge with a registry's whole answer in place of the short one, in the encoding of some client. */
function dressed(mail: string, ban: Banned, { random }: MailSettings): string {
  const end = mail.indexOf('\n\n');
  const about = mail.indexOf('Here is more information', end);
  const regards = mail.indexOf('\n\nRegards,\n', about);
  const lines = random.chance(shares.withLines) ? quotedLines(ban) : '';
  const whois = random.chance(shares.withoutWhois)
    ? ''
    : `${mail.slice(about, mail.indexOf('\n', about))}\n\n${whoisOf(random, ban.address, ban.country).join('\n')}`;
  const body = `${mail.slice(end + 2, about)}${whois}${lines}${mail.slice(regards)}`;
  return encoded(mail.slice(0, end), body.replace(/^(?=>*From )/gm, '>'), random);
}

/** What -whois-lines adds. */
const quotedLines = ({ address, failures }: Banned): string =>
  [
    `\n\nLines containing failures of ${address}`,
    ...Array.from(
      { length: failures },
      (_, n) =>
        `Dec  1 00:00:0${n} host1 sshd[4${n}]: Failed password for root from ${address} port 4${n} ssh2`,
    ),
    '\n',
  ].join('\n');

function encoded(head: string, body: string, random: Random): string {
  const mail = (encoding: string, text: string): string =>
    `${head}\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: ${encoding}\n\n${text}`;
  const bytes = Buffer.from(body);
  if (random.chance(shares.base64)) return mail('base64', `${wrapped(bytes.toString('base64'))}\n\n`);
  if (random.chance(shares.quoted)) return mail('quoted-printable', quotedPrintable(bytes));
  // fail2ban names the charset since 0.10; before, the bytes are what they are.
  return random.chance(0.5) ? mail('8bit', body) : `${head}\n\n${body}`;
}

const wrapped = (text: string): string => text.replace(/.{76}(?=.)/g, '$&\n');

const quotedPrintable = (bytes: Buffer): string =>
  bytes
    .toString('latin1')
    .replace(/[=\x80-\xff]/g, (c) => `=${c.charCodeAt(0).toString(16).toUpperCase()}`)
    .replace(/^.{73}(?=.{4})/gm, '$&=\n');
