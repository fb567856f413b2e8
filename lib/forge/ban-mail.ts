import type { ZoneClock } from '../zone.js';
import { type JailId, jails } from './jails.js';
import type { Ban } from './log-line.js';
import type { Random } from './random.js';
import { asctime, clockDigits, rfc2822 } from './stamps.js';
import { whois } from './whois.js';

export interface MailSettings {
  readonly host: string;
  readonly seed: number;
  readonly clock: ZoneClock;
  readonly random: Random;
}

/** The head of a mail of this server, as it stands in an mbox file, separator included. */
export function mailHead(
  fields: { readonly at: number; readonly delivered: number; readonly from: string; readonly name: string },
  subject: string,
  { host, seed, clock, random }: MailSettings,
): string[] {
  const { at, delivered, from, name } = fields;
  const id = random.int(0x1000000000, 0xffffffffff).toString(16).toUpperCase();
  const sender = `${from}@${host}`;
  return [
    `From ${sender} ${asctime(clock.toLocal(delivered))}`,
    `Return-Path: <${sender}>`,
    `Delivered-To: root@${host}`,
    `Received: by ${host} (Postfix, from userid 0)`,
    `\tid ${id}; ${rfc2822(delivered, clock, ' ')}`,
    `Subject: ${subject}`,
    `Date: ${rfc2822(at, clock)}`,
    `From: ${name} <${sender}>`,
    `To: root@${host}`,
    `Message-Id: <${clockDigits(delivered)}.${id}@${host}>`,
    `X-Synthetic: banbook forge, seed ${seed}`,
    '',
  ];
}

/**
 * A mail of fail2ban's action sendmail-whois, and the country that its whois text names.
 * @param delivered instant of the separator: the mail leaves when the whois query is done
 */
export function banMail(
  { at, jail, address, country, failures }: Omit<Ban, 'kind' | 'named'>,
  delivered: number,
  settings: MailSettings,
): { readonly text: string; readonly country: string } {
  const { mail } = jails[jail];
  const answer = whois(settings.random, address, country);
  const subject = `[Fail2Ban] ${mail}: banned ${address} from ${settings.host}`;
  const body = [
    'Hi,',
    '',
    `The IP ${address} has just been banned by Fail2Ban after`,
    `${failures} attempts against ${mail}.`,
    '',
    '',
    `Here is more information about ${address} :`,
    '',
    ...answer.lines.map((line) => line.replace(/^>*From /, '>$&')),
    '',
    'Regards,',
    '',
    'Fail2Ban',
    '',
    '',
  ];
  const head = mailHead({ at, delivered, from: 'fail2ban', name: 'Fail2Ban' }, subject, settings);
  return { text: [...head, ...body].join('\n'), country: answer.country };
}

/** The mail that a jail has started or stopped. */
export function jailMail(
  jail: JailId,
  event: 'started' | 'stopped',
  at: number,
  delivered: number,
  settings: MailSettings,
): string {
  const { mail } = jails[jail];
  const state = event === 'started' ? 'started successfully' : 'stopped';
  const head = mailHead(
    { at, delivered, from: 'fail2ban', name: 'Fail2Ban' },
    `[Fail2Ban] ${mail}: ${event} on ${settings.host}`,
    settings,
  );
  return [
    ...head,
    'Hi,',
    '',
    `The jail ${mail} has been ${state}.`,
    '',
    'Regards,',
    '',
    'Fail2Ban',
    '',
    '',
  ].join('\n');
}
