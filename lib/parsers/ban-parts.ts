import { endOfLine } from '../sources/line-ends.js';
import { type Whois, WhoisReader } from './whois.js';

/** What follows the sentence of a ban. */
export interface BanParts {
  readonly whois: Whois;
  /** Log lines that the mail quotes; null when its action quotes none. */
  readonly logLines: number | null;
  /** How many lines were looked at, and where the one begins that was not. */
  readonly lines: number;
  readonly end: number;
}

const whoisStart = /Here (?:is|are) more information about \S+ ?:$/my;
/** What -whois-lines, -whois-matches, -whois-ipmatches and -whois-ipjailmatches head the log lines with. */
const logLinesStart =
  /(?:Lines containing (?:IP:\S+ in .*|failures of \S+.*)|Matches:|Matches (?:with|for \S+ with) \d+ failures IP:\S+)$/my;

/**
 * Reads the whois text and the log lines of a ban mail where they stand, each part up to the next: one look at each
 * line, since a whois text has ninety of them, and nothing else in a mail is as long.
 * @param bytes UTF-8; @param from begin of the line after the sentence; @param to where the mail ends
 */
export function readParts(bytes: Buffer, from: number, to: number): BanParts {
  const whois = new WhoisReader();
  let inWhois = false;
  let logLines: number | null = null;
  let lines = 0;
  let at = from;
  for (; at < to; lines++) {
    const end = endOfLine(bytes, at, to);
    const begins = bytes[at];
    if (begins === upperR && end < to && isRegards(bytes, at, end)) break;
    if (logLines !== null) logLines += isBlank(bytes, at, end) ? 0 : 1;
    else if (begins === upperH && !inWhois && begin(whoisStart, bytes, at, end) !== null) inWhois = true;
    else if (begins === upperL || begins === upperM) logLines = begin(logLinesStart, bytes, at, end);
    else if (inWhois) whois.line(bytes, at, end);
    at = end + 1;
  }
  return { whois: whois.result(), logLines, lines, end: Math.min(at, to) };
}

const [upperH, upperL, upperM, upperR] = [...'HLMR'].map((letter) => letter.charCodeAt(0));
/** @returns null where a line does not begin so; else how many lines there are behind that, if it has line ends of its own */
function begin(pattern: RegExp, bytes: Buffer, at: number, end: number): number | null {
  const line = bytes.toString('utf8', at, end);
  pattern.lastIndex = 0;
  if (!pattern.test(line)) return null;
  return line.slice(pattern.lastIndex).trim() === '' ? 0 : 1;
}

const regards = 'Regards,';

const isRegards = (bytes: Buffer, at: number, end: number): boolean =>
  end - at === regards.length && bytes.toString('latin1', at, end) === regards;

/** Most lines begin with a letter or are empty. */
function isBlank(bytes: Buffer, at: number, end: number): boolean {
  const begins = bytes[at] ?? 0;
  if (at === end || (begins > 32 && begins < 127)) return at === end;
  return bytes.toString('utf8', at, end).trim() === '';
}
