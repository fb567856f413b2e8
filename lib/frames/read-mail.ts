import { type BanMail, type ParsedMail, parseBanMail } from '../parsers/ban-mail.js';
import { isLogwatchMail } from '../parsers/logwatch.js';
import { type PlainBanMail, PlainBanMails } from '../parsers/plain-ban-mail.js';
import type { Piece } from '../sources/cut-pieces.js';
import { decodeMail, type Mail } from '../sources/decode-mail.js';
import { mailAt, mailOf, placesOfMails, RawMail, tidyBytes, tooLarge } from '../sources/read-mails.js';
import { isoLocal, isoUtc, type ZoneClock } from '../zone.js';
import type { PieceSink } from './piece-sink.js';
import { readReports } from './read-report.js';
import { writeBan } from './write-ban.js';

type MailPiece = Pick<Piece, 'first' | 'omitted' | 'omittedBytes'>;

/** The lines of a mail in its source. */
type MailLines = Pick<RawMail, 'line' | 'lines'>;

/** Reads the mails of a mailbox, or of a piece of one, into a sink. The last has the lines that were left out. */
export async function readMailbox(
  bytes: Buffer,
  { first, omitted, omittedBytes }: MailPiece,
  zone: ZoneClock,
  sink: PieceSink,
): Promise<void> {
  const tidied = tidyBytes(bytes, first === 1);
  const plain = new PlainBanMails(tidied);
  let line = first;
  for (const place of placesOfMails(tidied)) {
    const cutOff = omitted > 0 && place.end === tidied.length;
    const ban = cutOff ? null : plain.at(place);
    if (ban) {
      enterBan(ban, { line, lines: ban.lines }, zone, sink);
      line += ban.lines;
    } else {
      const whole = mailAt(tidied, place, line);
      const raw = cutOff ? cutMail(whole, omitted, place.end - place.start + omittedBytes) : whole;
      await readMail(raw, zone, sink);
      line += raw.lines;
    }
  }
}

/** Reads the one mail that a file is. */
export async function readMailFile(
  bytes: Buffer,
  { omitted, omittedBytes }: MailPiece,
  zone: ZoneClock,
  sink: PieceSink,
): Promise<void> {
  const mail = mailOf(bytes);
  await readMail(omitted > 0 ? cutMail(mail, omitted, bytes.length + omittedBytes) : mail, zone, sink);
}

/** A mail of which lines were left out. */
const cutMail = ({ line, lines, envelope }: RawMail, omitted: number, bytes: number): RawMail =>
  new RawMail(line, lines + omitted, envelope, null, tooLarge(bytes));

/** Reads a mail into a sink. It is entered in the ledger with all of its lines. */
export async function readMail(raw: RawMail, zone: ZoneClock, sink: PieceSink): Promise<void> {
  if (raw.unread !== null) {
    sink.ledger.enter(null, 'malformed', raw.unread, raw.line, raw.lines);
    return;
  }
  const mail = await decodeMail(raw);
  const parsed = parseBanMail(mail, zone.toUtc);
  if (mail?.synthetic) sink.synthetic = true;
  const utc = parsed.class === 'event' ? (parsed.mails[0]?.rows[0]?.utc ?? null) : parsed.utc;
  const month = utc === null ? null : see(utc, zone, sink);
  if (parsed.template === 'mail.other' && mail && isReport(mail, raw, sink)) return;
  enter(parsed, month, raw, zone, sink);
}

/** The same for a ban mail that has been taken from its bytes. */
function enterBan(
  { row, id, synthetic }: PlainBanMail,
  lines: MailLines,
  zone: ZoneClock,
  sink: PieceSink,
): void {
  if (synthetic) sink.synthetic = true;
  const month = see(row.utc, zone, sink);
  enter(
    { class: 'event', template: 'fail2ban.banned', mails: [{ id, rows: [row] }] },
    month,
    lines,
    zone,
    sink,
  );
}

/** Enters the time of a mail; @returns its month */
function see(utc: number, zone: ZoneClock, sink: PieceSink): string {
  const date = isoLocal(zone.toLocal(utc)).slice(0, 10);
  sink.see(utc);
  sink.days.enter('mail', date);
  return `${date.slice(0, 8)}01`;
}

function enter(
  parsed: ParsedMail,
  month: string | null,
  { line, lines }: MailLines,
  zone: ZoneClock,
  sink: PieceSink,
): void {
  if (parsed.class !== 'event') {
    sink.ledger.enter(month, parsed.class, parsed.template, line, lines);
    return;
  }
  const fresh = parsed.mails.filter((mail) => !sink.mails.isAgain(mail));
  if (fresh.length > 0) sink.ledger.enter(month, 'event', parsed.template, line, lines);
  else sink.ledger.enter(month, 'noise', 'fail2ban.again', line, lines);
  for (const { rows } of fresh) for (const row of rows) writeRow(row, line, zone, sink);
}

function writeRow(row: BanMail, line: number, zone: ZoneClock, sink: PieceSink): void {
  const { utc, host, address } = row;
  if (address !== null) sink.addresses.add(address, utc);
  const when = { time: isoUtc(utc), local_time: isoLocal(zone.toLocal(utc)), time_flag: null };
  writeBan(sink, when, host, row, 'mail', line, row);
}

const isReport = (mail: Mail, { line, lines }: RawMail, sink: PieceSink): boolean =>
  isLogwatchMail(mail.subject, mail.text) &&
  readReports(mail.text, { first: line, lines, exact: false }, sink);
