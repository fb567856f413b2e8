import type { RejectFields } from '../parsers/parsed.js';
import { cell, type When } from './auth-line.js';
import type { PieceSink } from './piece-sink.js';

/** Writes a row of the rejects frame. @param host as the log has it */
export function writeReject(
  sink: PieceSink,
  when: When,
  host: string | null,
  row: RejectFields,
  pid: number | null,
  line: number,
): void {
  sink.writeText('rejects', rejectLine(when, host, row, pid, sink.source, line));
}

/** The row as a line of CSV, its columns in the order of the schema: one template, as for the auth frame. */
export function rejectLine(
  { time, local_time, time_flag }: When,
  host: string | null,
  { action, stage, reason, code, status, list, address, name, helo, count }: RejectFields,
  pid: number | null,
  source: string,
  line: number,
): string {
  return `${time},${local_time},${time_flag ?? ''},${cell(host)},${cell(action)},${cell(stage)},${reason},${code ?? ''},${cell(status)},${cell(list)},${address ?? ''},${cell(name)},${cell(helo)},${pid ?? ''},${source},${line},${count}\n`;
}
