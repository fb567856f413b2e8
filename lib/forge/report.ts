import type { DayCounts, Nested, Tally } from './day-counts.js';
import { type JailId, jailIds, jails } from './jails.js';
import { dovecotLines, postfixLines } from './report-mail.js';
import { hostName } from './server.js';

export interface Report {
  /** Local date that it counts, `2019-06-01`. */
  readonly date: string;
  /** Wall clock of the run, as Perl's localtime writes it: `Sun Jun  2 03:00:04 2019`. */
  readonly initiated: string;
  readonly counts: DayCounts;
  /** The ban tables at the time of the run. */
  readonly tables: Readonly<Record<JailId, { readonly active: number; readonly total: number }>>;
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** The text of a report in the form of logwatch 7.4.3, without what it counts nothing of. */
export function reportText({ date, initiated, counts, tables }: Report): string {
  const [year, month, dayOfMonth] = date.split('-');
  const sections = [
    section('dovecot', dovecotLines(counts)),
    section('fail2ban-messages', fail2banLines(counts)),
    section('iptables firewall', iptablesLines(counts)),
    section('pam_unix', pamLines(counts)),
    section('Postfix', postfixLines(counts)),
    section('SSHD', sshdLines(counts)),
    section('Fail2ban status', statusLines(tables)),
  ];
  return [
    '',
    '################### Logwatch 7.4.3 (04/27/16) #################### ',
    `       Processing Initiated: ${initiated}`,
    '       Date Range Processed: yesterday',
    `                             ( ${year}-${months[Number(month) - 1]}-${dayOfMonth} )`,
    '                             Period is day.',
    '       Detail Level of Output: 10',
    '       Type of Output/Format: mail / text',
    `       Logfiles for Host: ${hostName}`,
    '################################################################## ',
    ...sections.flat(),
    '',
    '###################### Logwatch End ######################### ',
    '',
  ]
    .map((line) => ` ${line}\n`)
    .join('');
}

function section(title: string, lines: readonly string[]): string[] {
  if (lines.length === 0) return [];
  const begin = `--------------------- ${title} Begin ------------------------ `;
  return ['', begin, '', ...lines, '', `---------------------- ${title} End ------------------------- `, ''];
}

/** Addresses in the order of their numbers. */
export const byAddress = (tally: ReadonlyMap<string, unknown>): string[] =>
  [...tally.keys()]
    .map((address) => ({
      address,
      number: address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0),
    }))
    .sort((a, b) => a.number - b.number)
    .map(({ address }) => address);

const times = (count: number): string => `${count} time${count === 1 ? '' : 's'}`;

/** A heading with lines below it; nothing when there are none. */
export const block = (heading: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : [heading, ...lines, ''];

function sshdLines(counts: DayCounts): string[] {
  const { numbers, noIdent, failed, invalid, accepted, disconnects } = counts;
  const killed = numbers.get('sshd-killed');
  // One line each for IPv4 and IPv6 is one start.
  const started = numbers.get('sshd-started');
  return [
    ...(killed ? [`SSHD Killed: ${killed} Time(s)`, ''] : []),
    ...(started ? [`SSHD Started: ${started} Time(s)`, ''] : []),
    ...block(
      "Didn't receive an ident from these IPs:",
      byAddress(noIdent).map((address) => `   ${address}: ${noIdent.get(address)} Time(s)`),
    ),
    ...block(
      'Failed logins from:',
      accountLines(failed, (account) => `${account}/password`),
    ),
    ...block(
      'Illegal users from:',
      accountLines(invalid, (account) => account),
    ),
    ...block(
      'Users logging in through sshd:',
      [...accepted].flatMap(([account, from]) => [
        `   ${account}:`,
        ...from.falling().map(([address, count]) => `      ${address}: ${times(count)}`),
      ]),
    ),
    ...block(
      'Received disconnect:',
      disconnects.falling().map(([reason, count]) => `   ${reason} : ${count} Time(s)`),
    ),
  ];
}

const accountLines = (nested: Nested, label: (account: string) => string): string[] =>
  byAddress(nested).flatMap((address) => {
    const tally = nested.get(address);
    return tally ? [`   ${address}: ${times(tally.total)}`, ...tried(tally, label)] : [];
  });

const tried = (tally: Tally, label: (account: string) => string): string[] =>
  tally.falling().map(([account, count]) => `      ${label(account)}: ${times(count)}`);

function pamLines({ pam, numbers, opened }: DayCounts): string[] {
  const unknown = numbers.get('pam-unknown');
  const lines = [
    ...section4('Authentication Failures:', pam),
    ...(unknown ? ['   Invalid Users:', `      Unknown Account: ${unknown} Time(s)`] : []),
    ...section4('Sessions Opened:', opened),
  ];
  return lines.length === 0 ? [] : ['sshd:', ...lines, ''];
}

const section4 = (heading: string, tally: Tally): string[] =>
  tally.size === 0
    ? []
    : [`   ${heading}`, ...tally.falling().map(([key, count]) => `      ${key}: ${count} Time(s)`)];

function fail2banLines({ bans, unbans }: DayCounts): string[] {
  const lines = jailIds
    .filter((jail) => bans.has(jail) || unbans.has(jail))
    .map((jail) => {
      const numbers = `[ ${bans.get(jail) ?? 0}:${unbans.get(jail) ?? 0} ]`;
      return `   ${`${jails[jail].name}:`.padEnd(51)}${numbers}`;
    });
  return block('Banned services with Fail2Ban:                        Bans:Unbans', lines);
}

function iptablesLines({ dropped }: DayCounts): string[] {
  const { total } = dropped;
  if (total === 0) return [];
  const packets = (count: number): string => `${count} packet${count === 1 ? '' : 's'}`;
  return [
    'Listed by source hosts:',
    `Dropped ${packets(total)} on interface eth0`,
    ...byAddress(dropped).map((address) => {
      const ports = dropped.get(address);
      const to = [...(ports?.keys() ?? [])].join(' ');
      return `  From ${address} - ${packets(ports?.total ?? 0)} to ${to}`;
    }),
    '',
  ];
}

/** What a script of the site adds: the active banned table of each jail. */
const statusLines = (tables: Report['tables']): string[] =>
  jailIds.flatMap((jail) => [
    `Status for the jail: ${jails[jail].name}`,
    '`- Actions',
    `   |- Currently banned:\t${tables[jail].active}`,
    `   \`- Total banned:\t${tables[jail].total}`,
  ]);
