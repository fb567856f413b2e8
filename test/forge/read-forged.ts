import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

/** One log line; `wall` is the stamp as if it were UTC, in seconds; `text` follows stamp and host. */
export interface ForgedLine {
  readonly file: string;
  readonly line: number;
  readonly wall: number;
  readonly text: string;
}

export interface ForgedMail {
  readonly wall: number;
  readonly jail: string;
  readonly event: 'ban' | 'started' | 'stopped';
  readonly address: string;
  readonly failures: number;
}

const months = 'JanFebMarAprMayJunJulAugSepOctNovDec';

/** All lines of a folder's logs of one name, in the order of the files. The year is that of the day before the rotation. */
export function forgedLines(folder: string, log: string): ForgedLine[] {
  const files = readdirSync(join(folder, 'raw')).filter((name) => name.startsWith(`${log}-`));
  return files.sort().flatMap((file) => {
    const [, year, month, day] = /(\d{4})(\d\d)(\d\d)(?:\.gz)?$/.exec(file) ?? [];
    const lastDay = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day) - 1));
    const lines = contentOf(join(folder, 'raw', file))
      .toString()
      .split('\n');
    if (lines.pop() !== '') throw new Error(`${file}: the last line has no end`);
    return lines.map((line, index) => {
      const [head = '', name = '', date, hour, minute, second] =
        /^([A-Z][a-z]{2}) ([ \d]\d) (\d\d):(\d\d):(\d\d) (?:host1\.example )?/.exec(line) ?? [];
      const wall = Date.UTC(
        lastDay.getUTCFullYear(),
        months.indexOf(name) / 3,
        Number(date),
        Number(hour),
        Number(minute),
        Number(second),
      );
      if (!name || Number.isNaN(wall)) throw new Error(`${file}: no stamp in ${line}`);
      return { file, line: index + 1, wall: wall / 1000, text: line.slice(head.length) };
    });
  });
}

/** The lines of fail2ban.log behind the first, which is the mark of synthetic data. */
export function fail2banLines(folder: string): ForgedLine[] {
  const lines = readFileSync(join(folder, 'raw/fail2ban.log'), 'utf8').trimEnd().split('\n').slice(1);
  return lines.map((line, index) => {
    const [head = '', stamp = ''] =
      /^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d),\d{3} fail2ban\.\w+ +\[\d+\]: [A-Z]+ +/.exec(line) ?? [];
    if (stamp === '') throw new Error(`odd line: ${line}`);
    return {
      file: 'fail2ban.log',
      line: index + 2,
      wall: Date.parse(`${stamp}Z`) / 1000,
      text: line.slice(head.length),
    };
  });
}

/** The mails of a mailbox as texts. */
export const mailsOf = (folder: string, name: string): string[] =>
  readFileSync(join(folder, 'raw', name), 'utf8').split(/^(?=From )/m);

/** All mails of fail2ban.mbox by plain patterns, none of them of banbook's own parser. */
export function forgedMails(folder: string): ForgedMail[] {
  return mailsOf(folder, 'fail2ban.mbox').map((mail) => {
    const date = /^Date: \w{3}, (.*) \+0900$/m.exec(mail)?.[1] ?? '';
    const [, jail = '', event, address] =
      /^Subject: \[Fail2Ban\] ([\w-]+): (banned|started|stopped) (?:on|([\d.]+) from) host1\.example$/m.exec(
        mail,
      ) ?? [];
    const [, said, failures] =
      /^The IP ([\d.]+) has just been banned by Fail2Ban after\n(\d+) attempts against [\w-]+\.$/m.exec(
        mail,
      ) ?? [];
    if (!event || Number.isNaN(Date.parse(`${date} UTC`)) || said !== address)
      throw new Error(`odd mail: ${mail}`);
    return {
      wall: Date.parse(`${date} UTC`) / 1000,
      jail,
      event: event === 'banned' ? 'ban' : (event as 'started' | 'stopped'),
      address: address ?? '',
      failures: Number(failures ?? 0),
    };
  });
}

/** A wrong password of ssh: whose, and from where; null for any other line. */
export function sshFailure(text: string): { account: string; address: string } | null {
  const match = /^sshd\[\d+\]: Failed password for (?:invalid user )?(.*) from ([\d.]+) port \d+ ssh2$/.exec(
    text,
  );
  return match && { account: match[1] ?? '', address: match[2] ?? '' };
}

/** Where a wrong password of SMTP-AUTH came from; null for any other line. */
export const saslFailure = (text: string): string | null =>
  /^postfix\/smtpd\[\d+\]: warning: [\w.-]+\[([\d.]+)\]: SASL \w+ authentication failed: /.exec(text)?.[1] ??
  null;

/** The peer of a line of sshd; the one line with a name but no peer may hold an address in the name. */
export function addressOf(text: string): string | null {
  if (text.includes(']: input_userauth_request: ')) return null;
  return /(?:.* from| by|rhost=|\[)\s?(\d+\.\d+\.\d+\.\d+)(?:[ \]]|$)/.exec(text)?.[1] ?? null;
}

/** The data of a file, whatever compressed it. */
export function contentOf(path: string): Buffer {
  const bytes = readFileSync(path);
  return path.endsWith('.gz') ? gunzipSync(bytes) : bytes;
}

/** Items by a key, in their order. */
export function groupBy<T, K>(items: readonly T[], keyOf: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
}

/** How often each key comes. */
export function tally(items: Iterable<readonly [string, number]>): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const [key, count] of items) counts[key] = (counts[key] ?? 0) + count;
  return counts;
}

export const monthOf = (wall: number): string => new Date(wall * 1000).toISOString().slice(0, 7);
export const dateOf = (wall: number): string => new Date(wall * 1000).toISOString().slice(0, 10);
export const sumOf = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);
