import type { Row } from '../schema.js';
import { decodeMail, type Mail } from '../sources/decode-mail.js';
import { readBytes } from '../sources/read-bytes.js';
import { readLines } from '../sources/read-lines.js';
import { readMbox, readOneMail } from '../sources/read-mails.js';
import { localClock, type Observation } from './observation.js';

/** Bans of a mailbox, found by fail2ban's own sentence in the text of each mail rather than by its subject. */
export async function* observeMails(
  path: string,
  source: Row<'sources'>,
  onRead: (bytes: number) => void,
): AsyncGenerator<Observation> {
  const local = localClock(source.zone);
  const bytes = readBytes(path);
  const batches = readLines(bytes.content, 'latin1');
  for await (const raw of source.kind === 'mbox' ? readMbox(batches) : readOneMail(batches)) {
    onRead(bytes.position());
    const mail = await decodeMail(raw);
    if (mail === null || !/\[Fail2Ban\]/i.test(mail.subject) || /^\s*\S{1,12}: /.test(mail.subject)) continue;
    for (const ban of bansIn(mail)) {
      const { name, address, utc } = ban;
      yield { kind: 'ban', source: source.id, line: raw.line, local: local(utc), address, name, count: 1 };
    }
  }
}

function* bansIn(mail: Mail): Generator<{ address: string; name: string; utc: number }> {
  const sent = sentAt(mail);
  if (sent === null) return;
  const words = mail.text.replace(/\s+/g, ' ');
  const at = words.indexOf('has just been banned by Fail2Ban after');
  if (at >= 0) {
    const address = words.slice(0, at).trim().split(' ').at(-1) ?? '';
    const name =
      words
        .slice(at)
        .split(' attempts against ')[1]
        ?.split(/\.? (?=Here|Lines|Matches|Regards)|\.$/)[0] ?? '';
    yield { address, name: name.replace(/\.$/, ''), utc: sent.utc };
    return;
  }
  if (!words.includes('These hosts have been banned by Fail2Ban')) return;
  const name = /\[Fail2Ban\] (.*): summary/i.exec(mail.subject)?.[1] ?? '';
  for (const line of mail.text.split('\n')) {
    const said = /^(.*): (\S+) \(\d+ failures?\)\s*$/.exec(line);
    if (!said) continue;
    const date = /([A-Z][a-z]{2}) +(\d+) (\d\d:\d\d:\d\d) ([A-Z]+) (\d{4})$/.exec(said[1] ?? '');
    const wall = date ? Date.parse(`${date[2]} ${date[1]} ${date[5]} ${date[3]} UTC`) : Number.NaN;
    const offset = date?.[4] === 'UTC' || date?.[4] === 'GMT' ? 0 : sent.offset;
    yield { address: said[2] ?? '', name, utc: Number.isNaN(wall) ? sent.utc : wall - offset };
  }
}

/** When a mail was sent, by its Date, else by the first server that took it. */
function sentAt(mail: Mail): { utc: number; offset: number } | null {
  for (const header of [mail.date, mail.received.at(-1)?.split(';').at(-1)]) {
    const text = header?.trim() ?? '';
    const zone = /([+-])(\d\d)(\d\d)(?: \(.*\))?$/.exec(text);
    const utc = Date.parse(text);
    if (!zone || Number.isNaN(utc) || utc < Date.UTC(1995) || utc > Date.UTC(2075)) continue;
    const offset = (Number(zone[2]) * 60 + Number(zone[3])) * 60_000;
    return { utc, offset: zone[1] === '-' ? -offset : offset };
  }
  return null;
}
