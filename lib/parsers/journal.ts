import { longestLine } from '../sources/read-lines.js';
import type { Envelope, Stamp } from './envelope.js';

/**
 * journald: one entry of `journalctl -o json` or `-o export` as an envelope.
 *
 * Schema: stamp (`rfc3339` in UTC, of __REALTIME_TIMESTAMP in microseconds), host (_HOSTNAME), program
 * (SYSLOG_IDENTIFIER, else _COMM), pid (SYSLOG_PID, else _PID), message (MESSAGE; empty where journalctl leaves it
 * out for its length).
 *
 *     {"__REALTIME_TIMESTAMP":"1709247598000000","_HOSTNAME":"host1","SYSLOG_IDENTIFIER":"sshd","MESSAGE":"…"}
 *
 * Formats: JOURNAL_EXPORT_FORMATS.md of systemd; fields of systemd.journal-fields(7).
 */
export function parseJournalLine(line: string): Envelope | null {
  // Other programs write objects too; most of them need not be parsed to see that.
  if (!line.includes('"__REALTIME_TIMESTAMP"')) return null;
  let entry: unknown;
  try {
    entry = JSON.parse(line);
  } catch {
    return null;
  }
  if (typeof entry !== 'object' || entry === null) return null;
  const fields = entry as Record<string, unknown>;
  return envelopeOf((name) => (Object.hasOwn(fields, name) ? jsonText(fields[name]) : null));
}

/** Bytes that are no UTF-8 come as an array of numbers; a field that occurs twice as an array of its values. */
function jsonText(value: unknown): string | null {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return String(value);
  if (isBytes(value)) return Buffer.from(value).toString('utf8');
  if (!Array.isArray(value)) return null;
  const [first] = value;
  return typeof first === 'string' || isBytes(first) ? jsonText(first) : null;
}

const isBytes = (value: unknown): value is number[] =>
  Array.isArray(value) && value.every((item) => typeof item === 'number');

/**
 * One record of `journalctl -o export`.
 * @param lines the record's lines as latin1 text, so that every byte of a binary field is there; LF between them is
 *   a byte of the data
 */
export function parseJournalExport(lines: readonly string[]): Envelope | null {
  const fields = exportFields(lines.join('\n'));
  return fields && envelopeOf((name) => fields.get(name) ?? null);
}

const fieldName = /^[A-Z_][A-Z0-9_]{0,63}$/;
const wanted = new Set([
  '__REALTIME_TIMESTAMP',
  '_HOSTNAME',
  'SYSLOG_IDENTIFIER',
  '_COMM',
  'SYSLOG_PID',
  '_PID',
  'MESSAGE',
]);

/**
 * The fields that an envelope needs, each as it comes first.
 * @returns null when the record is not of this form, as one that was cut off within a binary field
 */
function exportFields(text: string): Map<string, string> | null {
  const fields = new Map<string, string>();
  let at = 0;
  while (at < text.length) {
    const end = lineEnd(text, at);
    const equals = text.indexOf('=', at);
    const plain = equals >= 0 && equals < end;
    const name = text.slice(at, plain ? equals : end);
    if (!fieldName.test(name)) return null;
    const data = plain ? { from: equals + 1, to: end } : binaryField(text, end + 1);
    if (data === null) return null;
    if (wanted.has(name) && !fields.has(name))
      fields.set(name, Buffer.from(text.slice(data.from, data.to), 'latin1').toString('utf8'));
    at = data.to + 1;
  }
  return fields;
}

function lineEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end;
}

/** Data with its length in eight bytes, little-endian, before it; the LF behind it belongs to neither. */
function binaryField(text: string, at: number): { from: number; to: number } | null {
  if (at + 8 > text.length) return null;
  const length = Number(Buffer.from(text.slice(at, at + 8), 'latin1').readBigUInt64LE());
  const from = at + 8;
  const to = from + length;
  return to <= text.length && (to === text.length || text[to] === '\n') ? { from, to } : null;
}

/** A program may give itself a name of any length; that of a host has no more. */
const longestName = 255;

function envelopeOf(field: (name: string) => string | null): Envelope | null {
  const stamp = stampOf(field('__REALTIME_TIMESTAMP'));
  if (stamp === null) return null;
  return {
    stamp,
    host: field('_HOSTNAME')?.slice(0, longestName) ?? null,
    program: (field('SYSLOG_IDENTIFIER') ?? field('_COMM') ?? '').slice(0, longestName),
    pid: pidOf(field('SYSLOG_PID')) ?? pidOf(field('_PID')),
    message: (field('MESSAGE') ?? '').slice(0, longestLine),
    via: 'syslog',
  };
}

const pidOf = (text: string | null): number | null =>
  text !== null && /^\d{1,10}$/.test(text) ? Number(text) : null;

/** Years have four digits up to here; beyond, a date has another form, and no journal is from there. */
const latest = Date.UTC(9999, 11, 31, 23, 59, 59);

function stampOf(microseconds: string | null): Stamp | null {
  if (microseconds === null || !/^\d{1,18}$/.test(microseconds)) return null;
  const time = Math.floor(Number(microseconds) / 1000);
  if (time > latest) return null;
  const text = new Date(time).toISOString();
  return { kind: 'rfc3339', minute: text.slice(0, 16), second: Number(text.slice(17, 19)), offset: 'Z' };
}

const mark =
  /^-- (?:(?:Logs begin|Journal begins) at .* --|(?:Boot [\da-f]{32}|Reboot|No entries) --|cursor: .*)$/s;

/** True for what journalctl itself says between the entries: where they begin, a start of the machine, that none is. */
export function isJournalMark(line: string): boolean {
  return line.startsWith('-- ') && mark.test(line);
}
