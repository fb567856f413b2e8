import type { Row } from '../../lib/schema.js';
import { type Act, asSshdWrites, kindOfName, nameOf } from './truth.js';

/** What one run left, as banbook reads it. */
export interface Run {
  readonly truth: readonly Act[];
  readonly auth: readonly Row<'auth'>[];
  readonly bans: readonly Row<'bans'>[];
  readonly rejects: readonly Row<'rejects'>[];
  readonly reports: readonly Row<'reports'>[];
  /** Rules of fail2ban's chains, as iptables-save prints them. */
  readonly firewall: readonly string[];
}

/** How many attempts the log may have, and when those were that it must have. */
interface Expected {
  denied: number[];
  lost: number;
}

/** Seconds by which the server's clock may stamp an attempt before its answer has come back, and after it. */
const early = 8;
const late = 2;

const accountOf = ({ service, account }: Act): string =>
  service === 'ssh' ? asSshdWrites(account ?? '') : (account ?? '');

/**
 * Attempts by address, account and minute. Each that was answered has a row of its time; beyond these there are at
 * most as many rows as attempts whose answer was lost, which a ban cut off.
 */
export function differentAttempts({ truth, auth }: Run, service: 'ssh' | 'smtp' | 'imap' | 'pop3'): string[] {
  const expected = new Map<string, Expected>();
  for (const act of truth) {
    if (act.service !== service || (act.result !== 'denied' && act.result !== 'lost')) continue;
    const key = `${act.address} ${accountOf(act)}`;
    const entry = expected.get(key) ?? { denied: [], lost: 0 };
    if (act.result === 'denied') entry.denied.push(act.at);
    else entry.lost++;
    expected.set(key, entry);
  }
  const found = new Map<string, number[]>();
  for (const row of auth) {
    if (row.service !== service || row.event !== 'failed') continue;
    const key = `${row.address} ${row.account ?? ''}`;
    const times = found.get(key) ?? [];
    for (let n = 0; n < row.count; n++) times.push(Date.parse(row.time) / 1000);
    found.set(key, times);
  }
  const differences: string[] = expected.size === 0 ? [`${service}: no attempt at all`] : [];
  for (const key of new Set([...expected.keys(), ...found.keys()])) {
    const { denied, lost } = expected.get(key) ?? { denied: [], lost: 0 };
    const left = [...(found.get(key) ?? [])];
    for (const at of denied) {
      const match = left.findIndex((time) => time > at - early && time < at + late);
      if (match < 0)
        differences.push(
          `${service} ${key}: denied at ${new Date(at * 1000).toISOString()}, no row of that time`,
        );
      else left.splice(match, 1);
    }
    if (left.length > lost)
      differences.push(
        `${service} ${key}: ${left.length} rows more than attempts denied, ${lost} attempts lost`,
      );
  }
  return differences;
}

/** How many attempts the attackers made that the server answered or may have read, and how many the log has. */
export function countAttempts({ truth, auth }: Run, service: string) {
  const made = (result: Act['result']) =>
    truth.filter((act) => act.service === service && act.result === result).length;
  const rows = auth
    .filter((row) => row.service === service && row.event === 'failed')
    .reduce((sum, { count }) => sum + count, 0);
  return { denied: made('denied'), lost: made('lost'), rows };
}

/** The one login, and every connection that said nothing that sshd takes. */
export function differentConnections({ truth, auth }: Run): string[] {
  const accepted = (rows: readonly { address: string | null; account: string | null }[]) =>
    rows.map(({ address, account }) => `${address} ${account}`).join();
  const logins = auth.filter(({ event }) => event === 'accepted');
  const told = truth.filter(({ result }) => result === 'accepted');
  const differences: string[] = [];
  if (accepted(logins) !== accepted(told))
    differences.push(`logins: ${accepted(logins)} in the log, ${accepted(told)} made`);
  for (const { address, result } of truth)
    if (result === 'dropped' && !auth.some((row) => row.address === address))
      differences.push(`${address}: connected and dropped, no row`);
  return differences;
}

