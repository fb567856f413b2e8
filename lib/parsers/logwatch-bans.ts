import { addressOf } from './address.js';
import { type Figure, figure, type SectionReader, type Seen, snake, sourceOf } from './logwatch-section.js';

/**
 * The sections fail2ban-messages and iptables firewall, as scripts/services/fail2ban and iptables of logwatch 7.7
 * print them, and what a local script adds of `fail2ban-client status JAIL` (0.8 to 1.1), `iptables -L` and
 * `ipset list`.
 *
 *     Banned services with Fail2Ban:    Bans:Unbans  ReBans:Flush       Dropped 2 packets on interface eth0
 *        sshd:                          [  2:1  ]    [  1:0  ]            From 192.0.2.1 - 2 packets to tcp(22)
 *           192.0.2.1                      1:1          0:0
 *
 *     Chain f2b-sshd (1 references)
 *     REJECT     all  --  192.0.2.1            0.0.0.0/0            reject-with icmp-port-unreachable
 *
 * Tables bans, unbans, rebans, flushed, found, ignored and active_bans: the jail as key. A row without an address
 * is the total of its key, those with an address are parts of it. Tables dropped, rejected, …: the interface as
 * key; dropped_ports, …: the port.
 */

// ── active bans ─────────────────────────────────────────────────────────────────────────────────────────────

const jailName = String.raw`[A-Za-z0-9][\w.-]{0,63}`;
const jailHeading = new RegExp(
  `^(?:Status for the jail: |Name: (?:f2b|fail2ban)-|Jail:? |(?:f2b|fail2ban)-)(${jailName}):?$`,
  'i',
);
const chain = /^Chain (\S{1,64}) \(.*\)$/;
const rule =
  /^(?:\d+ +)?(?:[\d.]+[KMGT]? +[\d.]+[KMGT]? +)?(?:REJECT|DROP) +(?:all|ip|tcp|udp|\d+) +(?:(?:--|-f|!f) +)?(?:\S+ +\S+ +)?([\da-fA-F.:]{2,45})(?:\/\d+)? +(?:0\.0\.0\.0\/0|::\/0|anywhere)(?: .*)?$/;
const otherRule =
  /^(?:\d+ +)?(?:[\d.]+[KMGT]? +[\d.]+[KMGT]? +)?[\w-]{1,64} +(?:all|ip|tcp|udp|icmp|\d+) +.*$/;
