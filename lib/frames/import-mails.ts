import { type BanMail, parseBanMail } from '../parsers/ban-mail.js';
import { cellText } from '../printable.js';
import { decodeMail } from '../sources/decode-mail.js';
import { readLines } from '../sources/read-lines.js';
import { type RawMail, readMbox, readOneMail } from '../sources/read-mails.js';
import { isoLocal, isoUtc } from '../zone.js';
import { monthOf, type Sink, type SourceState, seen } from './sink.js';

/**
 * Reads the ban mails of one mailbox or mail file into the bans frame. Each mail is entered in the ledger once,
 * with all of its lines.
 * @throws whatever the content throws where it cannot be read further
 */
export async function importMails(
  content: AsyncIterable<Buffer>,
  kind: 'mbox' | 'mail',
  state: SourceState,
  sink: Sink,
): Promise<void> {
  const batches = readLines(content, 'latin1');
  for await (const mail of kind === 'mbox' ? readMbox(batches) : readOneMail(batches)) {
    await importMail(mail, state, sink);
    state.lines += mail.lines;
  }
}

async function importMail(raw: RawMail, state: SourceState, sink: Sink): Promise<void> {
  const mail = await decodeMail(raw);
  const parsed = parseBanMail(mail, sink.zone.toUtc);
  const utc = parsed.class === 'event' ? (parsed.rows[0]?.utc ?? null) : parsed.utc;
  const date = utc === null ? null : isoLocal(sink.zone.toLocal(utc)).slice(0, 10);
  state.ledger.enter(date && monthOf(date), parsed.class, parsed.template, raw.line, raw.lines);
  if (mail?.synthetic) state.synthetic = true;
  if (utc !== null) seen(state, utc);
  if (date !== null) sink.days.enter('mail', date);
  if (parsed.class === 'event') for (const row of parsed.rows) writeBan(row, raw.line, state, sink);
}

function writeBan(ban: BanMail, line: number, state: SourceState, sink: Sink): void {
  const { utc, ...fields } = ban;
  const jail = cellText(ban.jail);
  const name = ban.jail.toLowerCase();
  // A jail may be called `constructor`.
  const service = (Object.hasOwn(sink.site.jails, name) && sink.site.jails[name]) || null;
  if (service === null && ban.event === 'ban') sink.unmappedJails.add(jail);
  sink.addresses.enter(ban.address, utc);
  sink.bans.write({
    ...fields,
    time: isoUtc(utc),
    local_time: isoLocal(sink.zone.toLocal(utc)),
    host: cellText(ban.host),
    jail,
    service,
    via: 'mail',
    whois_netname: cellText(ban.whois_netname),
    whois_range: cellText(ban.whois_range),
    source: state.id,
    line,
    count: 1,
  });
}
