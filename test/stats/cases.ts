import type { Table } from '../../lib/engine/index.js';
import type { Site } from '../../lib/site.js';
import type { FileRow, FileRows } from '../engine/frames.js';

/** Rows of a table as arrays, which read better in a test. */
export const valuesOf = (table: Table): unknown[][] => table.rows.map((row) => Object.values(row));

/** Findings as key → value. */
export const saidOf = (
  findings: readonly { key: string; value: string | null }[],
): Record<string, string | null> => Object.fromEntries(findings.map(({ key, value }) => [key, value]));

let line = 0;
function nextLine(): string {
  line += 1;
  return String(line);
}

/** A ban mail at a local time (the UTC time nine hours before is not looked at). */
export const ban = (local: string, address: string, more: FileRow = {}): FileRow => ({
  time: '2000-01-01T00:00:00Z',
  local_time: local,
  jail: 'sshd',
  service: 'ssh',
  event: 'ban',
  via: 'mail',
  address,
  source: 'aaaaaaaaaaaa',
  line: nextLine(),
  count: '1',
  ...more,
});

/** A failed ssh password login. */
export const failed = (local: string, account: string, address: string, more: FileRow = {}): FileRow => ({
  time: '2000-01-01T00:00:00Z',
  local_time: local,
  service: 'ssh',
  event: 'failed',
  account,
  address,
  method: 'password',
  source: 'bbbbbbbbbbbb',
  line: nextLine(),
  count: '1',
  ...more,
});

/** A refusal of postfix by a block list; other reasons as `more` says. */
export const rejected = (local: string, list: string, address: string, more: FileRow = {}): FileRow => ({
  time: '2000-01-01T00:00:00Z',
  local_time: local,
  action: 'reject',
  stage: 'RCPT',
  reason: 'rbl',
  list,
  address,
  source: 'cccccccccccc',
  line: nextLine(),
  count: '1',
  ...more,
});

/** A month in which the log has lines of a template. */
export const written = (template: string, month: string): FileRow => ({
  source: 'cccccccccccc',
  month,
  class: 'event',
  template,
  records: '1',
  lines: '1',
  example: '1',
});

/** Every date from the first to the last, both included, as rows of `days`. */
export function covered(kind: 'log' | 'mail', from: string, to: string): FileRow[] {
  const rows: FileRow[] = [];
  for (let at = Date.parse(from); at <= Date.parse(to); at += 86_400_000)
    rows.push({ kind, date: new Date(at).toISOString().slice(0, 10), records: '1' });
  return rows;
}

const address = (text: string, country: string, name_status = '', name = ''): FileRow => ({
  address: text,
  version: '4',
  country,
  country_as_of: country && '2023-11-15',
  name_status,
  name,
  first_seen: '2019-01-01T00:00:00Z',
  last_seen: '2019-12-01T00:00:00Z',
});

/** What was answered about the risk of a name. */
export const risk = (name: string, score: string, more: FileRow = {}): FileRow => ({
  name,
  status: 'scored',
  risk_score: score,
  asked_at: '2020-01-01T00:00:00Z',
  api: 'simulator',
  ...more,
});

/**
 * Six months. Mailboxes cover 2019-01 (all 31 days), 2019-02 (from the 11th: 18 of 28), not 2019-03,
 * 2019-04 (all 30 days, without a ban), and the first two days of 2019-05. Logs cover February alone.
 *
 * Bans of ssh: January 3 + 1 = 4 (one mail stands for three) from 2 addresses; February 1; May 1. In all 6.
 * Not ssh bans: one of smtp, one start of the jail, one ban of an unnamed jail.
 *
 * Names: 192.0.2.1 has one (score 100), 198.51.100.1 one that does not lead back (no score), 192.0.2.2 none; of
 * 192.0.2.3 there was no answer, and the others were never asked for.
 *
 * Refusals, all in February: a.example 2 + 1, b.example 2, c.example 1; no service 1, no address 2. In all 9.
 */