const chainHead = /^(?:num +)?(?:pkts +bytes +)?target +prot +opt\b.*$/;
const status =
  /^[|` -]*(Currently banned|Total banned|Number of entries|Currently failed|Total failed):\s*(\d{1,15})$/i;
const list = /^[|` -]*(?:Banned IP list|IP list):\s*(.*)$/is;
const furniture =
  /^(?:Status|[|` -]*(?:Number of jails?|Jail list|File list|Journal matches|Filter|Actions?)(?::.*)?|(?:Type|Revision|Header|Size in memory|References|Members): ?.*)$/i;
const member = /^([\da-fA-F.:]{2,45})(?: (?:timeout|packets|bytes) \d+)*$/;

interface Listing {
  jail: string | null;
  /** A chain's heading and its rules, which no line counts. */
  chain: { readonly line: number; count: number } | null;
  readonly counted: Set<string>;
  /** Totals of the chains that are over, to be handed out with the next line. */
  readonly done: Figure[];
}

const newListing = (): Listing => ({ jail: null, chain: null, counted: new Set(), done: [] });

/** A jail without its prefix: fail2ban names chains `fail2ban-JAIL` up to 0.8 and `f2b-JAIL` since 0.9. */
const jailOf = (name: string) => /^(?:f2b|fail2ban)-(.+)$/i.exec(name)?.[1] ?? null;

function closeChain(listing: Listing): void {
  const { jail, chain: open } = listing;
  if (open && jail !== null && !listing.counted.has(jail))
    listing.done.push({ ...figure('active_bans', jail, null, open.count), line: open.line });
  if (open && jail !== null) listing.counted.add(jail);
  listing.chain = null;
}

function readListing(line: string, at: number, listing: Listing): Seen {
  const text = line.trim();
  const opened = chain.exec(text);
  const named = opened ? jailOf(opened[1] ?? '') : jailHeading.exec(text)?.[1];
  if (opened || named != null) {
    closeChain(listing);
    listing.jail = named ?? null;
    if (opened && named != null) listing.chain = { line: at, count: 0 };
    return 'known';
  }
  const { jail } = listing;
  const count = status.exec(text);
  if (count) return statusLine(count, listing);
  if (furniture.test(text) || chainHead.test(text)) return 'known';
  const listed = list.exec(text);
  if (listed && jail !== null) {
    const found = (listed[1] ?? '').split(/[\s,]+/).flatMap((word) => addressOf(word) ?? []);
    return found.length > 0 ? found.map((address) => figure('active_bans', jail, address, 1)) : 'known';
  }
  const address = addressOf((rule.exec(text) ?? member.exec(text))?.[1] ?? '');
  if (address !== null && address !== '0.0.0.0' && jail !== null) {
    if (listing.chain) listing.chain.count++;
    return [figure('active_bans', jail, address, 1)];
  }
  return otherRule.test(text) ? 'known' : 'unknown';
}

function statusLine([, name = '', value]: RegExpExecArray, listing: Listing): Seen {
  if (/failed$/i.test(name)) return 'known';
  const { jail } = listing;
  if (/^total/i.test(name)) return [figure('total_bans', jail, null, value)];
  if (jail !== null) listing.counted.add(jail);
  return [figure('active_bans', jail, null, value)];
}

/** A section of a local script that lists bans, and what stands outside of all sections. */
export function listingSection(): SectionReader {
  const listing = newListing();
  return {
    name: 'logwatch.bans',
    // What else the script writes is not logwatch's.
    read(line, _, at) {
      const seen = readListing(line, at, listing);
      return seen === 'unknown' ? 'known' : seen;
    },
    end() {
      closeChain(listing);
      return listing.done;
    },
  };
}

// ── fail2ban ────────────────────────────────────────────────────────────────────────────────────────────────

const banTables = ['bans', 'unbans', 'rebans', 'flushed'] as const;
const jailBans = /^ +(\S.*?): +\[ *(\d{1,9}): *(\d{1,9}) *\](?: +\[ *(\d{1,9}): *(\d{1,9}) *\])?$/;
const hostBans = /^ +(\S+(?: \(\S+\))?) +(\d{1,9}):(\d{1,9})(?: +(\d{1,9}):(\d{1,9}))?$/;
const foundHost = /^ +(\S+) +\( *(\d{1,15}) Times?\)$/;
const messages =
  /^(?:\*\* (?:ERRORS|WARNINGS) \*\*|Informational Messages:|Notices:|\*\*Unmatched Entries\*\*)$/;
const events =
  /^(\d{1,15}) (?:faulty iptables invocation|error|fail2ban rules reinitialization)\(s\)(?: returned from actions)?:?$/;

export function fail2banSection(): SectionReader {
  const listing = newListing();
  let table: 'bans' | 'found' | 'ignored' | 'messages' | null = null;
  let jail: string | null = null;
  return {
    name: 'logwatch.fail2ban',
    read(line, indent, at) {
      const heading =
        indent < 1 ? /^(?:Banned services with Fail2Ban|Fail2Ban hosts (found|ignored)):/i.exec(line) : null;
      if (heading) {
        table = heading[1] === undefined ? 'bans' : (heading[1].toLowerCase() as 'found' | 'ignored');
        jail = null;
        return 'known';
      }
      if (indent < 1 && messages.test(line)) {
        table = 'messages';
        return 'known';
      }
      if (indent < 1 && events.test(line)) return 'known';
      // The words of fail2ban's log; of what stands unindented below them nothing can be told.
      if (table === 'messages') return 'known';
      if (table !== null && indent > 0) {
        const group = table === 'bans' ? jailBans.exec(line) : /^ +(\S.*):$/.exec(line);
        if (group) jail = group[1] ?? null;
        const seen = group && table !== 'bans' ? 'known' : fail2banEntry(line, table, jail, group);
        if (seen !== 'unknown') return seen;
      }
      return readListing(line, at, listing);
    },
    end() {
      closeChain(listing);
      return listing.done;
    },
  };
}

function fail2banEntry(
  line: string,
  table: string,
  jail: string | null,
  group: RegExpExecArray | null,
): Seen {
  if (/^ +(?:\(\S+\)|\(\d+ Duplicate Ban attempts\)|Failed +\d[\d ]*times.*)$/.test(line)) return 'known';
  if (table !== 'bans') {
    const [, source, count] = foundHost.exec(line) ?? [];
    return source === undefined ? 'unknown' : [figure(table, jail, sourceOf(source).address, count)];
  }
  const found = group ?? hostBans.exec(line);
  if (!found || jail === null) return 'unknown';
  const address = group ? null : sourceOf(found[1] ?? '').address;
  return banTables.flatMap((name, i) => {
    const value = found[i + 2];
    return value === undefined ? [] : [figure(name, jail, address, value)];
  });
}

// ── iptables ────────────────────────────────────────────────────────────────────────────────────────────────

const packets =
  /^(Dropped|Rejected|Denied|Accepted|Logged|drop|accept) (\d{1,15}) packets? on interface (\S+)$/;
const fromHost = /^ +From (\S+(?: \(\S+\))?) - (\d{1,15}) packets?(?: +to .*)?$/;
const toPort = /^ +To port +(\d{1,5}\/\S+)(?: \(\S+\))? - +(\d{1,15}) packets? +from +\d+ hosts?(?: .*)?$/;
const portHost = /^ +(\d{1,15}) packets? +from (\S+(?: \([^\s.:]*[.:]\S*\))?)(?: .*)?$/;
const packetParts = /^ +(?:To \S+(?: \(\S+\))? - \d{1,15} packets?|Service: .*)$/;

export function iptablesSection(): SectionReader {
  const listing = newListing();
  let table: string | null = null;
  let key = '';
  let port: string | null = null;
  return {
    name: 'logwatch.iptables',
    read(line, indent, at) {
      const total = indent < 1 ? packets.exec(line) : null;
      if (total) {
        table = snake(total[1] ?? '');
        key = total[3] ?? '';
        port = null;
        return [figure(table, key, null, total[2])];
      }
      if (/^Listed by (?:source hosts|target ports):$/.test(line)) return 'known';
      if (table !== null && indent > 0) {
        const host = fromHost.exec(line);
        // Networks, where the site has hosts counted by network, are no addresses.
        if (host) return [packetsOf(table, key, host[1] ?? '', host[2])];
        const target = toPort.exec(line);
        if (target) port = target[1] ?? null;
        if (target) return [figure(`${table}_ports`, port, null, target[2])];
        const part = portHost.exec(line);
        if (part && port !== null)
          return [figure(`${table}_ports`, port, sourceOf(part[2] ?? '').address, part[1])];
        if (packetParts.test(line)) return 'known';
      }
      return readListing(line, at, listing);
    },
    end() {
      closeChain(listing);
      return listing.done;
    },
  };
}

function packetsOf(table: string, key: string, source: string, count: string | undefined): Figure {
  const { address } = sourceOf(source);
  return address === null
    ? figure(`${table}_networks`, source, null, count)
    : figure(table, key, address, count);
}
