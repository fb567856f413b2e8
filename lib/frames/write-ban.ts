import type { BanFields } from '../parsers/parsed.js';
import { cellText } from '../printable.js';
import type { Row } from '../schema.js';
import { cell, type When } from './auth-line.js';
import type { PieceSink } from './piece-sink.js';

/** What every ban has, and what only a mail tells. */
export type Ban = When &
  BanFields &
  Pick<Row<'bans'>, 'host' | 'via' | 'line'> &
  Partial<Pick<Row<'bans'>, 'log_lines' | 'whois_country' | 'whois_netname' | 'whois_range'>>;

/** Writes a row of the bans frame, with the service that the site settings give to its jail. */
export function writeBan(sink: PieceSink, ban: Ban): void {
  const jail = cellText(ban.jail);
  const name = ban.jail.toLowerCase();
  // A jail may be called `constructor`.
  const service = (Object.hasOwn(sink.site.jails, name) && sink.site.jails[name]) || null;
  if (service === null && ban.event === 'ban') sink.unmappedJails.add(jail);
  sink.writeText('bans', banLine(ban, jail, service, sink.source));
}

/**
 * The row as a line of CSV, its columns in the order of the schema (a test compares it with csvLine): one template
 * rather than an object and a loop, as for the auth frame, since a mailbox is bans and nothing else.
 */
export function banLine(ban: Ban, jail: string, service: string | null, source: string): string {
  const { time, local_time, time_flag, host, event, address, failures, log_lines, via, line } = ban;
  const { whois_country, whois_netname, whois_range } = ban;
  return `${time},${local_time},${time_flag ?? ''},${cell(host)},${cell(jail)},${service ?? ''},${event},${address ?? ''},${failures ?? ''},${log_lines ?? ''},${via},${whois_country ?? ''},${cell(whois_netname ?? null)},${cell(whois_range ?? null)},${source},${line},${ban.count ?? 1}\n`;
}
