import { addressOf } from './address.js';
import type { BanFields, ParsedMessage } from './parsed.js';

/**
 * fail2ban's own log, releases 0.8 to 1.1: server/{actions,filter,jail,observer,server,database}.py. The same
 * messages stand in its file, in syslog and in the journal, behind different beginnings:
 *
 *     fail2ban.actions: WARNING [ssh] Ban 192.0.2.1                       file and syslog, 0.8
 *     fail2ban.actions        [99]: NOTICE  [sshd] Ban 192.0.2.1          file, 0.9 and later; syslog, 0.10 and later
 *     NOTICE [sshd] Ban 192.0.2.1                                         syslog where the program is fail2ban.actions
 *     [sshd] Ban 192.0.2.1                                                journal
 *
 * Schema: event, jail, address (null for a start or stop, and where a jail bans a network or something else than an
 * address: such lines have templates of their own, as the row does not tell what was banned);
 * failures is null: no line of the log says how many there were.
 *
 *     [sshd] Found 192.0.2.1 - 2019-06-01 12:00:00
 *     [sshd] Increase Ban 192.0.2.1 (4 # 6:01:57 -> 2019-06-01 18:01:57)
 *     Jail 'sshd' started
 *
 * What is banned has no blanks, which tells `Found 192.0.2.1` from sentences that quote a foreign log line.
 */
export const isFail2ban = (program: string): boolean =>
  program.startsWith('fail2ban') && /^fail2ban(?:-server|-client|(?:\.\w+)+)?$/.test(program);

// ── patterns ────────────────────────────────────────────────────────────────────────────────────────────────

const level = 'DEBUG|INFO|NOTICE|WARNING|ERROR|CRITICAL|MSG|HEAVYDEBUG|TRACEDEBUG';
/** What stands before the message; the stamp is that of a server that logs to its standard output. */
const beginning = new RegExp(
  String.raw`^(?:\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3} )?(?:fail2ban[\w.]* *(?:\[\d{1,10}\])?: +)?(?:(${level}) +)?`,
);
const inJail = /^\[([^\]]{1,200})\] (.*)$/s;
const stamp = String.raw`\d{4}-\d\d-\d\d \d\d:\d\d:\d\d`;

type Event = BanFields['event'];