export const frames: FileRows = {
  bans: [
    ban('2019-01-01T00:00:00', '192.0.2.1', { count: '3' }),
    ban('2019-01-31T23:59:59', '192.0.2.2'),
    ban('2019-02-11T13:00:00', '192.0.2.3'),
    ban('2019-05-02T13:59:59', '198.51.100.1'),
    ban('2019-02-12T05:00:00', '203.0.113.9', { service: 'smtp', jail: 'postfix' }),
    ban('2019-02-12T06:00:00', '', { event: 'start' }),
    ban('2019-02-12T07:00:00', '198.51.100.7', { service: '', jail: 'other' }),
  ],
  auth: [
    // root: 1 + 5 + 1 = 7 failures from two addresses, all in February.
    failed('2019-02-11T10:00:00', 'root', '192.0.2.1'),
    failed('2019-02-11T10:00:01', 'root', '192.0.2.1', { count: '5' }),
    failed('2019-02-20T10:00:00', 'root', '192.0.2.2'),
    // Not counted: accepted, a key, mail, no account.
    failed('2019-02-11T11:00:00', 'root', '192.0.2.1', { event: 'accepted' }),
    failed('2019-02-11T11:00:01', 'root', '192.0.2.1', { method: 'publickey' }),
    failed('2019-02-11T11:00:02', 'root', '192.0.2.1', { service: 'imap' }),
    failed('2019-02-11T11:00:03', '', '192.0.2.1'),
    // Others: admin 4 (two addresses), the empty name 2, Root 2, "; DROP 1, root with a space 1. In all 10.
    failed('2019-02-12T01:00:00', 'admin', '192.0.2.1', { count: '3' }),
    failed('2019-02-12T01:00:01', 'admin', '192.0.2.2'),
    failed('2019-02-12T01:00:02', '""', '192.0.2.1', { count: '2' }),
    failed('2019-02-12T01:00:03', 'Root', '192.0.2.1', { count: '2' }),
    failed('2019-02-12T01:00:04', "'; DROP VIEW auth; --", '192.0.2.1'),
    failed('2019-02-12T01:00:05', 'root ', ''),
  ],
  rejects: [
    rejected('2019-02-02T00:00:00', 'a.example', '192.0.2.1', { count: '2' }),
    rejected('2019-02-12T00:00:00', 'a.example', '192.0.2.2'),
    rejected('2019-02-12T00:00:01', 'b.example', '192.0.2.1', { count: '2' }),
    rejected('2019-02-12T00:00:02', 'c.example', '192.0.2.3'),
    rejected('2019-02-12T00:00:03', '', '192.0.2.4', { action: 'warning', reason: 'no_service' }),
    rejected('2019-02-14T00:00:03', '', '192.0.2.5', { action: 'warning', reason: 'no_address', count: '2' }),
    // Not counted: only warned of, and another reason.
    rejected('2019-02-12T00:00:04', 'a.example', '192.0.2.6', { action: 'reject_warning' }),
    rejected('2019-02-12T00:00:05', '', '192.0.2.6', { reason: 'relay' }),
  ],
  coverage: [written('postfix.reject', '2019-02-01'), written('sshd.failed', '2019-02-01')],
  addresses: [
    address('192.0.2.1', 'CN', 'confirmed', 'one.example'),
    address('192.0.2.2', 'US', 'none'),
    address('192.0.2.3', 'FR', 'timeout'),
    address('198.51.100.1', 'JP', 'unconfirmed', 'two.example'),
    address('203.0.113.9', 'US'),
    // Private or unknown: no country. 198.51.100.7 is not even in this frame.
    address('10.0.0.1', ''),
  ],
  risk: [risk('one.example', '100'), risk('two.example', '', { status: 'no_score' })],
  days: [
    ...covered('mail', '2019-01-01', '2019-01-31'),
    ...covered('mail', '2019-02-11', '2019-02-28'),
    ...covered('mail', '2019-04-01', '2019-04-30'),
    ...covered('mail', '2019-05-01', '2019-05-02'),
    ...covered('log', '2019-02-01', '2019-02-28'),
  ],
};

/** A period that takes in January and February up to the 12th. */
export const site: Partial<Site> = { period: { from: '2019-01-01', to: '2019-02-13' } };

/** The same with one more ssh ban, of an address that has no country: seven in all. */
export const framesWithUnknown: FileRows = {
  ...frames,
  bans: [...(frames.bans ?? []), ban('2019-01-05T00:00:00', '10.0.0.1')],
};
