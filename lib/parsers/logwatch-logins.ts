import { countOf, figure, type SectionReader, type Seen, snake, sourceOf } from './logwatch-section.js';

/**
 * The sections SSHD and pam_unix, as scripts/services/sshd and pam_unix of logwatch 7.7 print them, with the
 * other wordings of the reports of 7.4.0 and 7.4.3.
 *
 *     Failed logins from:                    pam_unix:   sshd:
 *        192.0.2.1: 11 times                                Authentication Failures:
 *           root/password: 6 times                             root (192.0.2.1): 277 Time(s)
 *
 * The table is the heading, in pam_unix behind the service: failed_logins_from, sshd_authentication_failures. The
 * key is the account as written: `root/password` with its method, and `admin [preauth]` where 7.4 takes the mark of
 * sshd for a part of it, under the source `undef`, which counts again what the addresses count. A row without a key
 * is the total of its address: rows with a key are parts of it. Of a source that is a name the account is the key
 * and the address is null; where no account is counted the name is the key.
 *
 * How deep a line is indented says what it is: a client's text never stands at the depth of a heading, except in
 * the unmatched entries, which are the last of their section.
 */

// ── patterns ────────────────────────────────────────────────────────────────────────────────────────────────

/** How the entries under a heading are built; `known` ones hold no figure. */
type Shape =
  | 'source'
  | 'account'
  | 'text'
  | 'source>account'
  | 'account>source'
  | 'reason>source'
  | 'account from source'
  | 'known';

const headings: Readonly<Record<Shape, readonly string[]>> = {
  source: [
    'Refused ROOT login attempt from',
    "Couldn't resolve these IPs",
    "Didn't receive an ident from these IPs",
    'Mismatched host names and/or IPs',
    'Refused incoming connections',
  ],
  account: [
    'Disconnecting after too many authentication failures for user',
    'Locked account login attempts',
    'Login attempted when not in AllowUsers list',
    'Login attempted when in DenyUsers list',
    'Login attempted when not in AllowGroups list',
    'Login attempted when in DenyGroups list',
    'Login attempted when denied by PAM configuration',
    'Login attempted when user is in no group',
    'Login attempted when shell does not exist',
    'Login attempted when shell is not executable',
    'User login attempt when nologin was set',
    'Failed pam_krb5 authentication',
    'Could not get shadow information for',
  ],
  text: [
    'Failed to bind',
    'Authentication refused',
    'pam_krb5 authentication errors',
    'pam_krb5 errors',
    'Cannot release PAM authentication',
    'Error in PAM authentication',
    'PAM chroot',
    'Setting tty modes failed',
  ],
  'source>account': ['Failed logins from', 'Illegal users from'],
  'account>source': ['Users logging in through sshd', 'Postponed authentication'],
  'reason>source': ['Received disconnect', 'Negotiation failed'],
  // An older form, which counts the pairs; no release that has it was at hand.
  'account from source': ['Failed logins from these', 'Illegal users from these'],
  known: [
    'Deprecated options in SSH config',
    'Failed to connect to',
    'Scanned from',
    'Chmod errors',
    'Chown errors',
    'SFTP subsystem requests',
  ],
};

const shapes = new Map<string, Shape>();
for (const [shape, names] of Object.entries(headings))
  for (const name of names) shapes.set(name, shape as Shape);

/** Headings that carry their only figure. */
const single =
  /^(Network Read Write Errors|SSHD Killed|SSHD Started|No matching cipher offered|SFTP subsystem requests): (\d{1,15})(?: times?(?:\(s\))?)?$/i;
const threshold = / \(with threshold >= \d+\)$/;
const kerberos = /^Successful Kerberos Authentication from \d+ realm:$/;

// ── sshd ────────────────────────────────────────────────────────────────────────────────────────────────────

interface SshdState {
  table: string;
  shape: Shape | null;
  /** The entry under which deeper ones stand. */
  group: string;
  /** What stands between group and entry from detail level 20: a method or a source. */
  between: string;
  unmatched: boolean;
}

export function sshdSection(): SectionReader {
  const state: SshdState = { table: '', shape: null, group: '', between: '', unmatched: false };
  return {
    name: 'logwatch.sshd',
    read(line, indent) {
      // The words of the log itself follow, which logwatch did not count.
      if (state.unmatched) return 'known';
      return indent < 2 ? sshdHeading(line.trimStart(), state) : sshdEntry(line, indent, state);
    },
  };
}

