import type { BanFields } from '../parsers/parsed.js';
import { cellText } from '../printable.js';
import type { Row } from '../schema.js';
import type { When } from './auth-line.js';
import type { PieceSink } from './piece-sink.js';

/** What every ban has, and what only a mail tells. */
type Ban = When &
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
  sink.write('bans', {
    time: ban.time,
    local_time: ban.local_time,
    time_flag: ban.time_flag,
    host: cellText(ban.host),
    jail,
    service,
    event: ban.event,
    address: ban.address,
    failures: ban.failures,
    log_lines: ban.log_lines ?? null,
    via: ban.via,
    whois_country: ban.whois_country ?? null,
    whois_netname: cellText(ban.whois_netname ?? null),
    whois_range: cellText(ban.whois_range ?? null),
    source: sink.source,
    line: ban.line,
    count: 1,
  });
}
