/**
 * The syslog envelope: who wrote the message, where and when.
 *
 * Schema: stamp (kind `classic` without a year, RFC 3164 §4.1.2, or `rfc3339` with year and offset, RFC 5424
 * §6.2.3), host, program, pid (null when the program gives none), message.
 *
 *     Nov 22 22:06:05 host1 sshd[4242]: Server listening on 0.0.0.0 port 22.
 *     Dec  1 00:00:00 host1 last message repeated 2 times
 *     2024-02-29T23:59:58.123456+01:00 host1 sshd-session[4242]: Connection closed by 192.0.2.1 port 22
 */
export interface Envelope {
  readonly stamp: Stamp;
  readonly host: string;
  readonly program: string;
  readonly pid: number | null;
  readonly message: string;
}

/** A time as written: `minute` is its text up to the minutes, which many lines share. */
export type Stamp =
  | { readonly kind: 'classic'; readonly minute: string; readonly second: number }
  | { readonly kind: 'rfc3339'; readonly minute: string; readonly second: number; readonly offset: string };

const classic =
  /^((?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) (?: ?\d|\d\d) [0-2]\d:[0-5]\d):([0-6]\d) (\S+) (.*)$/s;
const rfc3339 =
  /^(\d{4}-[01]\d-[0-3]\dT[0-2]\d:[0-5]\d):([0-6]\d)(?:\.\d{1,9})?(Z|[+-][0-2]\d:?[0-5]\d) (\S+) (.*)$/s;
const tag = /^([^\s:[]{1,64})(?:\[(\d{1,10})\])?:(?: |$)/;

/** @returns null when the line has no envelope that banbook knows */
export function parseEnvelope(line: string): Envelope | null {
  const digit = line.charCodeAt(0) >= 48 && line.charCodeAt(0) <= 57;
  const match = (digit ? rfc3339 : classic).exec(line);
  if (!match) return null;
  const [, minute = '', second = ''] = match;
  const offset = match[3] ?? '';
  const [host = '', rest = ''] = match.slice(digit ? 4 : 3);
  const stamp: Stamp = digit
    ? { kind: 'rfc3339', minute, second: Number(second), offset }
    : { kind: 'classic', minute, second: Number(second) };
  const found = tag.exec(rest);
  return {
    stamp,
    host,
    program: found?.[1] ?? '',
    pid: found?.[2] === undefined ? null : Number(found[2]),
    message: found ? rest.slice(found[0].length) : rest,
  };
}