/** Of a jail: the message behind `[jail] `. */
const events: readonly (readonly [Event, RegExp])[] = [
  ['found', new RegExp(`^Found (\\S+)(?: - ${stamp})?$`)],
  ['ban', /^Ban (\S+)$/],
  ['unban', /^Unban (\S+)$/],
  ['restore', /^Restore Ban (\S+)$/],
  ['already_banned', /^(\S+) already banned$/],
  ['increase', /^Increase Ban (\S+) \(\d{1,9} # [^()]{1,80} -> [^()]{1,80}\)$/],
];

/** A network of one address is that address. */
const single = /^(?:([\d.]+)\/32|([\da-fA-F:.]+)\/128)$/;
const network = /^([\da-fA-F:.]+)\/\d{1,3}$/;

const started = /^Jail u?(['"])([^'"]{1,200})\1 (started|stopped)$/;

/** Noise of a jail, by how the message begins. Rebans and second findings repeat what other lines say. */
const jailNoise: readonly (readonly [name: string, beginning: RegExp])[] = [
  ['found_bad', new RegExp(`^Found \\S+, bad - ${stamp}, .*`, 's')],
  ['reban', /^Reban /],
  ['ignore', /^Ignore /],
  ['flush', /^Flush ticket\(s\) with /],
  ['attempt', /^Attempt /],
  ['journal', /^(?:(?:Added|Removed) journal match for: |Jail (?:is in operation now|started without ))/],
  [
    'times',
    /^(?:Please check (?:a )?jail has possibly |Found a match but |Match without a timestamp|Detected a log entry |Simulate NOW )/,
  ],
  ['jail_other', /^(?:unhandled error in |Consistency check|Ban consistency|Lookup of |Log rotation )/],
];

/** Noise of the server, by how the message begins. */
const noise: readonly (readonly [name: string, beginning: RegExp])[] = [
  [
    'settings',
    /^(?:Set |maxRetry: |findtime: |banTime: |maxLines: |encoding: |date pattern |Date pattern |Ignore duplicate |\w+ setting was not in effect )/,
  ],
  ['log_file', /^(?:(?:Added|Removed) logfile\b|Log \S+ seems to be down|Too many errors\. Remove file )/],
  ['rotation', /^(?:Log (?:rotation|absence|presence) detected |(?:rollover|flush) performed on )/],
  [
    'jail',
    /^(?:Creating new jail |Jail \S+ (?:uses |reloaded|is not a JournalFilter)|Jail name |Initiated \S+ backend|Could only initiated |Using (?:Gamin|poller|pyinotify)|Created Filter|(?:Reload|Restart) jail )/,
  ],
  [
    'server',
    /^(?:-{10,}$|Start(?:ing)? Fail2ban |Starting in daemon mode|Daemon started|Server ready|Changed logging target |Logging to previous |Shutdown in progress|Shutdown successful|Stopping all jails|Exiting Fail2ban|Reload (?:all jails|finished)|Caught signal|Forcing execution |Server connection was closed)/,
  ],
  ['observer', /^(?:Observer (?:start|stop|created)|IP \S+ is bad: )/],
  [
    'database',
    /^(?:Connected to fail2ban persistent |New database created|Database |Connection to database |(?:Upgrade|Trying to repair) database |Repair seems )/,
  ],
  ['names', /^(?:Unable to find a corresponding IP |Determined IP using DNS |Retrieving own |DNS lookup )/],
  [
    'error',
    /^(?:Failed to |Unable to |Error |HINT on |No flush occurred|Invariant check failed|Command |Accept socket error|Too many |Caught unhandled )/,
  ],
  [
    'client',
    /^(?:Found no accessible config files|Found \d+ files? |No config file|OK: configuration |Killing server)/,
  ],
];

const named = (name: string): string => `fail2ban-log.${name}`;

/** Names of all patterns, for the check that each has a fixture. */
export const fail2banLogTemplates: readonly string[] = [
  ...events.map(([event]) => event),
  'of_network',
  'of_other',
  'start',
  'stop',
  ...jailNoise.map(([name]) => name),
  ...noise.map(([name]) => name),
  'level',
].map(named);

// ── match ───────────────────────────────────────────────────────────────────────────────────────────────────

/**
 * @param program as the line has it: fail2ban of its own file, fail2ban-server, fail2ban.actions, …
 * @param message what follows the program, or in its own file the stamp
 * @returns null for a wording that no pattern knows
 */
export function parseFail2ban(program: string, message: string): ParsedMessage {
  if (!isFail2ban(program)) return null;
  const before = beginning.exec(message);
  const text = message.slice(before?.[0].length ?? 0).trim();
  const parsed = text.startsWith('[') ? parseOfJail(text) : parseOfServer(text);
  if (parsed) return parsed;
  // Errors quote what a command printed, and debug lines are of every kind.
  return /ERROR|CRITICAL|DEBUG/.test(before?.[1] ?? '') ? { class: 'noise', template: named('level') } : null;
}

function parseOfJail(text: string): ParsedMessage {
  const [, jail = '', rest = ''] = inJail.exec(text) ?? [];
  if (jail === '') return null;
  for (const [event, regex] of events) {
    const found = regex.exec(rest);
    if (found) return ofJail(event, jail, found[1] ?? '');
  }
  return noiseOf(jailNoise, rest);
}

function ofJail(event: Event, jail: string, what: string): ParsedMessage {
  const [, v4, v6] = single.exec(what) ?? [];
  const address = addressOf(v4 ?? v6 ?? what);
  if (address !== null) return shape(event, jail, address);
  const inNetwork = addressOf(network.exec(what)?.[1] ?? '') !== null;
  return shape(event, jail, null, inNetwork ? 'of_network' : 'of_other');
}

function parseOfServer(text: string): ParsedMessage {
  const state = started.exec(text);
  if (state) return shape(state[3] === 'started' ? 'start' : 'stop', state[2] ?? '', null);
  return noiseOf(noise, text);
}

function noiseOf(patterns: readonly (readonly [string, RegExp])[], text: string): ParsedMessage {
  const known = patterns.find(([, regex]) => regex.test(text));
  return known ? { class: 'noise', template: named(known[0]) } : null;
}

// ── shape ───────────────────────────────────────────────────────────────────────────────────────────────────

const shape = (event: Event, jail: string, address: string | null, name: string = event): ParsedMessage => ({
  class: 'event',
  template: named(name),
  frame: 'bans',
  row: { event, jail, address, failures: null },
});