function sshdHeading(line: string, state: SshdState): Seen {
  if (line === '**Unmatched Entries**') {
    state.unmatched = true;
    return 'known';
  }
  if (line === 'WARNING!!!') return 'known';
  const alone = single.exec(line);
  const heading = (alone?.[1] ?? line.replace(/:$/, '')).replace(threshold, '');
  state.shape = kerberos.test(line) ? 'known' : (shapes.get(heading) ?? null);
  state.table = snake(heading);
  state.group = '';
  state.between = '';
  if (alone) return [figure(state.table, null, null, alone[2])];
  return state.shape === null ? 'unknown' : 'known';
}

/** An account as written; for the empty name of an "Invalid user" line logwatch writes a word of its own. */
const account = (text: string) => (text === '{undefined}' ? '' : text);

function sshdEntry(line: string, indent: number, state: SshdState): Seen {
  const { table, shape } = state;
  if (shape === null) return 'unknown';
  if (shape === 'known') return 'known';
  const counted = countOf(line);
  if (shape.includes('>')) return nested(line, indent, state);
  if (!counted) return 'unknown';
  const text = counted.what.trimStart();
  if (shape === 'source') {
    const { address, name } = sourceOf(text);
    return [figure(table, name, address, counted.count)];
  }
  if (shape !== 'account from source')
    return [figure(table, shape === 'account' ? account(text) : text, null, counted.count)];
  const from = text.lastIndexOf(' from ');
  if (from < 0) return 'unknown';
  const { address } = sourceOf(text.slice(from + 6));
  return [figure(table, account(text.slice(0, from)), address, counted.count)];
}

/** Two levels or three: the first at three blanks, each further one three deeper. An account may begin with blanks. */
function nested(line: string, indent: number, state: SshdState): Seen {
  const { table, shape, group } = state;
  const counted = countOf(line);
  if (indent < 6) {
    state.group = counted && shape === 'source>account' ? counted.what.trim() : line.trim();
    state.between = '';
    if (shape === 'account>source') {
      if (!line.endsWith(':')) return 'unknown';
      state.group = state.group.slice(0, -1);
      return 'known';
    }
    if (shape === 'reason>source')
      return counted ? [figure(table, counted.what.trim(), null, counted.count)] : 'known';
    if (!counted) return 'unknown';
    return [figure(table, null, sourceOf(state.group).address, counted.count)];
  }
  if (shape === 'source>account') {
    if (!counted) return 'unknown';
    return [figure(table, account(counted.what.slice(6)), sourceOf(group).address, counted.count)];
  }
  // The offers of a client, under its address.
  if (shape === 'reason>source' && indent > 6) return 'known';
  if (!counted) {
    if (shape !== 'account>source' || !line.endsWith(':')) return 'unknown';
    state.between = line.trim().slice(0, -1);
    return 'known';
  }
  const { address } = sourceOf(counted.what.trim());
  return [figure(table, group, address ?? sourceOf(state.between).address, counted.count)];
}

// ── pam_unix ────────────────────────────────────────────────────────────────────────────────────────────────

export function pamSection(): SectionReader {
  let service = '';
  let type = '';
  return {
    name: 'logwatch.pam_unix',
    read(line, indent) {
      if (indent < 2) {
        type = '';
        service = /^[^\s:]+:$/.test(line.trim()) ? line.trim().slice(0, -1) : '';
        return service === '' ? 'unknown' : 'known';
      }
      if (indent < 6 && service !== '' && line.endsWith(':')) {
        type = line.trim().slice(0, -1);
        return 'known';
      }
      if (service === '' || type === '') return 'unknown';
      // The words of the log itself, which logwatch did not count.
      if (type === 'Unknown Entries') return 'known';
      const counted = countOf(line);
      if (!counted) return 'unknown';
      const { key, address } = pamEntry(counted.what.slice(6));
      return [figure(snake(`${service} ${type}`), key, address, counted.count)];
    },
  };
}

/**
 * `root (192.0.2.1)`: the account, and behind it the source that PAM was told, an address or a name. `unknown` is
 * logwatch's word for an account that does not exist; `Unknown Account` stands for all of them.
 */
function pamEntry(text: string): { key: string | null; address: string | null } {
  if (text === 'Unknown Account') return { key: null, address: null };
  const plain = text.replace(/^Bad User: ?/, '').replace(/\(uid=\d+\)$/, '');
  const open = plain.lastIndexOf(' (');
  if (open < 0 || !plain.endsWith(')')) return { key: plain, address: null };
  return { key: plain.slice(0, open), address: sourceOf(plain.slice(open + 2, -1)).address };
}
