import { addressOf } from './address.js';

/** One figure of a report, before the frame knows its section. */
export interface Figure {
  readonly table: string;
  readonly key: string | null;
  readonly address: string | null;
  readonly value: number;
  /** Offset of the line, where it is not the one that was read. */
  readonly line?: number;
}

/** What a section makes of a line: its figures, known furniture, or a wording that it does not know. */
export type Seen = readonly Figure[] | 'known' | 'unknown';

/** Reads the lines of one section of one report in their order; blank lines are not handed to it. */
export interface SectionReader {
  /** First part of the template names. */
  readonly name: string;
  /**
   * @param line without the blank that logwatch writes before each line, and without trailing blanks
   * @param indent its leading blanks
   * @param at offset of the line in the report
   */
  read(line: string, indent: number, at: number): Seen;
  /** Figures that are known only when the section is over. */
  end?(): readonly Figure[];
}

export const figure = (
  table: string,
  key: string | null,
  address: string | null,
  value: number | string | undefined,
): Figure => ({ table, key, address, value: Number(value) });

/** `Failed logins from` as `failed_logins_from`. */
export const snake = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/['’]/g, '')
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_|_$/g, '');

const times = /^(?:\. )?(\d{1,15}) times?(?:\(s\))?$/i;

/**
 * Divides `root : 3 Time(s)`. Releases write `time`, `times`, `Time(s)` and, in 7.7, `Times`, behind `: ` or
 * ` : ` (` : . ` in the DenyUsers list). What is counted may itself contain all of that, so the last colon decides.
 */
export function countOf(entry: string): { readonly what: string; readonly count: number } | null {
  const colon = entry.lastIndexOf(':');
  const count = colon < 0 ? null : times.exec(entry.slice(colon + 1).trimStart());
  if (!count) return null;
  const what = entry.slice(0, colon);
  return { what: what.endsWith(' ') ? what.slice(0, -1) : what, count: Number(count[1]) };
}

/**
 * Who is counted: `192.0.2.1`, `192.0.2.1 (host1.example)`, `host1.example [192.0.2.1]` or a name alone. A name
 * has no blanks, so the address is at one of the two ends.
 */
export function sourceOf(text: string): { readonly address: string | null; readonly name: string | null } {
  const first = /^[^\s[(]{1,60}/.exec(text)?.[0] ?? '';
  const open = Math.max(text.lastIndexOf('['), text.lastIndexOf('('));
  const address = addressOf(first) ?? (/[\])]$/.test(text) ? addressOf(text.slice(open + 1, -1)) : null);
  return { address, name: address === null ? text : null };
}
