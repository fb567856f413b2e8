import type { AuthFields } from '../parsers/parsed.js';
import type { Minute } from '../parsers/stamp-clock.js';
import { cellText } from '../printable.js';
import type { Row } from '../schema.js';
import { csvCell } from './csv.js';

/** Times of a row as a frame holds them. */
export type When = Pick<Row<'auth'>, 'time' | 'local_time' | 'time_flag'>;

/** Texts that stand in CSV as they are: almost all account names. */
const plain = /^[A-Za-z0-9_.][A-Za-z0-9_.@/ -]{0,99}$/;

/** A text of the input as a cell of CSV. */
export const cell = (text: string | null): string =>
  text === null ? '' : plain.test(text) ? text : csvCell(cellText(text));

/**
 * A row of the auth frame as a line of CSV, its columns in the order of the schema (a test compares it with
 * csvLine). One long template rather than an object, a list of columns and a loop: nine tenths of all rows are of
 * this frame, and the general way took longer than all parsing.
 * @param start what rows of one second and host have in common, see authStart
 */
export function authLine(
  start: string,
  row: AuthFields,
  pid: number | null,
  joinedLine: number | null,
  source: string,
  line: number,
): string {
  return `${start}${row.service},${row.event},${cell(row.account)},${row.account_exists ?? ''},${row.address ?? ''},${cell(row.name)},${row.port ?? ''},${cell(row.method)},${row.seconds ?? ''},${pid ?? ''},${joinedLine ?? ''},${source},${line},${row.count}\n`;
}

/** The columns up to the host. */
export const authStart = ({ time, local_time, time_flag }: When, hostCell: string): string =>
  `${time},${local_time},${time_flag ?? ''},${hostCell},`;

/** Times of a row. */
export function whenOf({ utcText, localText, flag }: Minute, second: number): When {
  const digits = second < 10 ? `0${second}` : second;
  return { time: `${utcText}${digits}Z`, local_time: `${localText}${digits}`, time_flag: flag };
}
