import type { BanFields } from '../parsers/parsed.js';
import { cellText } from '../printable.js';
import type { Row } from '../schema.js';
import { cell, type When } from './auth-line.js';
import type { PieceSink } from './piece-sink.js';

/** What only a mail tells of a ban. */
export type Told = Pick<Row<'bans'>, 'log_lines' | 'whois_country' | 'whois_netname' | 'whois_range'>;

const nothingTold: Told = { log_lines: null, whois_country: null, whois_netname: null, whois_range: null };

/** Writes a row of the bans frame, with the service that the site settings give to its jail. */
export function writeBan(
  sink: PieceSink,
  when: When,
  host: string | null,
  ban: BanFields,
  via: Row<'bans'>['via'],
  line: number,
  told = nothingTold,
): void {
  const service = serviceOf(sink, ban.jail, ban.event);
  sink.writeText('bans', banLine(when, host, ban, service, via, told, sink.source, line));
}

/** The service of a jail; a jail that bans and has none is noted. */
export function serviceOf({ site, unmappedJails }: PieceSink, jail: string, event: BanFields['event']) {
  const name = jail.toLowerCase();
  // A jail may be called `constructor`.
  const service = (Object.hasOwn(site.jails, name) && site.jails[name]) || null;
  if (service === null && event === 'ban') unmappedJails.add(cellText(jail));
  return service;
}

/**
 * The row as a line of CSV, its columns in the order of the schema (a test compares it with csvLine): one template
 * rather than an object and a loop, as for the auth frame, since a mailbox is bans and nothing else.
 */
export function banLine(
  { time, local_time, time_flag }: When,
  host: string | null,
  { jail, event, address, failures, count }: BanFields,
  service: string | null,
  via: Row<'bans'>['via'],
  { log_lines, whois_country, whois_netname, whois_range }: Told,
  source: string,
  line: number,
): string {
  return `${time},${local_time},${time_flag ?? ''},${cell(host)},${cell(jail)},${service ?? ''},${event},${address ?? ''},${failures ?? ''},${log_lines ?? ''},${via},${whois_country ?? ''},${cell(whois_netname)},${cell(whois_range)},${source},${line},${count ?? 1}\n`;
}
