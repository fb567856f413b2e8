import type { ZoneClock } from '../zone.js';
import { jail } from './attackers.js';
import type { Ban, JailEvent } from './log-line.js';
import type { Random } from './random.js';
import { whois } from './whois.js';

export interface MailSettings {
  readonly host: string;
  readonly seed: number;
  readonly clock: ZoneClock;
  readonly random: Random;
}

const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
/** English month names as date(1) and syslog print them. */
export const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/**
 * A mail of fail2ban 0.9's action sendmail-whois as it stands in an mbox file, separator included.
 * @param delivered instant of the separator: the mail leaves when the whois query is done
 */
export function banMail(item: Ban | JailEvent, delivered: number, settings: MailSettings): string {
  const { host, seed, clock, random } = settings;
  const id = random.int(0x1000000000, 0xffffffffff).toString(16).toUpperCase();
  const stamp = rfc2822(item.at, clock);
  const sender = `fail2ban@${host}`;
  const head = [
    `From ${sender} ${asctime(clock.toLocal(delivered))}`,
    `Return-Path: <${sender}>`,
    `Delivered-To: root@${host}`,
    `Received: by ${host} (Postfix, from userid 0)`,
    `\tid ${id}; ${rfc2822(delivered, clock, ' ')}`,
    `Subject: [Fail2Ban] ${subject(item)} ${host}`,
    `Date: ${stamp}`,
    `From: Fail2Ban <${sender}>`,
    `To: root@${host}`,
    `Message-Id: <${clockDigits(delivered)}.${id}@${host}>`,
    `X-Synthetic: banbook forge, seed ${seed}`,
  ];
  const text = ['Hi,', '', ...body(item, random), '', 'Regards,', '', 'Fail2Ban'];
  return [...head, '', ...text.map((line) => line.replace(/^>*From /, '>$&')), '', ''].join('\n');
}

function subject(item: Ban | JailEvent): string {
  if (item.kind === 'ban') return `${jail.name}: banned ${item.address} from`;
  return `${jail.name}: ${item.kind} on`;
}

function body(item: Ban | JailEvent, random: Random): string[] {
  if (item.kind !== 'ban')
    return [
      `The jail ${jail.name} has been ${item.kind === 'started' ? 'started successfully' : 'stopped'}.`,
    ];
  return [
    `The IP ${item.address} has just been banned by Fail2Ban after`,
    `${item.failures} attempts against ${jail.name}.`,
    '',
    '',
    `Here is more information about ${item.address} :`,
    '',
    ...whois(random, item.address, item.country),
  ];
}

const two = (value: number, pad = '0'): string => String(value).padStart(2, pad);
const time = (date: Date): string => date.toISOString().slice(11, 19);

/** `Sat, 01 Dec 2018 00:03:11 +0900`. @param pad what fills the day to two places: date(1) takes 0, Postfix a blank */
function rfc2822(at: number, clock: ZoneClock, pad = '0'): string {
  const date = new Date(clock.toLocal(at));
  const minutes = Math.round((date.getTime() - at) / 60_000);
  const size = Math.abs(minutes);
  const offset = `${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}${two(size % 60)}`;
  const day = `${weekdays[date.getUTCDay()]}, ${two(date.getUTCDate(), pad)}`;
  return `${day} ${months[date.getUTCMonth()]} ${date.getUTCFullYear()} ${time(date)} ${offset}`;
}

/** `Sat Dec  1 00:03:11 2018` of a wall-clock time. */
function asctime(wall: number): string {
  const date = new Date(wall);
  const day = `${weekdays[date.getUTCDay()]} ${months[date.getUTCMonth()]} ${two(date.getUTCDate(), ' ')}`;
  return `${day} ${time(date)} ${date.getUTCFullYear()}`;
}

/** `20181130150311`: Postfix stamps message ids in UTC. */
const clockDigits = (at: number): string => new Date(at).toISOString().slice(0, 19).replace(/\D/g, '');
