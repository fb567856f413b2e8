import type { Site } from '../site.js';
import { allOf, inPeriod, literal, ofSite } from './sql-text.js';

/** A service whose bans are counted. */
export type BannedService = 'ssh' | 'smtp';

/**
 * SQL of where the bans of a service are counted: `mail` where a mail reports any in the period, else `log` (fail2ban's
 * own file) or `syslog`. One source for each service, because the same ban stands in all of them, at times that differ
 * by seconds and under jail names that may differ (`ssh-iptables` in the log, `ssh-sasl` in the mail), so that no ban
 * could be told from its copy. Null when there is no ban.
 */
export const banSource = (service: BannedService, site: Site): string => `(
  SELECT coalesce(min(via) FILTER (WHERE via = 'mail'), min(via))
  FROM bans
  WHERE ${allOf([`service = ${literal(service)}`, "event = 'ban'", ...inPeriod(site, 'local_time', 'timestamp')], '  ')}
)`;

/** Conditions on the bans frame: the bans of a service, each once. @param prefix of the columns in a join */
export const bansOf = (service: BannedService, site: Site, prefix = ''): string[] => [
  `${prefix}service = ${literal(service)}`,
  `${prefix}event = 'ban'`,
  `${prefix}via = ${banSource(service, site)}`,
  ...ofSite(site, prefix),
];

/**
 * Conditions on the days frame: the dates that the source of the bans covers. Logs of all programs are one kind of
 * days, so of a log those from fail2ban's first record to its last. A date without any mail on which fail2ban's log has
 * bans is not one that was quiet: its mails were lost.
 */
export const daysOfBans = (service: BannedService, site: Site): string[] => [
  `kind = CASE WHEN coalesce(${banSource(service, site)}, 'mail') = 'mail' THEN 'mail' ELSE 'log' END`,
  `(kind = 'mail' OR date BETWEEN
    (SELECT min(CAST(local_time AS date)) FROM bans WHERE via <> 'mail')
    AND (SELECT max(CAST(local_time AS date)) FROM bans WHERE via <> 'mail'))`,
  `(kind = 'log' OR records > 0 OR date NOT IN (
    SELECT CAST(local_time AS date)
    FROM bans
    WHERE ${allOf([`service = ${literal(service)}`, "event = 'ban'", "via <> 'mail'", ...ofSite(site)], '    ')}
  ))`,
  ...inPeriod(site, 'date', 'date'),
];
