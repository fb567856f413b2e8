import type { FailureFilter } from '../ban-settings.js';
import type { JailWatcher } from './jail.js';
import type { Failures, Keys } from './read-failures.js';
import { fail2banServer } from './server.js';
import { ignored, servicesOf, type Watch } from './watches.js';

/** Whether a row counts for a jail, and as what. */
export function rowsFor(watch: Pick<Watch, 'service' | 'host' | 'settings' | 'filter'>, keys: Keys) {
  const services = new Set(servicesOf(watch.service));
  const places = new Set(keys.services.flatMap((service, place) => (services.has(service) ? [place] : [])));
  const host = keys.hosts.indexOf(watch.host);
  const isIgnored = ignored(watch.settings.ignoreip);
  const known = new Map<number, boolean>();
  const isOut = (address: number): boolean => {
    const out = known.get(address) ?? isIgnored(keys.addresses.textOf(address));
    known.set(address, out);
    return out;
  };
  return {
    isOf: (rows: Failures, at: number): boolean =>
      places.has(rows.service[at] ?? -1) &&
      rows.host[at] === host &&
      !(watch.settings.ignoreip.length > 0 && isOut(rows.address[at] ?? 0)),
    failuresAt: (rows: Failures, at: number): number => failuresBy(watch.filter, rows, at),
  };
}

/** A filter of failed passwords alone knows no repeated line either. */
const failuresBy = (filter: FailureFilter, rows: Failures, at: number): number =>
  filter === 'fail2ban' ? (rows.failures[at] ?? 0) : rows.attempts[at] === 1 ? 1 : 0;

const first: readonly number[] = [0];

/**
 * Replays rows through a jail with its settings and restarts, as they were written.
 * @returns takes one row after another, in the order in which they were written
 */
export function replayWatch(watch: Watch, keys: Keys, watcher: JailWatcher, random: () => number) {
  const { jails, settings, restarts } = watch;
  const server = fail2banServer({ [jails[0] ?? '']: settings }, { watcher, restarts, random });
  const select = rowsFor(watch, keys);
  return (rows: Failures, at: number): void => {
    if (!select.isOf(rows, at)) return;
    const failures = select.failuresAt(rows, at);
    if (failures > 0) server.failure(first, rows.address[at] ?? 0, rows.time[at] ?? 0, failures);
  };
}
