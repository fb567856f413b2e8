import {
  countOf,
  type Figure,
  figure,
  type SectionReader,
  type Seen,
  snake,
  sourceOf,
} from './logwatch-section.js';

/**
 * The sections Postfix (postfix-logwatch) and Dovecot, as scripts/services/postfix and dovecot of logwatch 7.7
 * print them.
 *
 *            2   5xx Reject RBL                 50.00%        Dovecot disconnects: 3 Total
 *     ****** Detail (10) ****…                                     2 no auth attempts
 *            2   5xx Reject RBL ----…
 *            2      zen.example
 *            2         192.0.2.1        unknown
 *
 * Postfix: the lines of the summary are the table `summary`, the title as key. A table of the detail is named after
 * its title; the key is its first level: a block list, a reason. Figures nest, so they must not be added up across
 * levels: without key and address the whole table, with a key alone all of that key, with an address its part.
 * Titles that count mail rather than refusals are read in the summary only: their details are names of recipients.
 */

// ── postfix ─────────────────────────────────────────────────────────────────────────────────────────────────

const summaryLine = /^ *(\d{1,15})( +)(\S.*)$/s;
const scaled = /^ *\d{1,12}(?:\.\d{1,6})?[KMGTPEZY] +(\S.*\S) {2,}([\d,]{1,25})$/s;
const titleAndShare = /^(.*\S) +(?:\d{1,3}\.\d\d%|[\d,]{1,25})$/s;
const detailTitle = /^ *(\d{1,15}) {3}(\S[^\n]*?) -{2,}(?: \[ \w+ \] -)?$/;
const ruler = /^(?:[-= ]+|=== .* =+|[A-Z][A-Za-z ]{2,20}(?: +\d+\.\d\d){4,20}| +0%(?: +\d+%)+| +\.\.\.)$/;
const refusals =
  /^(?:[45]xx |.*\breject|SASL authentication failed$|Hostname |HELO|Illegal address|SMTP protocol viol|Connections lost \(in|Timeouts \(in|Postscreen$|DNSBL log$|RBL lookup|\*Warning: Anvil|Numeric hostname$|Miscellaneous warn)/i;
const doesNotResolve = /^hostname \S+ does not resolve to address ([^\s]+?)(?:: .*)?$/;

interface PostfixState {
  detail: boolean;
  unmatched: boolean;
  table: string;
  /** False within a table whose lines are known and hold no refusals. */
  wanted: boolean;
  key: string | null;
  /** How deep the address stands under which all else is a part of it. */
  addressGap: number;
}

export function postfixSection(): SectionReader {
  const state: PostfixState = {
    detail: false,
    unmatched: false,
    table: '',
    wanted: false,
    key: null,
    addressGap: 99,
  };
  return {
    name: 'logwatch.postfix',
    read(line) {
      if (line === '**Unmatched Entries**') state.unmatched = true;
      if (state.unmatched) return 'known';
      if (/^\*{6} (?:Summary|Detail)\b.*\*$/.test(line)) {
        state.detail = line.startsWith('****** Detail');
        return 'known';
      }
      if (ruler.test(line)) return 'known';
      return state.detail ? postfixDetail(line, state) : postfixSummary(line);
    },
  };
}

function postfixSummary(line: string): Seen {
  const bytes = scaled.exec(line);
  if (bytes) return [figure('summary', bytes[1] ?? '', null, (bytes[2] ?? '').replaceAll(',', ''))];
  const [, value, , rest = ''] = summaryLine.exec(line) ?? [];
  if (value === undefined) return 'unknown';
  return [figure('summary', titleAndShare.exec(rest)?.[1] ?? rest, null, value)];
}

function postfixDetail(line: string, state: PostfixState): Seen {
  const title = detailTitle.exec(line);
  if (title) {
    state.table = snake(title[2] ?? '');
    state.wanted = refusals.test(title[2] ?? '');
    state.key = null;
    state.addressGap = 99;
    return state.wanted ? [figure(state.table, null, null, title[1])] : 'known';
  }
  const [, value, blanks = '', rest = ''] = summaryLine.exec(line) ?? [];
  if (value === undefined || state.table === '') return 'unknown';
  if (!state.wanted) return 'known';
  const gap = blanks.length;
  if (gap < 6) return 'unknown';
  if (gap > state.addressGap) return 'known';
  state.addressGap = 99;
  // Address, blanks, host name: the columns that logwatch writes. Other text never begins with an address alone.
  const { address } = sourceOf(/^[^\s]{1,60}(?=\s|$)/.exec(rest)?.[0] ?? '');
  if (gap === 6) state.key = address === null ? keyOf(rest) : null;
  if (address !== null) {
    state.addressGap = gap;
    return [figure(state.table, state.key, address, value)];
  }
  if (gap > 6) return 'known';
  const named = doesNotResolve.exec(rest);
  // Any words of the log, with whatever they quote.
  if (!named && state.table === 'miscellaneous_warnings') return 'known';
  if (!named) return [figure(state.table, state.key, null, value)];
  return [figure(state.table, state.key, sourceOf(named[1] ?? '').address, value)];
}

/**
 * What the first level counts. Of a failed login only the mechanism: its reason is at times what the client sent,
 * in base64. Of a host name that does not resolve not the name, which its owner chose.
 */
function keyOf(text: string): string {
  const mechanism = /^([A-Z][A-Z0-9_-]{1,29}): ?/.exec(text)?.[1];
  if (mechanism !== undefined) return mechanism;
  return doesNotResolve.test(text) ? 'hostname does not resolve to address' : text;
}

// ── dovecot ─────────────────────────────────────────────────────────────────────────────────────────────────

/** Headings, by their beginning: how the lines below are built, and the name of their table. */
interface DovecotHeading {
  readonly start: string;
  readonly table: string;
  readonly entries: 'numbers' | 'sources' | 'texts' | 'users' | 'connections' | 'known';
}

const heading = (start: string, table: string, entries: DovecotHeading['entries']): DovecotHeading => ({
  start,
  table,
  entries,
});

const dovecotHeadings: readonly DovecotHeading[] = [
  heading('Dovecot IMAP and POP3 Successful Logins:', 'successful_logins', 'users'),
  heading('Dovecot ManageSieve Successful Logins:', 'managesieve_successful_logins', 'users'),
  heading('Dovecot Proxy IMAP and POP3 Successful Logins:', 'proxy_successful_logins', 'users'),
  heading('Dovecot disconnects:', 'disconnects', 'numbers'),
  heading('Dovecot Proxy disconnects:', 'proxy_disconnects', 'texts'),
  heading('Dovecot connections closed:', 'connections_closed', 'texts'),
  heading('Dovecot limits exceeded:', 'limits_exceeded', 'texts'),
  heading('Logout/aborts:', 'logout_aborts', 'texts'),
  heading('Auth client disconnected with pending requests:', 'auth_client_disconnected', 'texts'),
  heading(
    'Username character disallowed by auth_username_chars:',
    'username_character_disallowed',
    'sources',
  ),
  heading('Unknown users blocked:', 'unknown_users_blocked', 'numbers'),
  heading('[Dovecot IMAP and POP3] Connections:', 'connections', 'connections'),
  heading('Request timed out waiting for client to continue authentication:', 'auth_timed_out', 'known'),
  heading('Dovecot Deliveries:', 'deliveries', 'known'),
  heading('Dovecot LDA sieve ', 'lda_sieve', 'known'),
  heading('Dovecot Fatal Errors:', 'fatal_errors', 'known'),
  heading('Dovecot Errors:', 'errors', 'known'),
  heading('Dovecot child error:', 'child_error', 'known'),
  heading('Disk quota exceeded:', 'disk_quota_exceeded', 'known'),
  heading('IMAP Mail User Agent Strings:', 'user_agents', 'known'),
  heading('Dovecot was killed, and not restarted afterwards.', 'killed', 'known'),
  heading('Dovecot restarted ', 'restarted', 'known'),
  heading('**Unmatched Entries**', 'unmatched', 'known'),
];

const tls = /^TLS Initialization failed (\d{1,15}) Time\(s\)$/;
const total = /: (\d{1,15})(?: Total)?$/;
const numbered = /^ *(\d{1,15}) (.*)$/s;
const protocols = / \((?:\d{1,15} (?:POP3|IMAP)(?:, )?){1,2}\)$| \(\)$/;
const connection = /^ *\d{1,15} +\d{1,15} +(\d{1,15}) {2}(\S+)$/;

export function dovecotSection(): SectionReader {
  let open: DovecotHeading | null = null;
  let user = '';
  return {
    name: 'logwatch.dovecot',
    read(line, indent) {
      if (open?.table === 'unmatched') return 'known';
      if (indent < 1 && !connection.test(line)) {
        const failed = tls.exec(line);
        if (failed) return [figure('tls_initialization_failed', null, null, failed[1])];
        if (/^(?:[=-]{4,}|POP3 IMAP Total {2}Host|Total: \d{1,15} successful .*)$/.test(line)) return 'known';
        open = dovecotHeadings.find(({ start }) => line.startsWith(start)) ?? null;
        if (open === null) return 'unknown';
        user = '';
        const count = total.exec(line);
        return count ? [figure(open.table, null, null, count[1])] : 'known';
      }
      if (open === null) return 'unknown';
      if (open.entries === 'known') return 'known';
      if (open.entries !== 'users') return dovecotEntry(line, open);
      const seen = dovecotUser(line, indent, open.table, user);
      user = seen.user;
      return seen.seen;
    },
  };
}

function dovecotEntry(line: string, { table, entries }: DovecotHeading): Seen {
  if (entries === 'connections') {
    const found = connection.exec(line);
    if (!found) return 'unknown';
    const { address, name } = sourceOf(found[2] ?? '');
    return [figure(table, name === 'Total' ? null : name, address, found[1])];
  }
  const counted = countOf(line);
  if (entries === 'sources' && counted) {
    const { address, name } = sourceOf(counted.what.trim());
    return [figure(table, name, address, counted.count)];
  }
  // Older reports have `: 3 Time(s)` behind the reason, 7.7 the number before it.
  const number = entries === 'numbers' ? numbered.exec(line) : null;
  if (number) return [figure(table, number[2] ?? '', null, number[1])];
  return counted ? [figure(table, counted.what.trim(), null, counted.count)] : 'unknown';
}

/** Users with their sources: `     3 ann (3 IMAP)` and `         3 192.0.2.1`, or `User ann:` and `From 192.0.2.1: 3`. */
function dovecotUser(
  line: string,
  indent: number,
  table: string,
  user: string,
): { seen: Seen; user: string } {
  const from = /^ {4}From (\S+(?: \(\S+\))?): (\d{1,15}) Time\(s\)$/.exec(line);
  if (from) return { seen: [figure(table, user, sourceOf(from[1] ?? '').address, from[2])], user };
  if (/^ {2}Total: \d{1,15} Time\(s\)$/.test(line)) return { seen: 'known', user };
  const named = /^ {2}User (.*?):(?: {3}\([^()]{0,60}\))?(?: (\d{1,15}) Time\(s\))?$/.exec(line);
  if (named) {
    const name = named[1] ?? '';
    const seen: readonly Figure[] = [figure(table, name, null, named[2])];
    return { seen: named[2] === undefined ? 'known' : seen, user: name };
  }
  const number = numbered.exec(line);
  if (!number) return { seen: 'unknown', user };
  // Numbers are right-aligned at column 6 for users and 10 for sources, and wider ones move what follows.
  const { address } = sourceOf(number[2] ?? '');
  if (indent >= 6 && address !== null) return { seen: [figure(table, user, address, number[1])], user };
  const name = (number[2] ?? '').replace(protocols, '');
  return { seen: [figure(table, name, null, number[1])], user: name };
}