/** Bans of one service by address: what mail, fail2ban.log and the firewall say. */
export function differentBans({ bans, firewall }: Run, service: 'ssh' | 'smtp', chain: string): string[] {
  const by = (via: string) =>
    new Map(
      bans
        .filter((row) => row.service === service && row.event === 'ban' && row.via === via)
        .map((row) => [row.address ?? '', Date.parse(row.time) / 1000]),
    );
  const [mails, log] = [by('mail'), by('log')];
  const rules = new Set(
    firewall
      .filter((rule) => rule.startsWith(`-A ${chain} -s `))
      .map((rule) => (rule.split(' ')[3] ?? '').replace(/\/(32|128)$/, '')),
  );
  const differences: string[] = log.size === 0 ? [`${service}: no ban at all`] : [];
  for (const address of new Set([...mails.keys(), ...log.keys(), ...rules])) {
    const [mail, logged] = [mails.get(address), log.get(address)];
    if (mail === undefined || logged === undefined || !rules.has(address))
      differences.push(
        `${service} ${address}: mail ${mail !== undefined}, fail2ban.log ${logged !== undefined}, firewall ${rules.has(address)}`,
      );
    // The mail is dated when it is written, which waits for whois and for its turn.
    else if (mail < logged - 1 || mail > logged + 60)
      differences.push(`${service} ${address}: banned at ${logged}, mail of ${mail}`);
  }
  return differences;
}

/** Refused mails by address, reply code and block list. */
export function differentRejects({ truth, rejects }: Run): string[] {
  const refused = truth.filter(({ service, result }) => service === 'mail' && result === 'refused');
  const told = refused.map((act) => `${act.address} ${act.code} ${act.list ?? ''}`).sort();
  const found = rejects
    .filter(({ action }) => action === 'reject')
    .map((row) => `${row.address} ${row.code} ${row.list ?? ''}`)
    .sort();
  return [
    ...told.filter((entry) => !found.includes(entry)).map((entry) => `refused, not in the log: ${entry}`),
    ...found.filter((entry) => !told.includes(entry)).map((entry) => `in the log, not refused: ${entry}`),
    ...(told.length === found.length && told.length > 0
      ? []
      : [`${told.length} refused, ${found.length} rows`]),
  ];
}

/** Host names: good ones stand in the rejects, wrong and dead ones are warned of, and nobody else is. */
export function differentNames({ truth, rejects }: Run): string[] {
  const clients = truth
    .filter(
      ({ service, result }) => ['smtp', 'mail'].includes(service) && ['denied', 'refused'].includes(result),
    )
    .filter(({ service, result }) => service === 'mail' || result === 'denied')
    .map(({ address }) => address);
  const differences: string[] = clients.length === 0 ? ['no client at all'] : [];
  for (const address of new Set(clients)) {
    const kind = kindOfName(address);
    const rows = rejects.filter((row) => row.address === address);
    const has = (reason: string) => rows.some((row) => row.action === 'warning' && row.reason === reason);
    const names = new Set(rows.filter(({ action }) => action === 'reject').map(({ name }) => name));
    const expected = kind === 'good' ? nameOf(address) : null;
    if (has('no_address') !== (kind === 'wrong')) differences.push(`${address} (${kind}): no_address`);
    if (has('no_service') !== (kind === 'dead')) differences.push(`${address} (${kind}): no_service`);
    for (const name of names)
      if (name !== expected) differences.push(`${address} (${kind}): name ${name}, expected ${expected}`);
  }
  return differences;
}

/**
 * Failed logins by address: logwatch's report against the rows of the same log. For an account that does not exist
 * logwatch's script counts both lines of an attempt, `Invalid user` and `Failed password for invalid user`.
 */
export function differentReport({ auth, reports }: Run): string[] {
  const logged = new Map<string, number>();
  for (const { service, event, address, count } of auth)
    if (service === 'ssh' && ['failed', 'invalid_user'].includes(event) && address !== null)
      logged.set(address, (logged.get(address) ?? 0) + count);
  const reported = new Map<string, number>();
  for (const { section, table, key, address, value } of reports)
    if (section === 'SSHD' && /^(failed_logins|illegal_users)_from$/.test(table) && key === null && address)
      reported.set(address, (reported.get(address) ?? 0) + value);
  if (reported.size === 0) return ['no figure at all in the report'];
  return [...new Set([...logged.keys(), ...reported.keys()])].flatMap((address) => {
    const [log, report] = [logged.get(address) ?? 0, reported.get(address) ?? 0];
    return log === report
      ? []
      : [`${address}: ${log} lines of failed logins in the log, ${report} in the report`];
  });
}
