import type { ZoneClock } from '../zone.js';
import { isoLocal } from '../zone.js';

const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
/** English month names as date(1) and syslog print them. */
export const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

const two = (value: number, pad = '0'): string => String(value).padStart(2, pad);
const time = (date: Date): string => date.toISOString().slice(11, 19);

/** `Sat, 01 Dec 2018 00:03:11 +0900`. @param pad what fills the day to two places: date(1) takes 0, Postfix a blank */
export function rfc2822(at: number, clock: ZoneClock, pad = '0'): string {
  const date = new Date(clock.toLocal(at));
  const minutes = Math.round((date.getTime() - at) / 60_000);
  const size = Math.abs(minutes);
  const offset = `${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}${two(size % 60)}`;
  const day = `${weekdays[date.getUTCDay()]}, ${two(date.getUTCDate(), pad)}`;
  return `${day} ${months[date.getUTCMonth()]} ${date.getUTCFullYear()} ${time(date)} ${offset}`;
}

/** `Sat Dec  1 00:03:11 2018` of a wall-clock time. */
export function asctime(wall: number): string {
  const date = new Date(wall);
  const day = `${weekdays[date.getUTCDay()]} ${months[date.getUTCMonth()]} ${two(date.getUTCDate(), ' ')}`;
  return `${day} ${time(date)} ${date.getUTCFullYear()}`;
}

/** `20181130150311`: Postfix stamps message ids in UTC. */
export const clockDigits = (at: number): string => new Date(at).toISOString().slice(0, 19).replace(/\D/g, '');

/**
 * Stamps of log lines, `Dec  1 00:00:00`: they have no year. The text of a day is kept, as most lines share it.
 * @param pad what fills the day to two places: a blank in syslog, 0 in dovecot's own log
 */
export function syslogStamps(clock: ZoneClock, pad: ' ' | '0'): (at: number) => string {
  let known = '';
  let text = '';
  return (at) => {
    const local = isoLocal(clock.toLocal(at));
    const date = local.slice(0, 10);
    if (date !== known) {
      known = date;
      text = `${months[Number(date.slice(5, 7)) - 1]} ${String(Number(date.slice(8))).padStart(2, pad)} `;
    }
    return text + local.slice(11);
  };
}
