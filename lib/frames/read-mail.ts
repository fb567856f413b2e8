import { type BanMail, parseBanMail } from '../parsers/ban-mail.js';
import { isLogwatchMail } from '../parsers/logwatch.js';
import { decodeMail, type Mail } from '../sources/decode-mail.js';
import type { RawMail } from '../sources/read-mails.js';
import { isoLocal, isoUtc, type ZoneClock } from '../zone.js';
import type { PieceSink } from './piece-sink.js';
import { readReports } from './read-report.js';
import { writeBan } from './write-ban.js';

/** Reads mails into a sink. Each mail is entered in the ledger with all of its lines. */
export async function readMails(mails: Iterable<RawMail>, zone: ZoneClock, sink: PieceSink): Promise<void> {
  for (const raw of mails) {
    const mail = decodeMail(raw);
    // Nearly all are decoded at once: to wait for each all the same would take longer than to read it.
    readMail(raw, mail instanceof Promise ? await mail : mail, zone, sink);
  }
}

function readMail(raw: RawMail, mail: Mail | null, zone: ZoneClock, sink: PieceSink): void {
  const parsed = parseBanMail(mail, zone.toUtc);
  const utc = parsed.class === 'event' ? (parsed.rows[0]?.utc ?? null) : parsed.utc;
  const local = utc === null ? null : isoLocal(zone.toLocal(utc));
  const date = local?.slice(0, 10) ?? null;
  if (mail?.synthetic) sink.synthetic = true;
  if (utc !== null) sink.see(utc);
  if (date !== null) sink.days.enter('mail', date);
  if (parsed.template === 'mail.other' && mail && isReport(mail, raw, sink)) return;
  sink.ledger.enter(date && `${date.slice(0, 8)}01`, parsed.class, parsed.template, raw.line, raw.lines);
  if (parsed.class === 'event') for (const row of parsed.rows) writeRow(row, raw.line, zone, sink);
}

function writeRow(row: BanMail, line: number, zone: ZoneClock, sink: PieceSink): void {
  const { utc, host, address } = row;
  if (address !== null) sink.addresses.add(address, utc, utc);
  const when = { time: isoUtc(utc), local_time: isoLocal(zone.toLocal(utc)), time_flag: null };
  writeBan(sink, when, host, row, 'mail', line, row);
}

const isReport = (mail: Mail, { line, lines }: RawMail, sink: PieceSink): boolean =>
  isLogwatchMail(mail.subject, mail.text) &&
  readReports(mail.text, { first: line, lines, exact: false }, sink);
