import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

/** One log line; `wall` is the stamp as if it were UTC, in seconds. */
export interface ForgedLine {
  readonly file: string;
  readonly wall: number;
  readonly text: string;
}

export interface ForgedMail {
  readonly wall: number;
  readonly event: 'ban' | 'started' | 'stopped';
  readonly address: string;
  readonly failures: number;
}

const months = 'JanFebMarAprMayJunJulAugSepOctNovDec';

/** All lines of a folder's logs, in the order of the files. The year is that of the day before the rotation. */
export function forgedLines(folder: string): ForgedLine[] {
  const files = readdirSync(join(folder, 'raw')).filter((name) => name.endsWith('.gz'));
  return files.sort().flatMap((file) => {
    const [, year, month, day] = /(\d{4})(\d\d)(\d\d)\.gz$/.exec(file) ?? [];
    const lastDay = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day) - 1));
    const lines = gunzipSync(readFileSync(join(folder, 'raw', file)))
      .toString('latin1')
      .split('\n');
    if (lines.pop() !== '') throw new Error(`${file}: the last line has no end`);
    return lines.map((text) => {
      const [, name = '', date, hour, minute, second] =
        /^([A-Z][a-z]{2}) ([ \d]\d) (\d\d):(\d\d):(\d\d) host1\.example /.exec(text) ?? [];
      const wall = Date.UTC(
        lastDay.getUTCFullYear(),
        months.indexOf(name) / 3,
        Number(date),
        Number(hour),
        Number(minute),
        Number(second),
      );
      if (!name || Number.isNaN(wall)) throw new Error(`${file}: no stamp in ${text}`);
      return { file, wall: wall / 1000, text };
    });
  });
}

/** All mails of fail2ban.mbox by plain patterns, none of them of banbook's own parser. */
export function forgedMails(folder: string): ForgedMail[] {
  const text = readFileSync(join(folder, 'raw/fail2ban.mbox'), 'utf8');
  return text.split(/^(?=From )/m).map((mail) => {
    const date = /^Date: \w{3}, (.*) \+0900$/m.exec(mail)?.[1] ?? '';
    const [, event, address] =
      /^Subject: \[Fail2Ban\] ssh-sasl: (banned|started|stopped) (?:on|([\d.]+) from) host1/m.exec(mail) ??
      [];
    const [, said, failures] =
      /^The IP ([\d.]+) has just been banned by Fail2Ban after\n(\d+) attempts against ssh-sasl\.$/m.exec(
        mail,
      ) ?? [];
    if (!event || Number.isNaN(Date.parse(`${date} UTC`)) || said !== address)
      throw new Error(`odd mail: ${mail}`);
    return {
      wall: Date.parse(`${date} UTC`) / 1000,
      event: event === 'banned' ? 'ban' : (event as 'started' | 'stopped'),
      address: address ?? '',
      failures: Number(failures ?? 0),
    };
  });
}

/** Failed passwords of a line: how many, of whom, from where; null for any other line. */
export function failuresOf(text: string): { count: number; account: string; address: string } | null {
  const match =
    /sshd\[\d+\]: (?:message repeated (\d+) times: \[ )?Failed password for (?:invalid user )?(.*) from ([\d.]+) port \d+ ssh2\]?$/.exec(
      text,
    );
  if (!match) return null;
  return { count: Number(match[1] ?? 1), account: match[2] ?? '', address: match[3] ?? '' };
}

/** The peer of a line, whoever it is; the one line with a name but no peer may hold an address in the name. */
export function addressOf(text: string): string | null {
  if (text.includes(']: input_userauth_request: ')) return null;
  return /(?:.* from| by|rhost=)\s?(\d+\.\d+\.\d+\.\d+)(?: |$)/.exec(text)?.[1] ?? null;
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
